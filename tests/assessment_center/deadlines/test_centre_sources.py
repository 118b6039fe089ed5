"""What the centre owes whatever its batches do: filing, plan, notice, cards, ends of standing."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from assessment_center.batches import services as batches
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from assessment_center.organization import services as organization
from assessment_center.personnel.enums import Grade
from assessment_center.registry import SYSTEM
from assessment_center.workdays.services import enter_notice
from candidates.models import Ban, SubjectPass
from tests.factories.foundation import (
    make_centre,
    make_filing,
    make_member,
    make_occupation,
    make_person,
    make_plan,
    make_rulebook,
)

pytestmark = pytest.mark.django_db


def rows() -> dict[str, tuple[str, bool]]:
    services.sync_centre(make_centre())
    return {
        row.kind: (str(row.due), row.done_at is not None)
        for row in Deadline.objects.filter(centre__isnull=False)
    }


def test_a_filing_is_followed_before_it_ends(frozen: Callable[..., Any]) -> None:
    frozen(2026, 11, 1, 9)
    version = make_rulebook("henan")
    make_filing(rulebook_version=version)
    assert rows()["organization.filing_ends"] == ("2027-12-31", False)
    row = Deadline.objects.get(kind="organization.filing_ends")
    assert row.citations
    assert "Y000041019001" in row.label
    organization.add_filing(
        actor=SYSTEM,
        centre=make_centre(),
        number="Y000041019002",
        rulebook_version=version,
        valid_from=date(2028, 1, 1),
        valid_until=date(2030, 12, 31),
    )
    rows()
    found = Deadline.objects.filter(kind="organization.filing_ends").order_by("due")
    assert [(each.due.year, each.done_at is not None) for each in found if each.due] == [
        (2027, True),
        (2030, False),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("henan", {"batches.plan_2027": ("2026-12-31", False)}),
        ("shandong", {"batches.plan_2027": ("2027-01-31", False)}),
        ("chongqing", {}),
        ("fujian", {}),
    ],
)
def test_the_annual_plan_is_due_where_a_day_is_named(
    code: str, expected: dict[str, Any], frozen: Callable[..., Any]
) -> None:
    """What was due before the centre was set up here is not asked for."""
    frozen(2026, 11, 1, 9)
    make_filing(rulebook_version=make_rulebook(code), valid_until=date(2027, 11, 1))
    assert {kind: told for kind, told in rows().items() if "plan" in kind} == expected
    batches.approve_plan(actor=SYSTEM, plan=make_plan(2027, approved=False))
    assert all(done for kind, (_due, done) in rows().items() if "plan" in kind)


def test_the_notice_of_the_first_unknown_year(frozen: Callable[..., Any]) -> None:
    frozen(2026, 11, 1, 9)
    assert rows() == {"workdays.notice_2027": ("2026-12-15", False)}
    enter_notice(actor=SYSTEM, year=2027, title="通知", holidays=[date(2027, 1, 1)], workdays=[])
    assert rows() == {
        "workdays.notice_2027": ("2026-12-15", True),
        "workdays.notice_2028": ("2027-12-15", False),
    }


def test_cards_that_end_are_counted_by_grade_and_day(frozen: Callable[..., Any]) -> None:
    frozen(2026, 11, 1, 9)
    make_filing(rulebook_version=make_rulebook("jilin"))
    members = [make_member(Grade.ASSESSOR) for _each in range(2)]
    kind = "personnel.assessor_20291231"
    assert rows()[kind] == ("2029-12-31", False)
    row = Deadline.objects.get(kind=kind)
    assert row.label == "考评员证卡期满换发（2 人）"
    assert row.citations
    assert not any(member.person.name in row.label for member in members)
    members[0].is_active = False
    members[0].save()
    rows()
    row.refresh_from_db()
    assert row.label == "考评员证卡期满换发（1 人）"
    members[1].qualifications.update(valid_until=None)
    assert kind not in rows()


def test_ends_of_bans_and_passes_are_told_without_names(frozen: Callable[..., Any]) -> None:
    frozen(2026, 11, 1, 9)
    make_filing(rulebook_version=make_rulebook())
    source = {"source_kind": "exams.violation"}
    for _each in range(2):
        Ban.objects.create(
            person=make_person(),
            starts=date(2024, 1, 1),
            until=date(2027, 1, 1),
            reason="作弊",
            source_id=uuid4(),
            **source,
        )
    person = make_person()
    SubjectPass.objects.create(
        person=person,
        occupation=make_occupation(),
        level=4,
        subject_code="theory",
        passed_on=date(2026, 5, 1),
        valid_until=date(2027, 5, 1),
        source_id=uuid4(),
        application=_application(person),
        **source,
    )
    found = rows()
    assert found["candidates.ban_20270101"] == ("2027-01-01", False)
    assert found["candidates.pass_20270501"] == ("2027-05-01", False)
    labels = set(Deadline.objects.values_list("label", flat=True))
    assert {"禁考期满（2 人）", "单科合格成绩有效期满（1 科次）"} <= labels
    assert not any(person.name in label for label in labels)


def _application(person: Any) -> Any:
    from tests.exams import build
    from tests.factories.foundation import make_offering

    return build.admit(make_offering(), person=person)[0]


def test_syncing_again_changes_nothing(frozen: Callable[..., Any]) -> None:
    frozen(2026, 11, 1, 9)
    make_filing()
    first = rows()
    kept = set(Deadline.objects.values_list("pk", "sequence", "changed_at"))
    assert rows() == first
    assert set(Deadline.objects.values_list("pk", "sequence", "changed_at")) == kept
