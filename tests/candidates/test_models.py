"""What the database itself refuses, whoever writes."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from candidates.models import (
    Application,
    Ban,
    Evidence,
    FeePayment,
    HeldCertificate,
    SubjectPass,
)
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def refused(name: str, write: Any) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def twin(row: Application, **changes: Any) -> Application:
    facts = {
        "batch": row.batch,
        "offering": row.offering,
        "person": row.person,
        "occupation": row.occupation,
        "job": row.job,
        "level": row.level,
        "subjects": ["theory"],
        **changes,
    }
    return Application(**facts)


def test_one_live_application_even_without_job_and_level() -> None:
    row = c.make_submitted()
    refused("one_live_application", lambda: twin(row).save())
    Application.objects.filter(pk=row.pk).update(level=None)
    row.refresh_from_db()
    refused("one_live_application", lambda: twin(row).save())
    Application.objects.filter(pk=row.pk).update(status="withdrawn")
    twin(row).save()


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("application_submitted_numbered", {"number": ""}),
        ("application_submitted_numbered", {"submitted_at": None}),
        ("application_confirmed_reviewed", {"status": "confirmed"}),
        ("application_has_subject", {"subjects": []}),
    ],
)
def test_an_application_keeps_its_shape(name: str, changes: dict[str, Any]) -> None:
    row = c.make_submitted()
    refused(name, lambda: Application.objects.filter(pk=row.pk).update(**changes))


def test_two_reviewers_and_one_number() -> None:
    offering = c.make_open_offering()
    row, other = c.make_first_reviewed(offering), c.make_submitted(offering)
    rows = Application.objects.filter(pk=row.pk)
    refused("application_two_reviewers", lambda: rows.update(confirmed_by=row.first_reviewed_by))
    refused("application_number_once", lambda: rows.update(number=other.number))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("fee_not_negative", {"amount_cents": -1, "receipt_number": "R"}),
        ("fee_receipt_or_reason", {"amount_cents": 1}),
        ("fee_receipt_or_reason", {"kind": "waiver", "amount_cents": 1, "reason": "x"}),
        ("fee_receipt_or_reason", {"kind": "waiver", "amount_cents": 0}),
    ],
)
def test_a_fee_has_its_receipt_or_reason(name: str, changes: dict[str, Any]) -> None:
    row = c.make_submitted()
    fee = FeePayment(application=row, paid_on=date(2026, 4, 1), **changes)
    refused(name, fee.save)


def test_a_receipt_is_used_once() -> None:
    one = c.make_admitted()
    row = c.make_confirmed()
    fee = FeePayment(
        application=row,
        amount_cents=1,
        receipt_number=one.fee.receipt_number,
        paid_on=date(2026, 4, 1),
    )
    refused("receipt_once", fee.save)


def test_bans_and_passes_are_ordered_and_unique() -> None:
    row = c.make_submitted()
    source = {"source_kind": "x", "source_id": row.pk}
    ban = {"person": row.person, "starts": date(2026, 4, 1), "reason": "x", **source}
    refused("ban_ordered", lambda: Ban.objects.create(until=date(2026, 3, 1), **ban))
    Ban.objects.create(**ban)
    refused("ban_once_per_source", lambda: Ban.objects.create(**ban))
    passed = {
        "person": row.person,
        "occupation": row.occupation,
        "subject_code": "theory",
        "passed_on": date(2026, 4, 1),
        "application": row,
        **source,
    }
    refused(
        "subject_pass_ordered",
        lambda: SubjectPass.objects.create(valid_until=date(2026, 3, 1), **passed),
    )
    SubjectPass.objects.create(**passed)
    refused("subject_pass_once", lambda: SubjectPass.objects.create(**passed))


def test_a_certificate_number_is_kept_once() -> None:
    row, other = c.make_submitted(), c.make_submitted()
    for at, one in enumerate((row, other)):
        held = HeldCertificate(
            person=one.person,
            occupation=one.occupation,
            number="N1",
            issued_on=date(2026, 4, 1),
            application=one,
        )
        if at:
            refused("number", held.save)
        else:
            held.save()


def test_the_same_evidence_is_kept_once() -> None:
    row = c.make_submitted()
    facts = {"application": row, "kind": "work", "media_type": "x", "size": 1, "digest": "d"}
    Evidence.objects.create(file="a", **facts)
    refused("evidence_once", lambda: Evidence.objects.create(file="b", **facts))


def test_the_words_are_chinese() -> None:
    row = c.make_submitted()
    with pytest.raises(ValidationError) as told:
        twin(row).validate_constraints()
    assert told.value.messages == ["同一批次中，同一职业、工种和等级只能有一份有效申报。"]


def test_what_a_row_calls_itself() -> None:
    row = c.make_admitted()
    assert str(row) == f"{row.number} {row.person.name}"
    assert str(row.fee) == row.fee.receipt_number
    assert str(row.commitment) == row.person.name
    assert str(row.reviews.first()).startswith("初审通过 办事员")
    assert f.make_user() is not None
