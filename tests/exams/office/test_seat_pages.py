"""Pages on which seats are corrected, rooms drawn and looked over."""

import pytest
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM
from exams import services
from exams.acceptance import check_list
from exams.models import RoomAcceptance, SeatAssignment, SeatingNeed
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client):
    client.force_login(make.make_user(Role.CLERK))
    return client


def url(name, *args):
    return reverse(f"exams_office:{name}", args=args)


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def sitting():
    theory, _practical = build.planned()
    return services.arrange_seats(actor=SYSTEM, sitting=theory)


def test_a_move_is_shown_with_what_it_breaks_before_it_is_done(clerk, sitting):
    one, two = sitting.seats.order_by("sitting_room__number", "seat_number")[:2]
    chart = text(clerk.get(url("chart", one.sitting_room_id)))
    assert url("move", one.pk) in chart
    to = {"room": one.sitting_room_id, "row": two.row, "column": two.column}
    page = text(clerk.get(url("move", one.pk), to))
    assert two.application.person.name in page
    assert "互换座位" in page
    assert SeatAssignment.objects.get(pk=one.pk).row == one.row
    refused = clerk.post(url("move", one.pk), {**to, "accepted": 99, "reason": ""}, follow=True)
    assert "写明调整座位的原因" in text(refused)
    done = clerk.post(url("move", one.pk), {**to, "accepted": 99, "reason": "视力"}, follow=True)
    assert "座位已调整" in text(done)
    assert SeatAssignment.objects.get(pk=one.pk).seat_number == two.seat_number
    missing = {"room": one.sitting_room_id, "row": 40, "column": 40}
    assert "没有可用的座位" in text(clerk.get(url("move", one.pk), missing))
    same = {"room": two.sitting_room_id, "row": one.row, "column": one.column}
    assert "已经坐在这里" in text(clerk.get(url("move", two.pk), same))


def test_one_who_may_only_look_gets_no_move(client, sitting):
    client.force_login(make.make_user(Role.HEAD))
    room = sitting.rooms.first()
    assert "data-movable" not in text(client.get(url("chart", room.pk)))
    assert client.get(url("move", room.seats.first().pk)).status_code == 403


def test_the_list_is_renewed_in_the_browser(clerk, sitting):
    assert "没有变化" in text(clerk.post(url("renew", sitting.pk), follow=True))
    build.admit(sitting.batch.offerings.first(), 2)
    assert "补排 2 人，退出 0 人" in text(clerk.post(url("renew", sitting.pk), follow=True))


def test_how_a_draw_seats_is_set_in_the_browser(clerk, sitting):
    wanted = {"reserve": 2, "papers_a_room": "few"}
    assert "已设定" in text(clerk.post(url("seating", sitting.pk), wanted, follow=True))
    sitting.refresh_from_db()
    assert (sitting.reserve, sitting.papers_a_room) == (2, "few")
    wrong = {"reserve": 99, "papers_a_room": "few"}
    assert "请改正" in text(clerk.post(url("seating", sitting.pk), wrong, follow=True))


def test_a_need_is_noted_in_the_browser(clerk, sitting):
    who = sitting.seats.first().application
    facts = {"application": who.pk, "reason": "轮椅"}
    assert "轮椅" in text(clerk.post(url("need", sitting.pk), facts, follow=True))
    assert SeatingNeed.objects.get().application == who
    assert "请改正" in text(clerk.post(url("need", sitting.pk), {}, follow=True))


def test_the_record_is_given_out_after_confirmation(clerk, sitting):
    assert "尚未公开" in text(clerk.post(url("draw_record", sitting.pk), follow=True))
    services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    response = clerk.post(url("draw_record", sitting.pk))
    assert response.json()["commitment"] == sitting.draw_commitment
    assert "attachment" in response["Content-Disposition"]


