"""Stages, the home page, deadlines, the archive and the candidate's own page."""

import pytest
from django.urls import reverse

from assessment_center.people.services import open_candidate_account
from assessment_center.registry import SYSTEM, Actor, SubjectRef
from assessment_center.registry.entries import archive_sources
from candidates.models import Application
from candidates.portal_parts import portal_parts
from exams import panels, services
from exams.models import AdmissionTicket
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


def states(batch):
    views = (panels.arrange_stage, panels.ticket_stage, panels.exam_stage)
    return [view(batch, SYSTEM).state for view in views]


def test_stages_follow_the_work(frozen):
    frozen(2026, 5, 1, 9)
    batch = build.batch_with()
    assert states(batch) == ["now", "idle", "idle"]
    theory, practical = build.planned(batch)
    assert states(batch) == ["now", "now", "idle"]
    assert panels.arrange_stage(batch, SYSTEM).blockers
    for sitting in (theory, *practical):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)
        services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    assert states(batch) == ["done", "now", "idle"]
    services.issue_tickets(actor=SYSTEM, batch=batch)
    assert states(batch) == ["done", "done", "now"]
    frozen(2026, 6, 1, 9)
    assert states(batch) == ["done", "done", "due"]
    for sitting in batch.sittings.all():
        build.accept_rooms(sitting)
        services.start_sitting(actor=SYSTEM, sitting=sitting)
        for room in sitting.rooms.filter(seats__isnull=False).distinct():
            number = room.seats.count()
            services.record_attendance(actor=SYSTEM, room=room)
            services.submit_room_record(
                actor=SYSTEM, room=room, present=number, absent=0, proctors=["甲"]
            )
    assert states(batch) == ["done", "done", "done"]


def test_tickets_are_blocked_with_the_article():
    batch = build.batch_with()
    build.planned(batch)
    batch.reports.update(status="submitted")
    view = panels.ticket_stage(batch, SYSTEM)
    assert [len(line.citations) for line in view.blockers] == [1, 0]


def test_the_home_page_tells_of_coming_and_open_sittings(frozen):
    build.ticketed()
    frozen(2026, 5, 20, 9)
    assert len(panels.home_lines(SYSTEM)) == 3
    frozen(2026, 6, 20, 9)
    assert [line.state for line in panels.home_lines(SYSTEM)] == ["due"] * 3
    nobody = Actor(SubjectRef("accounts.user", SYSTEM.ref.uuid), "外人")
    assert panels.home_lines(nobody) == []


def test_the_archive_gets_forms_and_lists():
    source = archive_sources["exams"]
    empty = make.make_batch()
    assert source.collect(empty) == []
    sitting = build.running()
    room = sitting.rooms.order_by("number").first()
    services.record_violation(
        actor=SYSTEM, assignment=room.seats.first(), act_code="X-T1", description="d",
        recorder="甲", witness="乙",
    )  # fmt: skip
    pieces = source.collect(sitting.batch)
    kinds = [kind for kind, *_ in pieces]
    assert set(kinds) == {
        "room_arrangement", "sign_in_sheet", "candidate_roll", "room_record",
        "implementation_schedule",
    }  # fmt: skip
    assert len({name for _, _, name, *_ in pieces}) == len(pieces)


@pytest.fixture
def candidate(client):
    batch = build.ticketed()
    application = Application.objects.filter(batch=batch).first()
    user = open_candidate_account(actor=SYSTEM, person=application.person, password=make.PASSWORD)
    client.force_login(user)
    return application


def test_the_candidate_sees_his_ticket_and_nobody_elses(client, candidate):
    screen = client.get(reverse("exams_portal:ticket", args=[candidate.pk]))
    ticket = AdmissionTicket.objects.get(application=candidate)
    assert ticket.number in screen.content.decode()
    pdf = client.get(reverse("exams_portal:ticket_pdf", args=[candidate.pk]))
    assert pdf.content.startswith(b"%PDF")
    other = Application.objects.exclude(pk=candidate.pk).first()
    for name in ("ticket", "ticket_pdf"):
        assert client.get(reverse(f"exams_portal:{name}", args=[other.pk])).status_code == 404


def test_the_candidates_page_has_the_ticket(candidate):
    part = portal_parts["exams"]
    entries = part.entries(candidate)
    assert [entry.title for entry in entries] == ["准考证已发放", "理论知识考试", "技能操作考核"]
    assert len(part.actions(candidate)) == 2
    fresh = build.admit(build.batch_with((("保育师", 1),)).offerings.get())[0]
    assert (part.entries(fresh), part.actions(fresh)) == ([], [])


def test_the_portal_is_for_candidates(client):
    page = reverse("exams_portal:ticket", args=[SYSTEM.ref.uuid])
    assert client.get(page).status_code == 302


def test_a_cancelled_sitting_keeps_no_stage_open(frozen):
    """What will never be held is not waited for, and nobody is told of its records."""
    frozen(2026, 5, 20, 9)
    batch = build.ticketed()
    told = {"actor": SYSTEM, "reason": "停电", "consent": "渝鉴7号"}
    first, *others = batch.sittings.order_by("number")
    services.call_off(sitting=first, outcome="postponed", **told)
    assert panels.exam_stage(batch, SYSTEM).lines[0].chip == "缓考，时间另定"
    for sitting in (first, *others):
        services.call_off(sitting=sitting, outcome="cancelled", **told)
    frozen(2026, 5, 22, 9)
    assert panels.home_lines(SYSTEM) == []
    frozen(2026, 6, 1, 9)
    assert panels.home_lines(SYSTEM) == []
    stage = panels.exam_stage(batch, SYSTEM)
    assert (stage.state, {line.chip for line in stage.lines}) == ("done", {"已取消"})
