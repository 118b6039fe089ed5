"""Checks over a batch: mixing, staffing, draws; each is shown a batch that breaks it."""

import pytest

from assessment_center.conformance.declarations import Failed, NotApplicable, Passed
from assessment_center.personnel.enums import Grade, Post
from assessment_center.registry import SYSTEM, RefusedError
from exams import conformance, services
from exams.enums import DrawKind
from exams.models import SeatAssignment, Sitting
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


def test_a_room_of_one_paper_breaks_the_mixing():
    batch = build.batch_with(rulebook="jilin")
    assert isinstance(conformance.papers_are_mixed(batch), NotApplicable)
    build.arranged(batch)
    assert isinstance(conformance.papers_are_mixed(batch), Passed)
    SeatAssignment.objects.filter(sitting__subject_code="theory").update(paper_key="x", form="A")
    found = conformance.papers_are_mixed(batch)
    assert isinstance(found, Failed)
    assert "只有一种试卷" in str(found.evidence[0])
    assert isinstance(conformance.papers_are_mixed(build.batch_with()), NotApplicable)


def test_a_sitting_that_ran_without_staff_or_draw_is_found():
    batch = build.ticketed(build.batch_with((("电工", 3),), rulebook="jilin"))
    sitting = batch.sittings.get(subject_code="practical")
    for finding in (conformance.panels_suffice, conformance.ordered_draws_were_held):
        assert isinstance(finding(batch), NotApplicable)
    assert isinstance(conformance.panels_rotate(batch), NotApplicable)
    Sitting.objects.filter(pk=sitting.pk).update(status="running")
    found = conformance.panels_suffice(batch)
    assert isinstance(found, Failed)
    assert "有考评员 0 人，需 3 人" in str(found.evidence[0])
    assert found.evidence[0].url == f"/admin/work/exams/sittings/{sitting.pk}/duties/"
    undrawn = conformance.ordered_draws_were_held(batch)
    assert isinstance(undrawn, Failed)
    assert undrawn.evidence[0].url == f"/admin/work/exams/sittings/{sitting.pk}/draws/"


def test_a_sitting_with_its_panel_and_draw_passes():
    batch = build.ticketed(build.batch_with((("电工", 3),), rulebook="jilin"))
    sitting = batch.sittings.get(subject_code="practical")
    for _ in range(3):
        make.make_member(Grade.ASSESSOR)
    for kind in (DrawKind.PANEL, DrawKind.WORKSTATION):
        draw = services.commit_lots(actor=SYSTEM, sitting=sitting, kind=kind, at=build.TICKETS_AT)
        at = sitting.starts_at - (sitting.starts_at - draw.not_before) / 2
        services.hold_lots(actor=SYSTEM, draw=draw, witness="吴建国", at=at)
    services.confirm_duties(actor=SYSTEM, sitting=sitting)
    build.accept_rooms(sitting)
    services.start_sitting(actor=SYSTEM, sitting=sitting)
    for finding in (
        conformance.panels_suffice, conformance.judges_suffice, conformance.panels_rotate,
        conformance.ordered_draws_were_held,
    ):  # fmt: skip
        assert isinstance(finding(batch), Passed)


def test_a_leader_counts_as_an_assessor_in_forbidden_pairs():
    batch = build.ticketed(build.batch_with((("电工", 3),), rulebook="jilin"))
    theory = batch.sittings.get(subject_code="theory")
    sitting = batch.sittings.get(subject_code="practical")
    member = make.make_member(Grade.SENIOR_ASSESSOR, Grade.SUPERVISOR_INTERNAL)
    room = sitting.rooms.get()
    services.set_duty(
        actor=SYSTEM, sitting=sitting, member=member, post=Post.PANEL_LEADER, room=room
    )
    with pytest.raises(RefusedError, match=r"不得兼任.*第二十三条"):
        services.set_duty(
            actor=SYSTEM, sitting=theory, member=member, post=Post.SUPERVISOR, room=None
        )
