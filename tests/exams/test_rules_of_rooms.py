"""Checks of areas 8 and 9 over a batch, each shown a batch that breaks it."""

import pytest

from assessment_center.conformance.declarations import Failed, NotApplicable, Passed, checks
from assessment_center.registry import SYSTEM, RefusedError
from exams import rules_of_rooms, services
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
