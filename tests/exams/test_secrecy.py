"""Rooms and seats before their hour: whoever need not know them looks everywhere, in vain."""

import json
from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from assessment_center.notices.models import Notice
from assessment_center.people.services import open_candidate_account
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import documents
from exams import services
from exams.models import AdmissionTicket, ArrangementHour
from exams.opening import opening_of
from exams.services.renewal_notices import tell_renewed
from tests.assessment_center.pdf import reading
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
ROOMS = ("甲子密室", "乙丑密室")
HALF = timedelta(minutes=30)
STAFF = (Role.SCORE_CLERK, Role.SUPERVISOR, Role.INSPECTOR)


def ticketed(rulebook, hour=None):
    """A theory sitting in rooms with telling names, its tickets given out on the day before."""
    batch = build.batch_with((("电工", 3),), rulebook=rulebook)
    batch.applications.update(subjects=["theory"])
    rooms = [build.room(name=name, rows=2, columns=2) for name in ROOMS]
    (sitting,) = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[build.theory_slot(rooms)])
    services.commit_draw(actor=SYSTEM, sitting=sitting, draw_key="天机不可泄露")
    services.arrange_seats(actor=SYSTEM, sitting=sitting)
    sitting = services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    if hour:
        services.set_arrangement_hour(actor=SYSTEM, batch=batch, opens_at=hour)
    services.issue_tickets(actor=SYSTEM, batch=batch)
    return sitting


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def candidate_of(sitting):
    row = sitting.seats.order_by("seat_number").first().application
    user = open_candidate_account(actor=SYSTEM, person=row.person, password=make.PASSWORD)
    return signed_in(user), row


def told(response):
    if "pdf" in response.headers.get("Content-Type", ""):
        return reading.text(response.content)
    return response.content.decode()


def everything_a_candidate_reads(client, sitting, row):
    code = sitting.batch.code
    pages = [
        reverse("portal:home"), reverse("portal:application", args=[row.pk]),
        reverse("exams_portal:ticket", args=[row.pk]),
        reverse("exams_portal:ticket_pdf", args=[row.pk]),
        reverse("portal:receipt", args=[row.pk]), reverse("public:home"),
        reverse("draws:index"), reverse("draws:batch", args=[code]),
        reverse("draws:record", args=[code, sitting.number]),
    ]  # fmt: skip
    return {page: told(client.get(page)) for page in pages}


def leaks(pages, sitting):
    """Pages that name a room, the key, or the numbered room with a seat."""
    secrets = (*ROOMS, sitting.draw_key, "第 1 考场", "第1考场", "第 2 考场", "第2考场")
    return {page for page, text in pages.items() if any(word in text for word in secrets)}


def office_pages(sitting):
    room = sitting.rooms.first()
    pages = [reverse(f"exams_office:{name}", args=[sitting.pk]) for name in (
        "sitting", "duties", "draws")]  # fmt: skip
    pages += [reverse(f"exams_office:{name}", args=[room.pk]) for name in ("chart", "room")]
    pages.append(reverse("exams_office:tickets", args=[sitting.batch.code]))
    one = sitting.seats.first().application.ticket
    pages.append(reverse("exams_office:print_ticket", args=[one.pk]))
    return pages


