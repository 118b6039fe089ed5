"""The office's pages: every one opens, every act works and leads back, roles are kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM
from exams import services
from exams.models import Duty, Incident, Packet, RoomRecord, Sitting, Violation
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
MOMENT = "%Y-%m-%dT%H:%M"


@pytest.fixture
def clerk(client):
    client.force_login(make.make_user(Role.CLERK))
    return client


def url(name, *args):
    return reverse(f"exams_office:{name}", args=args)


def post(client, name, *args, follow=True, **data):
    return client.post(url(name, *args), data, follow=follow)


def text(response):
    assert response.status_code == 200
    return response.content.decode()


def test_every_page_opens_at_every_stage(clerk):
    batch = build.batch_with()
    assert "还没有场次" in text(clerk.get(url("batch", batch.code)))
    assert batch.name in text(clerk.get(url("index")))
    build.ticketed(batch)
    sitting = batch.sittings.get(number=1)
    services.start_sitting(actor=SYSTEM, sitting=sitting)
    room = sitting.rooms.first()
    pages = [
        url("batch", batch.code), url("tickets", batch.code), url("custody", batch.code),
        url("day", batch.code), url("sitting", sitting.pk), url("duties", sitting.pk),
        url("room", room.pk), url("chart", room.pk),
    ]  # fmt: skip
    for page in pages:
        text(clerk.get(page))
    name = room.seats.first().application.person.name
    assert name in text(clerk.get(url("chart", room.pk)))
    assert sitting.draw_key in text(clerk.get(url("sitting", sitting.pk)))
    assert name in text(clerk.get(url("tickets", batch.code), {"q": name}))
    assert "没有准考证" in text(clerk.get(url("tickets", batch.code), {"q": "zzz"}))


def test_the_key_is_hidden_until_confirmed(clerk):
    theory, _ = build.planned()
    done = services.arrange_seats(actor=SYSTEM, sitting=theory)
    page = text(clerk.get(url("sitting", done.pk)))
    assert done.draw_commitment in page
    assert done.draw_key not in page


def test_a_timetable_is_made_in_the_browser(clerk):
    batch = build.batch_with()
    room, shop = build.room(), build.room(kind="practical", rows=2, columns=3)
    end = build.THEORY_STARTS + timedelta(minutes=90)
    form = {
        "subject": "theory", "starts_at": build.THEORY_STARTS.strftime(MOMENT),
        "ends_at": end.strftime(MOMENT), "rooms": [room.pk],
    }  # fmt: skip
    assert "场次已安排" in text(post(clerk, "add_written", batch.code, **form))
    assert Sitting.objects.get().starts_at == build.THEORY_STARTS
    assert "这个字段是必填项" in text(post(clerk, "add_written", batch.code, subject="theory"))
    practical = {
        "starts_at": build.PRACTICAL_STARTS.strftime(MOMENT), "minutes": 120, "rooms": [shop.pk],
    }  # fmt: skip
    assert "分成 2 组" in text(post(clerk, "add_practical", batch.code, **practical))
    assert "这个字段是必填项" in text(post(clerk, "add_practical", batch.code))
    last = Sitting.objects.order_by("number").last()
    assert "已撤销" in text(post(clerk, "cancel", last.pk))
    assert "已为 2 个场次排座" in text(post(clerk, "arrange_all", batch.code))
    assert "名考生" not in text(post(clerk, "confirm_all", batch.code))
    assert "还有" in text(post(clerk, "issue", batch.code))


def test_one_sitting_is_drawn_and_confirmed(clerk):
    theory, practical = build.planned()
    assert "摘要已公布" in text(post(clerk, "commit", theory.pk))
    assert "不能更换" in text(post(clerk, "arrange", theory.pk, draw_key="别的"))
    for sitting in (theory, *practical):
        assert "排座完成" in text(post(clerk, "arrange", sitting.pk))
        assert "排座已确认" in text(post(clerk, "confirm", sitting.pk))
    assert "已发放 11 张准考证" in text(post(clerk, "issue", theory.batch.code))
    assert "本场已开考" in text(post(clerk, "start", theory.pk))


def test_duties_are_proposed_and_changed(clerk):
    theory, _ = build.planned()
    services.arrange_seats(actor=SYSTEM, sitting=theory)
    build.staff(3)
    page = text(post(clerk, "propose_duties", theory.pk))
    assert "已安排 3 人次" in page
    assert "缺" in page
    duty = Duty.objects.first()
    assert "已撤下" in text(post(clerk, "drop_duty", duty.pk))
    data = {"post": "keeper", "member": duty.member_id, "room": ""}
    assert "已安排" in text(post(clerk, "add_duty", theory.pk, **data))
    assert "改正" in text(post(clerk, "add_duty", theory.pk, post="keeper"))
    assert "已有另一岗位" in text(post(clerk, "add_duty", theory.pk, **data))


def test_a_room_is_recorded_in_the_browser(clerk):
    sitting = build.running()
    room = sitting.rooms.order_by("number").first()
    seats = list(room.seats.all())
    data = {
        f"seat-{seats[0].pk}": "absent",
        f"seat-{seats[1].pk}": "late_refused",
        "seat-x": "absent",
    }
    assert "缺考 1 人" in text(post(clerk, "attendance", room.pk, **data))
    when = build.THEORY_STARTS.strftime(MOMENT)
    act = {
        "seat": seats[2].pk, "act": "X-T1", "happened_at": when, "description": "翻书",
        "recorder": "甲", "witness": "乙",
    }  # fmt: skip
    assert "已登记" in text(post(clerk, "violation", room.pk, **act))
    assert "改正" in text(post(clerk, "violation", room.pk, **{**act, "act": "X-P1"}))
    assert Violation.objects.count() == 1
    incident = {
        "kind": "equipment", "happened_at": when, "reported_at": when, "reported_to": "主考",
        "text": "停电",
    }  # fmt: skip
    assert "突发事件已登记" in text(post(clerk, "incident", room.pk, **incident))
    assert "改正" in text(post(clerk, "incident", room.pk, kind="equipment"))
    assert Incident.objects.count() == 1
    counts = {"present": len(seats) - 2, "absent": 1, "late_refused": 1, "proctors": "赵安，钱博"}
    wrong = {**counts, "present": len(seats)}
    assert "之和不等于" in text(post(clerk, "submit", room.pk, **wrong))
    assert "改正" in text(post(clerk, "submit", room.pk))
    assert "考场记录已提交" in text(post(clerk, "submit", room.pk, **counts))
    assert RoomRecord.objects.get(sitting_room=room).proctors == ["赵安", "钱博"]
    assert "赵安、钱博" in text(clerk.get(url("room", room.pk)))


def test_papers_go_the_whole_way_in_the_browser(clerk):
    batch = build.ticketed()
    sitting = batch.sittings.get(number=1)
    room = sitting.rooms.order_by("number").first()
    one, two = make.make_member(), make.make_member()
    who = {"giver": one.pk, "receiver": two.pk}

    def at(minutes):
        moment = build.THEORY_STARTS + timedelta(minutes=minutes)
        return {**who, "at": moment.strftime(MOMENT)}

    assert "已封装" in text(post(clerk, "pack", room.pk, **at(-900)))
    assert "两名签字人" in text(post(clerk, "pack", room.pk))
    packet = Packet.objects.first()
    for move, minutes, word in (
        ("give", -30, "已领出"),
        ("open", -5, "已启封"),
        ("return", 120, "已交回"),
    ):
        assert word in text(post(clerk, "step", packet.pk, move, **at(minutes)))
    assert "两名签字人" in text(post(clerk, "step", packet.pk, "give"))
    assert post(clerk, "step", packet.pk, "burn").status_code == 404
    same = {"giver": one.pk, "receiver": one.pk}
    other = Packet.objects.exclude(pk=packet.pk).first()
    assert other is None or "同一人" in text(post(clerk, "step", other.pk, "give", **same))


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ITEM_WRITER, Role.ARCHIVIST])
def test_others_are_kept_out(client, role):
    theory, _ = build.planned()
    client.force_login(make.make_user(role))
    assert client.get(url("batch", theory.batch.code)).status_code == 403
    assert client.post(url("arrange", theory.pk)).status_code == 403


def test_one_who_may_look_may_not_act(client):
    theory, _ = build.planned()
    client.force_login(make.make_user(Role.HEAD))
    assert client.get(url("sitting", theory.pk)).status_code == 200
    assert client.post(url("arrange", theory.pk)).status_code == 403
    assert client.get(url("arrange", theory.pk)).status_code in {403, 405}


def test_the_unsigned_sign_in_first(client):
    assert client.get(url("index")).status_code == 302


@pytest.mark.parametrize("model", ["site", "room", "admissionticket", "violation", "incident"])
def test_the_registers_open(clerk, model):
    build.ticketed()
    text(clerk.get(reverse(f"admin:exams_{model}_changelist")))


def test_a_room_is_entered_in_the_register(clerk):
    site = services.enter_site(actor=SYSTEM, name="教学楼")
    data = {
        "site": site.pk, "name": "101", "kind": "theory", "rows": 2, "columns": 3, "capacity": 5,
        "blocked": "[[1, 1]]", "spacing_cm": 90, "has_video": "on", "is_active": "on",
    }  # fmt: skip
    add = reverse("admin:exams_room_add")
    assert "不在考场内" in text(clerk.post(add, {**data, "blocked": "[[9, 9]]"}))
    assert clerk.post(add, data).status_code == 302
    assert site.rooms.get().blocked == [[1, 1]]


def test_the_cockpit_shows_the_stages(clerk):
    batch = build.ticketed()
    for stage in ("arrange", "ticket", "exam"):
        page = reverse("batches_office:batch", args=[batch.code])
        text(clerk.get(page, {"stage": stage}))


def test_pages_ask_as_often_for_three_as_for_one(clerk):
    """Two batches on different days: one candidate per occupation, and three."""

    def asked(*address):
        with CaptureQueriesContext(connection) as found:
            text(clerk.get(url(*address)))
        return len(found)

    batch = build.batch_with((("电工", 1), ("焊工", 1)))
    build.arranged(batch)
    few = _addresses(batch)
    clerk.get(url(*few[0]))
    before = [asked(*each) for each in few]
    for offering in batch.offerings.all():
        build.admit(offering, 2)
    for sitting in batch.sittings.all():
        Sitting.objects.filter(pk=sitting.pk).update(confirmed_at=None)
        services.arrange_seats(actor=SYSTEM, sitting=sitting)
        services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    assert [asked(*each) for each in _addresses(batch)] == before


def _addresses(batch):
    sitting = batch.sittings.order_by("number").first()
    room = sitting.rooms.filter(seats__isnull=False).order_by("number").first()
    return [
        ("index",), ("batch", batch.code), ("sitting", sitting.pk), ("tickets", batch.code),
        ("duties", sitting.pk), ("custody", batch.code), ("day", batch.code),
        ("chart", room.pk),
    ]  # fmt: skip
