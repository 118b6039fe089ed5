"""The admission ticket on paper: everything the rulebooks list, whoever the candidate is."""

import random
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import translation

from assessment_center.jobs.services import enqueue, run_job
from assessment_center.people.models import Person
from assessment_center.people.selectors import id_number
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from candidates.demo_portraits import portrait
from exams import services
from exams.documents.ticket_sets import bound, chosen
from exams.documents.tickets import single
from exams.models import SeatAssignment
from exams.selectors import ticket_of, tickets_of
from exams.tasks import PRINT_TICKETS
from exams.ticket_sheets import printing_of
from tests.assessment_center.pdf import reading
from tests.exams import build

pytestmark = pytest.mark.django_db


def test_the_ticket_names_everything_the_rulebooks_list():
    """CQ 考务办法 第十一条, JL 附件3 第八条, SD 规程 五1: the union of their fields."""
    batch = build.ticketed(build.batch_with((("电工", 1),), rulebook="jilin"))
    row = batch.applications.get()
    type(row).objects.filter(pk=row.pk).update(employer="江州机床厂")
    ticket = tickets_of(batch).get()
    ((_stem, data),) = documents["admission-tickets"].render(batch, SYSTEM)
    printed = reading.text(data).replace("\n", "")
    person, seat = row.person, row.seats.first()
    for told in (
        person.name, id_number(person), "江州机床厂", ticket.number, "电工", "四级/中级工",
        f"{seat.sitting.starts_at:%Y-%m}", seat.sitting_room.room.name, "考生须知",
    ):  # fmt: skip
        assert told in printed, told


def changed(batch):
    """Names of those whose paper is out of date, each with what of it."""
    found = printing_of(batch)
    assert not found.unprinted
    return {each.ticket.application.person.name: each.aspects for each in found.stale}


def test_a_change_names_the_tickets_to_print_again_and_no_others():
    batch = build.ticketed(build.batch_with((("电工", 6),)))
    assert len(printing_of(batch).unprinted) == 6
    documents["admission-tickets"].render(batch, SYSTEM)
    assert changed(batch) == {}
    one, two, three, *_rest = (each.application for each in tickets_of(batch))
    Person.objects.filter(pk=one.person_id).update(name="欧阳䶮")
    with translation.override("en"):  # the page may be English, what is compared is the paper
        assert changed(batch) == {"欧阳䶮": ("person",)}
    two.photo.save("other.jpg", ContentFile(portrait(random.Random(3), long_hair=True)))
    seat = three.seats.order_by("sitting__starts_at").first()
    other = SeatAssignment.objects.filter(sitting=seat.sitting).exclude(pk=seat.pk)
    other = other.exclude(application__in=[one, two]).first()
    services.move_seat(
        actor=SYSTEM, sitting=seat.sitting, seat=seat.pk, room=other.sitting_room_id,
        row=other.row, column=other.column, reason="近视", accepted=99,
    )  # fmt: skip
    swapped = {three.person.name: ("seat",), other.application.person.name: ("seat",)}
    assert changed(batch) == {"欧阳䶮": ("person",), two.person.name: ("photo",), **swapped}
    documents["admission-tickets"].render(batch, SYSTEM)
    assert changed(batch) == {}
    versions = PrintedSheet.objects.filter(slug="admission-ticket", is_outdated=False)
    assert sorted(versions.values_list("version", flat=True)) == [1, 1, 2, 2, 2, 2]


def test_a_sitting_at_another_time_changes_every_ticket_and_list_of_it():
    batch = build.ticketed(build.batch_with((("电工", 3),)))
    for slug in ("admission-tickets", "sign-in", "seat-table", "desk-labels"):
        documents[slug].render(batch, SYSTEM)
    sitting = batch.sittings.get(number=1)
    starts = sitting.starts_at + timedelta(hours=6)
    services.call_off(
        actor=SYSTEM, sitting=sitting, outcome="rearranged", reason="停电", consent="领导小组",
        starts_at=starts, ends_at=starts + timedelta(minutes=90),
    )  # fmt: skip
    assert set(changed(batch).values()) == {("time",)}
    room = sitting.rooms.filter(seats__isnull=False).first()
    sheets = PrintedSheet.objects.filter(subject_id=room.pk)
    assert {each.slug: each.is_outdated for each in sheets} == dict.fromkeys(
        ("sign-in", "seat-table", "desk-labels"), True
    )
    services.call_off(
        actor=SYSTEM, sitting=sitting, outcome="postponed", reason="停电", consent="领导小组"
    )
    ticket = tickets_of(batch).first()
    assert "缓考，时间另行通知" in reading.text(single(ticket, SYSTEM))