def test_the_rulebooks_secret_is_kept_until_candidates_are_let_in():
    """JL 附件5 第四条(二), SEAT-09: the arrangement is secret before the examination."""
    entry = build.THEORY_STARTS - HALF
    with time_machine.travel(build.TICKETS_AT, tick=False) as clock:
        sitting = ticketed("jilin")
        client, row = candidate_of(sitting)
        clock.move_to(entry - timedelta(seconds=1))
        pages = everything_a_candidate_reads(client, sitting, row)
        assert leaks(pages, sitting) == set()
        ticket = pages[reverse("exams_portal:ticket_pdf", args=[row.pk])]
        assert row.ticket.number in ticket
        assert "05-2308:00公布" in ticket
        assert "实训中心" in ticket
        for role in STAFF:
            staff = signed_in(make.make_user(role))
            seen = {page: told(staff.get(page)) for page in office_pages(sitting)}
            assert leaks(seen, sitting) == set(), role
            actor = make.make_user(role).as_actor()
            for slug in ("seat-table", "sign-in", "admission-tickets", "room-distribution"):
                with pytest.raises(RefusedError, match=r"编排还没有公开.*第四条"):
                    documents[slug].render(sitting.batch, actor)
        with pytest.raises(RefusedError, match="随它一并公开"):
            services.publish_record(actor=SYSTEM, sitting=sitting)
        clock.move_to(entry)
        pages = everything_a_candidate_reads(client, sitting, row)
        for name in ("exams_portal:ticket", "exams_portal:ticket_pdf", "portal:application"):
            assert reverse(name, args=[row.pk]) in leaks(pages, sitting), name
        assert sitting.draw_key in pages[reverse("draws:batch", args=[sitting.batch.code])]
        record = json.loads(pages[reverse("draws:record", args=[sitting.batch.code, 1])])
        assert record["key"] == sitting.draw_key
        staff = signed_in(make.make_user(Role.SUPERVISOR))
        assert staff.get(office_pages(sitting)[0]).status_code == 200


def test_the_office_chooses_where_the_rulebook_is_silent_and_looks_are_kept():
    hour = build.THEORY_STARTS - timedelta(hours=14)
    with time_machine.travel(build.TICKETS_AT, tick=False) as clock:
        sitting = ticketed("chongqing", hour)
        client, row = candidate_of(sitting)
        assert leaks(everything_a_candidate_reads(client, sitting, row), sitting) == set()
        looks = AuditEntry.objects.filter(verb="exams.early_look")
        clerk, head = signed_in(make.make_user(Role.CLERK)), signed_in(make.make_user(Role.HEAD))
        chart = reverse("exams_office:chart", args=[sitting.rooms.first().pk])
        assert clerk.get(chart).status_code == 200
        assert not looks.exists()
        assert head.get(chart).status_code == 200
        assert looks.get().payload == {"page": "exams_office:chart"}
        clock.move_to(hour)
        assert leaks(everything_a_candidate_reads(client, sitting, row), sitting)
        assert head.get(chart).status_code == 200
        assert looks.count() == 1


def move_within(sitting, row):
    """Put the candidate on the other's place; (row, column) of both change."""
    own = sitting.seats.get(application=row)
    other = sitting.seats.exclude(pk=own.pk).first()
    services.move_seat(
        actor=SYSTEM, sitting=sitting, seat=own.pk, room=other.sitting_room_id,
        row=other.row, column=other.column, reason="近视", accepted=99,
    )  # fmt: skip
    return other.application


def told_of_renewal():
    """Run what was ordered, twice; the notices by recipient."""
    for job in Job.objects.filter(name="exams.tell_renewed"):
        run_job(job.pk)
        tell_renewed(AssessmentBatch.objects.get(), datetime.fromisoformat(job.params["at"]))
    return {each.recipient_id: each for each in Notice.objects.filter(title__contains="已更新")}


def test_a_seat_changed_before_its_hour_is_told_to_nobody_and_after_it_to_whom_it_concerns():
    entry = build.THEORY_STARTS - HALF
    with time_machine.travel(build.TICKETS_AT, tick=False) as clock:
        sitting = ticketed("jilin")
        client, row = candidate_of(sitting)
        move_within(sitting, row)
        assert told_of_renewal() == {}
        assert not AdmissionTicket.objects.exclude(renewed_at=None).exists()
        pages = everything_a_candidate_reads(client, sitting, row)
        assert [page for page, text in pages.items() if "已更新" in text] == []
        clock.move_to(entry)
        other = move_within(sitting, row)
        changed = AdmissionTicket.objects.exclude(renewed_at=None)
        assert {each.application_id for each in changed} == {row.pk, other.pk}
        notice = told_of_renewal()[row.person.user_id]
        seat = sitting.seats.get(application=row)
        assert notice.title == "您的准考证已更新：理论知识考试（考场或座位）"
        assert f"第 {seat.sitting_room.number} 考场 {seat.seat_number:02d}" in notice.body
        pages = everything_a_candidate_reads(client, sitting, row)
        told = {page for page, text in pages.items() if "理论知识考试（考场或座位）" in text}
        shown = [reverse(name, args=[row.pk]) for name in
                 ("portal:application", "exams_portal:ticket")]  # fmt: skip
        assert told >= set(shown)
        assert Notice.objects.filter(recipient=row.person.user).count() == 1


