"""Checks of areas 8 and 9 over a batch, each shown a batch that breaks it."""

import re
from types import SimpleNamespace as Fake
from unittest import mock

import pytest

from assessment_center.conformance.declarations import Failed, NotApplicable, Passed, checks
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks import load
from exams import acceptance, rules_of_rooms, services
from exams.acceptance import RULES, check_list, faults_in
from tests.exams import build

pytestmark = pytest.mark.django_db


def answers(room, *, bad=""):
    return {
        line.point.rule: services.Answer(line.point.rule != bad, "两人一桌")
        for line in check_list(room, room.sitting.batch.rules)
    }


def test_a_room_used_without_acceptance_is_found():
    batch = build.ticketed()
    look = rules_of_rooms._looked_over("VEN-02")
    assert isinstance(look(batch), NotApplicable)
    member = build.staff(1)[0]
    sitting = batch.sittings.get(number=1)
    rooms = list(sitting.rooms.filter(seats__isnull=False).distinct())
    for room in rooms[1:]:
        services.accept_room(actor=SYSTEM, room=room, member=member, answers=answers(room))
    bad = services.accept_room(
        actor=SYSTEM, room=rooms[0], member=member, answers=answers(rooms[0], bad="VEN-02")
    )
    assert [(point.rule, note) for point, note in faults_in(bad)] == [("VEN-02", "两人一桌")]
    sitting = services.start_sitting(actor=SYSTEM, sitting=sitting)
    found = look(batch)
    assert isinstance(found, Failed)
    assert found.evidence[0].url == f"/admin/work/exams/rooms/{rooms[0].pk}/accept/"
    assert len(found.evidence) == 1
    assert isinstance(rules_of_rooms._looked_over("VEN-05")(batch), Passed)
    assert isinstance(rules_of_rooms._looked_over("VEN-09")(batch), NotApplicable)
    with pytest.raises(RefusedError, match="已经开考"):
        services.accept_room(actor=SYSTEM, room=rooms[0], member=member, answers=answers(rooms[0]))


def test_every_line_of_the_list_is_checked_and_has_its_article():
    assert set(RULES) <= set(checks)
    room = build.arranged().sittings.first().rooms.first()
    lines = check_list(room, room.sitting.batch.rules)
    assert lines
    assert all(line.citations for line in lines)


@pytest.mark.parametrize(
    ("rulebook", "subject", "article"),
    [
        ("chongqing", "practical", "一\\(二\\)6"), ("henan", "practical", "考务人员安排》六"),
        ("shandong", "theory", "五5"), ("jilin", "theory", "第十二条"),
        ("chongqing", "theory", ""), ("henan", "theory", ""), ("fujian", "practical", ""),
    ],
)  # fmt: skip
def test_no_start_before_the_rooms_are_accepted_where_the_rulebook_wants_it(
    rulebook, subject, article
):
    sitting = Fake(subject_code=subject, batch=Fake(rules=load(rulebook)))
    used = Fake(pk=1, room="101 教室")
    with mock.patch.object(acceptance, "_with_candidates", return_value=[used]):
        if not article:
            assert acceptance.rooms_accepted(sitting)
            return
        for last, good in (({}, False), ({1: Fake(accepted=False)}, False),
                           ({1: Fake(accepted=True)}, True)):  # fmt: skip
            with mock.patch.object(acceptance, "last_of", return_value=last):
                outcome = acceptance.rooms_accepted(sitting)
            assert bool(outcome) == good
            if not good:
                assert re.search(f"101 教室还没有验收合格.*{article}", str(RefusedError(outcome)))