def test_a_ticket_printed_before_the_hour_stays_true_after_it():
    with time_machine.travel(build.TICKETS_AT, tick=False) as clock:
        batch = build.ticketed(build.batch_with((("电工", 3),), rulebook="jilin"))
        documents["admission-tickets"].render(batch, SYSTEM)
        clock.move_to(build.THEORY_STARTS)
        assert changed(batch) == {}
        seat = SeatAssignment.objects.filter(sitting__number=1).first()
        SeatAssignment.objects.filter(pk=seat.pk).update(seat_number=39)
        assert changed(batch) == {}


@pytest.mark.parametrize(
    ("rulebook", "words"),
    [
        ("chongqing", ("（盖章处）", "本人有效身份证件")),
        ("henan", ("压照片加盖认定机构印章", "本人居民身份证或公安机关证明")),
        ("shandong", ("（验印）", "本人居民身份证入场")),
        ("fujian", ("本人居民身份证或护照",)),
        ("jilin", ("本人居民身份证入场",)),
    ],
)
def test_seal_and_papers_are_the_rulebooks(rulebook, words):
    batch = build.ticketed(build.batch_with((("电工", 2),), rulebook=rulebook))
    ((_stem, data),) = documents["admission-tickets"].render(batch, SYSTEM)
    printed = reading.text(data)
    for word in words:
        assert word in printed, word
    seals = {word for word in ("（盖章处）", "压照片", "（验印）") if word in printed}
    assert len(seals) == (batch.rules.settings.ticket_seal is not None)


def test_a_photo_missing_a_rare_name_and_a_long_occupation_fit_the_page():
    name = "计算机程序设计员（人工智能应用软件开发与嵌入式系统集成方向）"
    batch = build.batch_with(((name, 1),))
    Person.objects.filter(applications__batch=batch).update(name="䶮㛃𬭎·买买提明阿卜杜热依木")
    build.ticketed(batch)
    ((_stem, data),) = documents["admission-tickets"].render(batch, SYSTEM)
    printed = reading.text(data)
    for word in ("䶮㛃𬭎·买买提明阿卜杜热依木", name, "照片"):
        assert word in printed, word


def test_sets_are_bound_as_asked_and_the_job_tells_how_far_it_is():
    batch = build.ticketed()
    rooms = bound(batch, SYSTEM, chosen(batch, only_wanted=False), "room")
    assert [stem for stem, _data in rooms] == ["准考证-01场-01考场", "准考证-01场-02考场"]
    seats = SeatAssignment.objects.filter(sitting__number=1, sitting_room__number=1)
    wanted = list(
        seats.order_by("seat_number").values_list("application__ticket__number", flat=True)
    )
    printed = reading.text(rooms[0][1])
    assert sorted(wanted, key=printed.index) == wanted
    assert len(bound(batch, SYSTEM, chosen(batch, only_wanted=False), "class")) == 2
    assert chosen(batch, only_wanted=True) == []
    job = enqueue(
        PRINT_TICKETS, actor=SYSTEM, label="打印", batch=batch.code, sets="all", only_wanted=False
    )
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == ("done", 11, 11)
    assert job.result == {"tickets": 11, "parts": 1}
    empty = enqueue(
        PRINT_TICKETS, actor=SYSTEM, label="打印", batch=batch.code, sets="all", only_wanted=True
    )
    run_job(empty.pk)
    empty.refresh_from_db()
    assert empty.error.startswith("没有要打印的准考证")


def test_who_withdrew_has_no_ticket_any_more():
    batch = build.ticketed(build.batch_with((("电工", 2),)))
    gone, stays = (each.application for each in tickets_of(batch))
    type(gone).objects.filter(pk=gone.pk).update(status="withdrawn")
    gone.refresh_from_db()
    assert (ticket_of(gone), ticket_of(stays).application) == (None, stays)
    ((_stem, data),) = documents["admission-tickets"].render(batch, SYSTEM)
    assert gone.ticket.number not in reading.text(data)