def test_a_new_time_is_told_at_once_and_its_room_is_not():
    with time_machine.travel(build.TICKETS_AT, tick=False):
        sitting = ticketed("jilin")
        client, row = candidate_of(sitting)
        starts = sitting.starts_at + timedelta(hours=5)
        services.call_off(
            actor=SYSTEM, sitting=sitting, outcome="rearranged", reason="停电", consent="批复 1 号",
            starts_at=starts, ends_at=starts + timedelta(minutes=90),
        )  # fmt: skip
        assert AdmissionTicket.objects.exclude(renewed_at=None).count() == 3
        (notice,) = told_of_renewal().values()  # the others have no account
        assert notice.title == "您的准考证已更新：理论知识考试（时间或考点）"
        assert "13:30" in notice.body
        pages = everything_a_candidate_reads(client, sitting, row)
        assert leaks({**pages, "notice": notice.body}, sitting) == set()
        services.call_off(
            actor=SYSTEM, sitting=sitting, outcome="cancelled", reason="停电", consent="批复 2 号"
        )
        ended = Notice.objects.get(recipient=row.person.user, title__contains="终止")
        assert ended.body == "场次取消：停电"


def test_without_an_hour_the_tickets_open_it():
    with time_machine.travel(build.TICKETS_AT, tick=False):
        sitting = ticketed("henan")
        assert opening_of(sitting.batch).is_open(sitting)


def test_the_hour_is_a_decision_that_stays():
    first, entry = build.THEORY_STARTS, build.THEORY_STARTS - HALF
    with time_machine.travel(build.TICKETS_AT, tick=False) as clock:
        sitting = ticketed("jilin")
        batch = sitting.batch

        def choose(at, reason=""):
            return services.set_arrangement_hour(
                actor=SYSTEM, batch=batch, opens_at=at, reason=reason
            )

        with pytest.raises(RefusedError, match=r"最早 2026-05-23 08:00 公开.*第四条"):
            choose(entry - timedelta(minutes=1))
        with pytest.raises(RefusedError, match="以前公开"):
            choose(first)
        made = choose(entry + timedelta(minutes=10))
        with pytest.raises(RefusedError, match="须写明原因"):
            choose(entry)
        with pytest.raises(RefusedError, match="您的角色"):
            services.set_arrangement_hour(
                actor=make.make_user(Role.HEAD).as_actor(), batch=batch, opens_at=entry
            )
        later = choose(entry, "入场提前")
        assert later.previous == made
        assert opening_of(batch).at(sitting) == entry
        kept = AuditEntry.objects.filter(verb="exams.arrangement_hour").order_by("id")
        payload = kept.last().payload
        assert datetime.fromisoformat(payload["before"]) == made.opens_at
        assert payload["reason"] == "入场提前"
        clock.move_to(entry)
        with pytest.raises(RefusedError, match="已经公开"):
            choose(entry + timedelta(minutes=5), "再改")
    for broken in ({"reason": "改"}, {"opens_at": first}):
        with pytest.raises(IntegrityError, match="不能改动"), transaction.atomic():
            ArrangementHour.objects.filter(pk=made.pk).update(**broken)
    for more in ({"previous": None}, {"previous": later}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ArrangementHour.objects.create(batch=batch, opens_at=first, **more)