def test_a_room_is_drawn_in_the_browser(clerk, client):
    room = build.room(rows=2, columns=3)
    assert "座座座" in text(clerk.get(url("layout", room.pk)))
    drawn = {"picture": "座空轮\n备坏座\n座空座"}
    assert "布局已保存" in text(clerk.post(url("layout", room.pk), drawn, follow=True))
    room.refresh_from_db()
    assert (room.rows, room.columns, room.capacity) == (3, 3, 6)
    assert (room.blocked, room.broken) == ([[1, 2], [3, 2]], [[2, 2]])
    assert (room.reserved, room.accessible) == ([[2, 1]], [[1, 3]])
    wrong = {"picture": "座座\n座"}
    assert "第 2 排的长短" in text(clerk.post(url("layout", room.pk), wrong, follow=True))
    strange = {"picture": "座X"}
    assert "不认识的字" in text(clerk.post(url("layout", room.pk), strange, follow=True))
    assert clerk.post(url("layout", room.pk), {"picture": ""}).status_code == 422
    assert str(room) in text(clerk.get(url("places")))
    client.force_login(make.make_user(Role.HEAD))
    assert "您的角色" in text(client.post(url("layout", room.pk), drawn, follow=True))


def test_a_workshop_is_drawn_around_its_workstations(clerk):
    """However many seats are drawn, a group is as large as the workstations take."""
    shop = build.room(kind="practical", rows=2, columns=3)
    stations = [services.Station(1, capacity=2), services.Station(2)]
    services.save_stations(actor=SYSTEM, room=shop, stations=stations)
    page = text(clerk.get(url("layout", shop.pk)))
    assert "一组最多 3 人" in page
    assert "最多使用座位数" not in page
    drawn = {"picture": "座座座\n座空座\n座座座", "capacity": 8}
    assert "布局已保存" in text(clerk.post(url("layout", shop.pk), drawn, follow=True))
    shop.refresh_from_db()
    assert (shop.rows, shop.columns, shop.capacity) == (3, 3, 3)
    small = {"picture": "座座"}
    refused = text(clerk.post(url("layout", shop.pk), small, follow=True))
    assert "好的座位有 2 个，工位同时要用 3 个" in refused
    shop.refresh_from_db()
    assert (shop.rows, shop.capacity) == (3, 3)


def test_only_what_the_batch_holds_is_planned(clerk):
    """Without written subjects the page asks for no written sitting."""
    batch = build.batch_with((("保育师", 2),), rulebook="fujian")
    batch.offerings.update(subjects=["practical"])
    build.room(kind="practical", rows=1, columns=2)
    page = text(clerk.get(url("batch", batch.code)))
    assert "安排理论考试或综合评审" not in page
    assert "2\N{NO-BREAK SPACE}工位" in page
    other = text(clerk.get(url("batch", build.batch_with(code="B2").code)))
    assert "安排理论考试或综合评审" in other
    assert "都不选则选用最少的考场" in other


def test_a_room_is_looked_over_line_by_line(clerk, sitting):
    room = sitting.rooms.first()
    member = build.staff(1)[0]
    page = text(clerk.get(url("accept", room.pk)))
    lines = check_list(room, sitting.batch.rules)
    assert len(lines) > 5
    assert all(str(line.point.text) in page for line in lines)
    sound = {line.point.rule: "yes" for line in lines} | {"member": member.pk}
    assert clerk.post(url("accept", room.pk), {"member": member.pk}).status_code == 422
    bad = {**sound, lines[0].point.rule: "no"}
    assert "哪里不符合" in text(clerk.post(url("accept", room.pk), bad, follow=True))
    told = {**bad, f"{lines[0].point.rule}-note": "两人一桌"}
    assert "整改后再验收" in text(clerk.post(url("accept", room.pk), told, follow=True))
    assert "考场验收合格" in text(clerk.post(url("accept", room.pk), sound, follow=True))
    assert list(RoomAcceptance.objects.values_list("accepted", flat=True)) == [False, True]


def test_as_few_rooms_as_suffice_are_taken_where_none_is_chosen(clerk):
    batch = build.batch_with()
    build.room(rows=5, columns=6)
    small = build.room(rows=3, columns=4)
    starts = build.THEORY_STARTS
    form = {
        "subject": "theory", "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "ends_at": f"{starts:%Y-%m-%d}T10:00",
    }  # fmt: skip
    page = clerk.post(reverse("exams_office:add_written", args=[batch.code]), form, follow=True)
    assert "场次已安排" in text(page)
    assert [used.room for used in batch.sittings.get().rooms.all()] == [small]
