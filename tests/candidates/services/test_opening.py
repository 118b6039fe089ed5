"""Bans, passed subjects and certificates of the time before work like our own."""

from datetime import date

import pytest

from candidates import policies, selectors
from candidates.models import Ban, HeldCertificate, SubjectPass
from tests.assessment_center.opening import build as b
from tests.factories import candidates as c

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def problems(key: str, rows: list) -> list[tuple[int, str]]:
    made = b.begun(b.centre())
    return [(p.row, p.header) for p in b.take(made, key, rows).problems]


def test_a_ban_of_before_refuses_an_application_with_its_article() -> None:
    b.signed(b.centre(), candidates_bans=[b.ban()])
    offering = c.make_open_offering()
    person = Ban.objects.get().person
    refused = policies.not_banned(person, offering.batch)
    said = str(refused)
    assert "2029-01-01" in said
    assert "替考（院认处〔2026〕1号）" in said
    assert "违纪办法 七" in said


def test_a_subject_passed_before_is_not_sat_again() -> None:
    b.signed(b.centre(), candidates_passes=[b.passed()])
    offering = c.make_open_offering()
    person = SubjectPass.objects.get().person
    found = selectors.to_sit(person, offering, offering.batch)
    assert (found.subjects, found.is_resit) == (("practical",), True)


def test_a_certificate_of_before_counts_for_eligibility() -> None:
    b.signed(
        b.centre(),
        certificates_serials=[b.LAST],
        certificates_issued=[b.certificate(11)],
    )
    offering = c.make_open_offering(level=3)
    row = c.make_submitted(offering)
    held = HeldCertificate.objects.get()
    HeldCertificate.objects.filter(pk=held.pk).update(person=row.person)
    facts = selectors.facts_of(row)
    own = [fact for fact in facts.certificates if fact.number == held.number]
    assert [(fact.level, fact.issued_on, fact.proven) for fact in own] == [
        (4, date(2026, 3, 2), True)
    ]


def test_wrong_bans_are_named() -> None:
    rows = [
        b.ban(until=date(2025, 1, 1)),
        b.ban(711, until=date(2026, 2, 1)),
        b.ban(712, starts=date(2026, 12, 1)),
        b.ban(713),
        {**b.ban(713), "name": "另有其人"},
    ]
    assert problems(b.BANS, rows) == [
        (2, "止"),
        (3, "止"),
        (4, "起"),
        (6, "姓名"),
    ]


def test_wrong_passes_are_named_and_the_rulebook_limits_their_term() -> None:
    rows = [
        b.passed(passed_on=date(2026, 12, 1), valid_until=date(2027, 1, 1)),
        b.passed(721, valid_until=date(2026, 2, 2)),
        b.passed(722, valid_until=None),
        b.passed(723, valid_until=date(2036, 1, 1)),
    ]
    found = problems(b.PASSES, rows)
    assert (2, "合格日期") in found
    assert [row for row, header in found if header == "有效至"] == [3, 4, 5]
