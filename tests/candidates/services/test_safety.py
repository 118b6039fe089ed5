"""Who sits a dangerous practical signs first (REG-18)."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.catalog.models import OccupationalStandard
from assessment_center.registry import SYSTEM, RefusedError
from candidates import cases
from candidates.models import SafetyAgreement
from candidates.services.safety import enter_agreements
from exams.models import Sitting
from exams.safety import safety_signed
from tests.exams import build
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
DAY = date(2026, 4, 9)


def dangerous() -> Any:
    row = c.make_admitted()
    OccupationalStandard.objects.update(hazardous=True)
    return row


def enter(row: Any, **more: Any) -> int:
    facts = {"actor": SYSTEM, "applications": [row.pk], "signed_on": DAY, **more}
    return enter_agreements(batch=row.batch, **facts)


def test_only_who_sits_a_dangerous_practical_signs() -> None:
    row = c.make_admitted()
    assert not cases.wants_safety(row.batch)
    with pytest.raises(RefusedError, match="没有须签"):
        enter(row)
    OccupationalStandard.objects.update(hazardous=True)
    assert list(cases.unsigned(row.batch)) == [row]
    assert (enter(row), enter(row)) == (1, 0)
    assert not cases.unsigned(row.batch).exists()
    assert SafetyAgreement.objects.get().signed_on == DAY


def test_a_silent_rulebook_asks_for_none() -> None:
    offering = f.make_offering(f.make_batch(rulebook="henan"))
    OccupationalStandard.objects.update(hazardous=True)
    assert not cases.wants_safety(offering.batch)
    assert not cases.in_danger(offering.batch).exists()


def test_what_is_refused() -> None:
    row = dangerous()
    with pytest.raises(RefusedError, match="不能晚于今天"):
        enter(row, signed_on=date(2026, 4, 11))
    with pytest.raises(RefusedError, match="先勾选"):
        enter(row, applications=[])
    other = c.make_draft()
    with pytest.raises(RefusedError, match="不须签"):
        enter(row, applications=[other.pk])
    with pytest.raises(RefusedError, match="登记安全保证书"):
        enter(row, actor=f.make_user(Role.SUPERVISOR).as_actor())


def test_what_was_signed_stays() -> None:
    enter(dangerous())
    rows = SafetyAgreement.objects.all()
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        rows.update(signed_on=date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
        rows.delete()


def test_without_the_agreement_no_practical_begins() -> None:
    batch = build.ticketed()
    OccupationalStandard.objects.update(hazardous=True)
    theory = batch.sittings.filter(subject_code="theory").first()
    practical = Sitting(batch=batch, subject_code="practical")
    assert str(safety_signed(theory)) == "Allowed()"
    sitting = batch.sittings.first()
    sitting.subject_code = practical.subject_code
    refused = safety_signed(sitting)
    assert "还没有签订安全保证书" in str(refused)
    waiting = list(cases.unsigned(batch).values_list("pk", flat=True))
    enter_agreements(actor=SYSTEM, batch=batch, applications=waiting, signed_on=DAY)
    assert str(safety_signed(sitting)) == "Allowed()"
