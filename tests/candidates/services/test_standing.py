"""Bans, passed subjects and certificates are handed down once each."""

from datetime import date

import pytest

from assessment_center.people.models import StudentRecord
from assessment_center.registry import SYSTEM, Citation, RefusedError
from candidates import policies, selectors
from candidates.models import Ban, HeldCertificate, SubjectPass
from candidates.services import standing
from tests.factories import candidates as c

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def ban(row: object, **more: object) -> Ban:
    facts = {
        "starts": date(2026, 4, 1),
        "until": date(2029, 4, 1),
        "reason": "作弊",
        "citations": [Citation("CQ", "CQ 违纪办法 七")],
        **more,
    }
    return standing.impose_ban(actor=SYSTEM, person=row.person, source=row.subject, **facts)  # type: ignore[attr-defined, arg-type]


def test_a_decision_bans_once() -> None:
    row = c.make_submitted()
    assert ban(row) == ban(row)
    assert Ban.objects.get().citations == ["CQ 违纪办法 七"]


def test_a_ban_ends_after_it_starts() -> None:
    row = c.make_submitted()
    with pytest.raises(RefusedError, match="不能早于"):
        ban(row, until=date(2026, 3, 1))


def test_until_graduation_ends_with_graduation() -> None:
    row = c.make_submitted()
    ban(row, until=None, citations=[])
    refused = policies.not_banned(row.person, row.batch)
    assert "毕业前" in str(refused)
    StudentRecord.objects.update(status="graduated")
    row.person.refresh_from_db()
    assert selectors.active_ban(row.person, c.NOW.date()) is None


def test_a_passed_subject_is_kept_once_and_only_if_it_was_sat() -> None:
    row = c.make_submitted()
    facts = {
        "actor": SYSTEM,
        "application": row,
        "passed_on": date(2026, 5, 24),
        "valid_until": date(2027, 5, 23),
        "source": row.subject,
    }
    one = standing.grant_subject_pass(subject="theory", **facts)
    assert standing.grant_subject_pass(subject="theory", **facts) == one
    with pytest.raises(RefusedError, match="没有报考"):
        standing.grant_subject_pass(subject="language", **facts)
    assert SubjectPass.objects.count() == 1


def test_a_certificate_is_kept_once_and_counts_later() -> None:
    row, other = c.make_submitted(), c.make_submitted()
    facts = {"actor": SYSTEM, "number": "N1", "issued_on": date(2026, 6, 1)}
    held = standing.record_certificate(application=row, **facts)
    assert standing.record_certificate(application=row, **facts) == held
    with pytest.raises(RefusedError, match="已登记过证书"):
        standing.record_certificate(application=other, **facts)
    assert HeldCertificate.objects.count() == 1
    certificate = selectors.facts_of(row).certificates[0]
    assert (certificate.level, certificate.proven) == (4, True)


def test_a_second_resit_is_refused() -> None:
    row = c.make_confirmed()
    standing.grant_subject_pass(
        actor=SYSTEM,
        application=row,
        subject="theory",
        passed_on=date(2026, 4, 1),
        valid_until=date(2027, 4, 1),
        source=row.subject,
    )
    row.exam_kind = "resit"
    row.save()
    later = c.make_open_offering()
    refused = policies.something_to_sit(row.person, later, later.batch)
    assert "补考次数已用完" in str(refused)
