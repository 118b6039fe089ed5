"""Rooms, timetable, seats and tickets: what the services do, and what they refuse and why."""

from datetime import date, timedelta

import pytest

from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef
from candidates.models import Application
from exams import services
from exams.models import AdmissionTicket, Room, SeatAssignment, Site, Sitting, SittingRoom
from exams.results import results_basis
from exams.rules.seating import commitment
from exams.selectors import room_by_id, sitting_by_id, unseated
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
NOBODY = Actor(SubjectRef("accounts.user", SYSTEM.ref.uuid), "外人")


def refusal(match):
    return pytest.raises(RefusedError, match=match)


# Rooms


def test_a_room_is_entered_with_its_places():
    room = build.room(rows=2, columns=3, blocked=[[1, 1], [1, 1]])
    assert (room.blocked, len(room.places)) == ([[1, 1]], 5)


@pytest.mark.parametrize("blocked", [[[3, 1]], [[0, 1]], ["1,1"], [[1]], [[1, True]], [[1, "a"]]])
def test_places_outside_the_room_cannot_be_blocked(blocked):
    with refusal("位置|写成"):
        build.room(rows=2, columns=2, capacity=1, blocked=blocked)


def test_more_seats_than_places_are_refused():
    with refusal("多于实有座位"):
        build.room(rows=2, columns=2, capacity=4, blocked=[[1, 1]])


def test_a_room_in_use_keeps_its_grid_but_not_its_name():
    theory, _ = build.planned()
    room = theory.rooms.first().room
    values = {"name": "新名", "rows": 5}
    assert (
        services.save_room(actor=SYSTEM, instance=room, values=values, is_new=False).name == "新名"
    )
    with refusal("不能改变座位布局"):
        services.save_room(actor=SYSTEM, instance=room, values={"rows": 4}, is_new=False)


def test_only_those_who_arrange_enter_places():
    with refusal("您的角色"):
        services.enter_site(actor=NOBODY, name="甲")
    site = services.enter_site(actor=SYSTEM, name="甲")
    services.save_site(actor=SYSTEM, instance=site, values={"address": "路1号"}, is_new=False)
    assert Site.objects.get().address == "路1号"
    with refusal("您的角色"):
        build.services.enter_room(
            actor=NOBODY, site=site, name="1", kind="theory", rows=1, columns=1
        )


# Timetable


def slot(rooms, **changes):
    facts = {"subject": "theory", "starts_at": build.THEORY_STARTS, "rooms": rooms, **changes}
    facts.setdefault("ends_at", facts["starts_at"] + timedelta(minutes=90))
    return services.Slot(**facts)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"rooms": []}, "至少选一个考场"),
        ({"ends_at": build.THEORY_STARTS}, "晚于开考时间"),
        ({"starts_at": make.at(2026, 5, 25, 8)}, "公告的考试日期"),
        ({"starts_at": make.at(2026, 5, 22, 8)}, "公告的考试日期"),
    ],
)
def test_times_and_rooms_are_checked(changes, match):
    batch = build.batch_with()
    with refusal(match):
        services.plan_sittings(
            actor=SYSTEM, batch=batch, slots=[slot(**{"rooms": [build.room()], **changes})]
        )
    assert not Sitting.objects.exists()


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        ({"is_tiered": True}, "阶梯教室.*考务管理办法》第十二条"),
        ({"spacing_cm": 79}, "不足 80 厘米.*考试场地"),
        ({"has_video": False}, "没有视频监控.*档案管理制度"),
        ({"kind": "practical"}, "不能用于这个科目"),
        ({"is_active": False}, "不能用于这个科目"),
    ],
)
def test_unfit_rooms_are_refused_with_the_article(facts, match):
    batch = build.batch_with()
    with refusal(match):
        services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([build.room(**facts)])])


def test_a_shop_without_video_is_refused_and_a_review_room_may_be_a_classroom():
    batch = build.batch_with()
    shop = build.room(kind="practical", has_video=False)
    with refusal("没有视频监控"):
        services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([shop], subject="practical")])
    made = services.plan_sittings(
        actor=SYSTEM, batch=batch, slots=[slot([build.room()], subject="review")]
    )
    assert made[0].subject_code == "review"


def test_theory_has_one_time_in_a_batch():
    batch = build.batch_with()
    services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([build.room()])])
    services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([build.room()])])
    later = build.THEORY_STARTS + timedelta(hours=4)
    with refusal("同一时间.*服务工作规程》三5"):
        services.plan_sittings(
            actor=SYSTEM, batch=batch, slots=[slot([build.room()], starts_at=later)]
        )


def test_statutory_holidays_where_the_rulebook_forbids_them():
    batch = build.batch_with(rulebook="jilin")
    days = {"exam_starts": date(2026, 6, 18), "exam_ends": date(2026, 6, 20)}
    AssessmentBatch.objects.filter(pk=batch.pk).update(**days)
    rooms = [build.room()]
    with refusal("法定节假日.*第四条"):
        services.plan_sittings(
            actor=SYSTEM,
            batch=batch,
            slots=[slot(rooms, starts_at=make.at(2026, 6, 19, 8, 30))],
        )
    services.plan_sittings(
        actor=SYSTEM, batch=batch, slots=[slot(rooms, starts_at=make.at(2026, 6, 18, 8, 30))]
    )


