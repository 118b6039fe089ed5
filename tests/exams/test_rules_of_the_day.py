"""The checks of an examination: each sees its fault, and a sound day has none."""

from datetime import timedelta

import pytest
import time_machine

from assessment_center.conformance import matrix
from assessment_center.conformance.declarations import (
    Evidence,
    Failed,
    NotApplicable,
    Passed,
    checks,
)
from assessment_center.personnel.enums import Grade
from assessment_center.registry import SYSTEM
from assessment_center.rulebooks import CODES, load
from exams import rules_of_the_day as conformance
from exams import services
from exams.models import RoomRecord, SittingRoom, Violation
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


def looks(rule, batch):
    (registered,) = checks[rule]
    return registered.look(batch)


def test_a_room_without_record_is_found():
    batch = build.ticketed()
    assert isinstance(conformance.rooms_are_recorded(batch), NotApplicable)
    services.start_sitting(actor=SYSTEM, sitting=batch.sittings.get(number=1))
    with time_machine.travel(build.THEORY_STARTS, tick=False):
        assert isinstance(conformance.rooms_are_recorded(batch), Passed)
    with time_machine.travel(build.THEORY_STARTS + timedelta(hours=2), tick=False):
        found = conformance.rooms_are_recorded(batch)
    assert isinstance(found, Failed)
    assert all(isinstance(each, Evidence) and "/rooms/" in each.url for each in found.evidence)


def test_a_late_first_report_is_found():
    sitting = build.running()
    batch = sitting.batch
    assert isinstance(conformance.incidents_are_reported_in_time(batch), NotApplicable)
    told = {"kind": "equipment", "text": "停电十分钟", "reported_to": "主考"}
    at = build.THEORY_STARTS
    services.record_incident(
        actor=SYSTEM, sitting=sitting, happened_at=at, reported_at=at + timedelta(minutes=9), **told
    )
    assert isinstance(conformance.incidents_are_reported_in_time(batch), Passed)
    services.record_incident(
        actor=SYSTEM,
        sitting=sitting,
        happened_at=at,
        reported_at=at + timedelta(minutes=11),
        **told,
    )
    found = conformance.incidents_are_reported_in_time(batch)
    assert isinstance(found, Failed)
    assert "11 分钟" in str(found.evidence[0])


@pytest.mark.parametrize(
    ("rule", "rulebook"),
    [("STAFF-01", "chongqing"), ("STAFF-12", "henan")],
)
def test_a_sitting_short_of_people_is_found(rule, rulebook):
    batch = build.ticketed(build.batch_with(rulebook=rulebook))
    sitting = batch.sittings.get(number=1)
    assert isinstance(looks(rule, batch), NotApplicable)
    for _each in range(10):
        make.make_member(Grade.PROCTOR, Grade.STAFF, Grade.SUPERVISOR_INTERNAL)
    _made, short = services.assign_duties(actor=SYSTEM, sitting=sitting)
    batch.sittings.filter(pk=sitting.pk).update(status="running")
    assert short == []
    assert isinstance(looks(rule, batch), Passed)
    sitting.duties.all().delete()
    found = looks(rule, batch)
    assert isinstance(found, Failed)
    assert "现有 0 人" in str(found.evidence[0])


@pytest.mark.parametrize("code", CODES)
def test_acts_of_candidates_have_the_rulebooks_consequence(code):
    """Every act of the rulebook is recorded with exactly the consequence it lays down."""
    batch = build.ticketed(build.batch_with((("电工", 1),), rulebook=code))
    batch.sittings.update(status="running")  # what comes before is tried in test_draws
    sittings = list(batch.sittings.all())
    for room in SittingRoom.objects.filter(sitting__batch=batch):
        RoomRecord.objects.create(sitting_room=room, status="draft", expected=1)
    seats = {each.subject_code: each.seats.first() for each in sittings}
    rules = load(code)
    spoken = {row.id for row in matrix.rows() if rules.identity.short in row.rulebooks}
    acts = [each for each in rules.violations if each.row in conformance.CANDIDATES_ACTS]
    assert {each.row for each in acts} == spoken & set(conformance.CANDIDATES_ACTS)
    for each in acts:
        subject = (each.subjects or ("theory",))[0]
        made = services.record_violation(
            actor=SYSTEM, assignment=seats[subject], act_code=each.code, description="当场发现",
            recorder="监考甲", witness="监考乙",
        )  # fmt: skip
        penalty = rules.penalty(each.penalty)
        added = set(made.effects) - set(penalty.effects)
        assert set(penalty.effects) <= set(made.effects), each.code
        assert added <= {"block_remaining_subjects"}, each.code  # VIO-35, of its own article
        assert {str(cited) for cited in each.cite} <= set(made.citations), each.code
        Violation.objects.filter(pk=made.pk).delete()