def test_a_taken_room_is_refused_and_all_or_nothing_is_planned():
    theory, _ = build.planned()
    rooms = [used.room for used in theory.rooms.select_related("room")]
    other = build.batch_with((("保育师", 2),))
    with refusal("已被占用"):
        services.plan_sittings(actor=SYSTEM, batch=other, slots=[slot([build.room()]), slot(rooms)])
    assert not other.sittings.exists()


def test_a_finished_batch_is_not_arranged():
    batch = build.batch_with()
    AssessmentBatch.objects.filter(pk=batch.pk).update(status="completed")
    with refusal("已结束"):
        services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([build.room()])])
    with refusal("您的角色"):
        services.plan_sittings(actor=NOBODY, batch=batch, slots=[])


def test_practical_groups_follow_the_workstations():
    _, practical = build.planned()
    assert [each.starts_at for each in practical] == [
        build.PRACTICAL_STARTS, build.PRACTICAL_STARTS + timedelta(minutes=150),
    ]  # fmt: skip
    batch = practical[0].batch
    for minutes, rooms, match in ((120, [], "工位"), (600, [Room.objects.last()], "工位")):
        with refusal(match):
            services.plan_practical(
                actor=SYSTEM,
                batch=batch,
                starts_at=build.PRACTICAL_STARTS,
                minutes=minutes,
                rooms=rooms,
            )
    nobody = build.batch_with((("保育师", 1),))
    Application.objects.filter(batch=nobody).update(status="withdrawn")
    with refusal("没有需要参加"):
        services.plan_practical(
            actor=SYSTEM, batch=nobody, starts_at=build.PRACTICAL_STARTS, minutes=9, rooms=[]
        )


def test_a_sitting_is_cancelled_until_it_is_confirmed():
    theory, practical = build.planned()
    services.cancel_sitting(actor=SYSTEM, sitting=practical[0])
    services.arrange_seats(actor=SYSTEM, sitting=theory)
    services.confirm_arrangement(actor=SYSTEM, sitting=theory)
    with refusal("不能撤销"):
        services.cancel_sitting(actor=SYSTEM, sitting=theory)


# Seats


def test_the_key_is_committed_before_and_stands_in_no_trail():
    theory, _ = build.planned()
    committed = services.commit_draw(actor=SYSTEM, sitting=theory)
    assert committed.draw_commitment == commitment(committed.draw_key)
    with refusal("不能更换"):
        services.arrange_seats(actor=SYSTEM, sitting=theory, draw_key="另一个")
    done = services.arrange_seats(actor=SYSTEM, sitting=theory, draw_key=committed.draw_key)
    told = AuditEntry.objects.exclude(verb="exams.arrangement_confirm").filter(subject_id=theory.pk)
    assert all(committed.draw_key not in str(entry.payload) for entry in told)
    services.confirm_arrangement(actor=SYSTEM, sitting=done)
    entry = AuditEntry.objects.get(verb="exams.arrangement_confirm")
    assert entry.payload["sha256"] == committed.draw_commitment
    assert committed.draw_key not in str(entry.payload)


@pytest.mark.parametrize("key", ["", "   ", "k" * 129])
def test_a_key_that_is_none(key):
    theory, _ = build.planned()
    with refusal("1 至 128"):
        services.commit_draw(actor=SYSTEM, sitting=theory, draw_key=key)


def seats(sitting):
    return list(
        sitting.seats.order_by("application__number").values_list(
            "application__number", "sitting_room__number", "seat_number"
        )
    )


def test_arranging_again_gives_the_same_seats():
    theory, _ = build.planned()
    one = services.arrange_seats(actor=SYSTEM, sitting=theory, draw_key="k")
    before = seats(one)
    assert seats(services.arrange_seats(actor=SYSTEM, sitting=one)) == before
    assert len(before) == 11
    assert one.quality["pairs"] == one.quality["bound_pairs"] == 0


def test_a_paper_over_half_is_split_into_forms():
    theory, _ = build.planned()
    services.arrange_seats(actor=SYSTEM, sitting=theory)
    forms = SeatAssignment.objects.filter(sitting=theory).values_list(
        "application__offering__occupation__name", "form"
    )
    assert sorted(set(forms)) == [("焊工", "A"), ("电工", "A"), ("电工", "B")]


def test_too_few_seats_are_named():
    batch = build.batch_with()
    tiny = build.room(rows=2, columns=2)
    sitting = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([tiny])])[0]
    with refusal("还缺 7 个座位.*第十二条"):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)


def test_the_rulebooks_ceiling_holds_and_crowding_warns():
    batch = build.batch_with((("电工", 20), ("焊工", 14)))
    big = build.room(rows=6, columns=8)
    sitting = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([big])])[0]
    done = services.arrange_seats(actor=SYSTEM, sitting=sitting)
    assert done.quality["crowded"] == [1]
    build.admit(batch.offerings.first(), 2)
    with refusal("还缺 1 个座位"):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)


def test_nobody_to_seat_is_refused():
    batch = build.batch_with((("电工", 1),))
    Application.objects.filter(batch=batch).update(status="withdrawn")
    sitting = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot([build.room()])])[0]
    with refusal("没有待排座的考生"):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)


def test_confirmation_checks_the_list_again():
    theory, _ = build.planned()
    with refusal("先排座"):
        services.confirm_arrangement(actor=SYSTEM, sitting=theory)
    services.arrange_seats(actor=SYSTEM, sitting=theory)
    build.admit(theory.batch.offerings.first())
    with refusal("新增 1 人，退出 0 人"):
        services.confirm_arrangement(actor=SYSTEM, sitting=theory)
    services.arrange_seats(actor=SYSTEM, sitting=theory)
    gone = Application.objects.filter(batch=theory.batch).order_by("number").first()
    Application.objects.filter(pk=gone.pk).update(status="withdrawn")
    with refusal("新增 0 人，退出 1 人"):
        services.confirm_arrangement(actor=SYSTEM, sitting=theory)
    services.arrange_seats(actor=SYSTEM, sitting=theory)
    services.confirm_arrangement(actor=SYSTEM, sitting=theory)
    for again in (services.confirm_arrangement, services.arrange_seats):
        with refusal("已经确认"):
            again(actor=SYSTEM, sitting=theory)


def test_groups_of_one_subject_never_seat_anyone_twice():
    batch = build.batch_with((("电工", 10),))
    shop = build.room(kind="practical", rows=2, columns=2)
    groups = services.plan_practical(
        actor=SYSTEM, batch=batch, starts_at=build.PRACTICAL_STARTS, minutes=60, rooms=[shop]
    )
    sizes = [
        services.arrange_seats(actor=SYSTEM, sitting=group).quality["seats"] for group in groups
    ]
    assert sizes == [4, 3, 3]
    practical = SeatAssignment.objects.filter(sitting__subject_code="practical")
    assert practical.values("application").distinct().count() == 10


# Tickets


def test_tickets_wait_for_approval_with_the_article():
    theory, practical = build.planned()
    theory.batch.reports.update(status="submitted")
    for sitting in (theory, *practical):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)
        services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    with refusal("还没有批复.*考务管理办法》第十一条"):
        services.issue_tickets(actor=SYSTEM, batch=theory.batch)


def test_tickets_wait_for_sittings_confirmation_and_seats():
    batch = build.batch_with()
    with refusal("还没有安排场次"):
        services.issue_tickets(actor=SYSTEM, batch=batch)
    theory, practical = build.planned(batch)
    with refusal("第 1、2、3 场的排座还没有确认"):
        services.issue_tickets(actor=SYSTEM, batch=batch)
    for sitting in (theory, *practical):
        services.arrange_seats(actor=SYSTEM, sitting=sitting)
        services.confirm_arrangement(actor=SYSTEM, sitting=sitting)
    late = build.admit(batch.offerings.first())[0]
    with refusal("还有 2 人次没有座位"):
        services.issue_tickets(actor=SYSTEM, batch=batch)
    assert unseated(batch) == [(late, "theory"), (late, "practical")]


def test_a_number_once_given_stays():
    batch = build.ticketed()
    before = dict(AdmissionTicket.objects.values_list("application_id", "number"))
    assert services.issue_tickets(actor=SYSTEM, batch=batch) == []
    assert dict(AdmissionTicket.objects.values_list("application_id", "number")) == before
    numbers = sorted(before.values())
    assert numbers[0] == f"{batch.code}00001"
    assert set(batch.sittings.values_list("status", flat=True)) == {"ticketed"}
    with refusal("您的角色"):
        services.issue_tickets(actor=NOBODY, batch=batch)


def test_the_window_of_a_rulebook_that_names_one():
    batch = build.arranged(build.batch_with(rulebook="shandong"))
    with refusal("起发放.*规程》五2"):
        services.issue_tickets(actor=SYSTEM, batch=batch, at=make.at(2026, 5, 10))
    with refusal("应于 2026-05-20 以前发放.*规程》五2"):
        services.issue_tickets(actor=SYSTEM, batch=batch, at=make.at(2026, 5, 21))
    late = make.at(2026, 5, 22)
    made = services.issue_tickets(actor=SYSTEM, batch=batch, at=late, late_reason="批复迟到")
    assert len(made) == 11
    kept = AuditEntry.objects.filter(verb="exams.tickets_issue").order_by("id").last()
    assert kept.payload["late"] == "批复迟到"
    assert services.issue_tickets(actor=SYSTEM, batch=batch, at=late) == []


def test_what_is_not_there_is_said():
    with refusal("没有这个场次"):
        sitting_by_id(SYSTEM.ref.uuid)
    with refusal("没有这个考场安排"):
        room_by_id(SYSTEM.ref.uuid)
    batch = build.arranged()
    assert results_basis(batch) == []
    assert SittingRoom.objects.filter(sitting__batch=batch).count() == 4
