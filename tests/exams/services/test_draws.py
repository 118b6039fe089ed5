"""Draws: committed before, held once at the hour by two people, corrected with a reason."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.accounts.enums import Act
from assessment_center.people.models import TeachingAssignment
from assessment_center.personnel.enums import Grade, Post
from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef
from exams import services
from exams.drawing import corrections_in_words, draw_by_id, draws_at, lots_now, outstanding, repeats
from exams.enums import DrawKind
from exams.models import Draw, DrawCorrection, DrawLine, Duty, SeatAssignment, Sitting
from exams.rules.seating import commitment
from exams.staffing import staffing_of
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
EARLY = build.TICKETS_AT
CLERK = Actor(
    SubjectRef("accounts.user", SYSTEM.ref.uuid),
    "周晓梅",
    frozenset({Act.EXAM_ARRANGE, Act.EXAM_RECORD}),
)
RECORDER = Actor(
    SubjectRef("accounts.user", SYSTEM.ref.uuid), "罗建平", frozenset({Act.EXAM_RECORD})
)
NOBODY = Actor(SubjectRef("accounts.user", SYSTEM.ref.uuid), "外人")


def refusal(match):
    return pytest.raises(RefusedError, match=match)


def practical(rulebook="jilin", sizes=(("电工", 5),)):
    batch = build.ticketed(build.batch_with(sizes, rulebook=rulebook))
    return batch.sittings.get(subject_code="practical")


def theory(rulebook="henan", sizes=(("电工", 6), ("焊工", 5))):
    return build.ticketed(build.batch_with(sizes, rulebook=rulebook)).sittings.get(number=1)


def commit(sitting, kind=DrawKind.WORKSTATION, **more):
    more = {"actor": CLERK, "at": EARLY, **more}
    return services.commit_lots(sitting=sitting, kind=kind, **more)


def hold(draw, witness="吴建国", **more):
    more = {"actor": CLERK, "at": draw.not_before + timedelta(seconds=1), **more}
    return services.hold_lots(draw=draw, witness=witness, **more)


def places(sitting):
    return dict(
        SeatAssignment.objects.filter(sitting=sitting).values_list(
            "application__number", "seat_number"
        )
    )


# Workstations


def test_workstations_are_drawn_a_quarter_of_an_hour_before_and_the_start_waits_for_it():
    sitting = practical()
    assert outstanding(sitting) == DrawKind.WORKSTATION
    with refusal("还没有考生抽签定工位.*考务管理实施细则》第七条"):
        services.start_sitting(actor=CLERK, sitting=sitting)
    draw = commit(sitting, key="摇号")
    assert draw.not_before == sitting.starts_at - timedelta(minutes=15)
    assert draw.commitment == commitment("摇号")
    with refusal("还没有到时间.*第十六条"):
        hold(draw, at=draw.not_before - timedelta(seconds=1))
    before = places(sitting)
    spots = set(sitting.seats.values_list("seat_number", "row", "column"))
    held = hold(draw)
    after = places(sitting)
    assert set(after) == set(before)
    assert sorted(after.values()) == sorted(before.values())
    assert set(sitting.seats.values_list("seat_number", "row", "column")) == spots
    lots = {line.application.number: line.number for line in held.lines.all()}
    assert lots == after
    assert (held.held_by_name, held.witness) == ("周晓梅", "吴建国")
    assert repeats(draws_at(sitting)[DrawKind.WORKSTATION])
    build.accept_rooms(sitting)
    assert services.start_sitting(actor=CLERK, sitting=sitting).status == "running"


def test_another_key_another_draw_and_the_same_key_the_same():
    sitting = practical(sizes=(("电工", 6),))
    held = hold(commit(sitting, key="甲"))
    found = [(line.application.number, line.number) for line in held.lines.all()]
    held.key = "乙"
    assert not repeats(held)
    held.key = "甲"
    assert repeats(held)
    held.inputs["hats"][0]["people"].reverse()
    assert not repeats(held)
    assert len(found) == 6


def test_a_held_draw_is_not_held_again_nor_its_key_changed():
    sitting = practical()
    draw = commit(sitting)
    with refusal("已经封存密钥，不能更换"):
        commit(sitting, key="另一把")
    hold(draw)
    with refusal("不能重抽.*更正"):
        hold(draw)
    with refusal("已经封存密钥，不能更换"):
        commit(sitting)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: Draw.objects.filter(pk=d.pk).update(witness="别人"), "结果已经公开"),
        (lambda d: Draw.objects.filter(pk=d.pk).update(inputs={}), "结果已经公开"),
        (
            lambda d: Draw.objects.filter(pk=d.pk).delete(),
            "不能删除|签已抽出|protected foreign keys",
        ),
        (lambda d: d.lines.update(number=9), "签已抽出"),
        (lambda d: DrawLine.objects.filter(draw=d).delete(), "签已抽出"),
        (
            lambda d: DrawLine.objects.create(
                draw=d, position=99, member=make.make_member(Grade.STAFF)
            ),
            "不能再加签",
        ),
    ],
)
def test_the_database_keeps_a_held_draw(change, words):
    held = hold(commit(practical(sizes=(("电工", 3),))))
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        change(held)


def test_the_database_keeps_a_committed_key_and_the_rules_of_a_draw():
    draw = commit(practical(sizes=(("电工", 3),)))
    found = Draw.objects.filter(pk=draw.pk)
    for change, words in (
        ({"key": "另一把"}, "不能更换"),
        ({"not_before": EARLY}, "不能更换"),
        ({"held_at": EARLY - timedelta(days=1), "algorithm": "a", "list_digest": "d",
          "witness": "甲", "held_by_name": "乙"}, "draw_held_when"),
        ({"held_at": draw.not_before, "algorithm": "a", "list_digest": "d", "witness": "甲",
          "held_by_name": "甲"}, "draw_held_how"),
        ({"held_at": draw.not_before}, "draw_held_how"),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            found.update(**change)
    with pytest.raises(IntegrityError, match="不能删除"), transaction.atomic():
        found.delete()
    with pytest.raises(IntegrityError, match="lot_of_one"), transaction.atomic():
        DrawLine.objects.create(draw=draw, position=1)


def test_who_may_not_and_what_may_not():
    sitting = practical()
    with refusal("您的角色不能"):
        commit(sitting, actor=NOBODY)
    with refusal("您的角色不能"):
        commit(sitting, actor=RECORDER)
    draw = commit(sitting)
    with refusal("您的角色不能"):
        hold(draw, actor=NOBODY)
    for witness in ("", "  ", "周晓梅"):
        with refusal("另一人见证"):
            hold(draw, witness=witness)
    hold(draw, actor=RECORDER)
    panel = commit(sitting, DrawKind.PANEL)
    with refusal("您的角色不能"):
        hold(panel, actor=RECORDER)
    with refusal("没有这项抽签"):
        commit(sitting, DrawKind.PROCTOR_ROOMS)
    with refusal("没有这次抽签"):
        draw_by_id(SYSTEM.ref.uuid)


def test_workstations_fixed_beforehand_are_not_drawn():
    sitting = practical("shandong")
    with refusal("没有这项抽签.*规程》五1"):
        commit(sitting)
    build.bring_papers(sitting)
    build.accept_rooms(sitting)
    assert services.start_sitting(actor=CLERK, sitting=sitting).status == "running"


def test_the_hour_lies_between_the_rulebooks_and_the_start():
    sitting = practical()
    with refusal("不能提前.*第十六条"):
        commit(sitting, not_before=sitting.starts_at - timedelta(minutes=16))
    with refusal("须在开考以前"):
        commit(sitting, not_before=sitting.starts_at)
    hour = sitting.starts_at - timedelta(minutes=5)
    assert commit(sitting, not_before=hour).not_before == hour


def test_a_draw_waits_for_confirmed_seats_and_ends_with_the_start():
    _, groups = build.planned(build.batch_with((("电工", 3),), rulebook="jilin"))
    with refusal("先确认排座"):
        commit(groups[0])
    sitting = practical()
    draw = commit(sitting)
    hold(draw)
    build.accept_rooms(sitting)
    services.start_sitting(actor=CLERK, sitting=sitting)
    with refusal("考试已经开始"):
        commit(sitting, DrawKind.PANEL)
    first, second = draw.lines.all()[:2]
    with refusal("考试已经开始"):
        services.swap_lots(actor=CLERK, draw=draw, first=first, second=second, reason="错")


def test_two_lots_change_places_with_a_reason_only():
    sitting = practical()
    held = hold(commit(sitting))
    first, second = list(held.lines.all())[:2]
    swap = {"actor": CLERK, "draw": held, "first": first, "second": second}
    for wrong, words in (
        ({"reason": " "}, "须写明原因"),
        ({"second": first}, "同一次抽签中的两签"),
        ({"actor": RECORDER}, "您的角色不能"),
    ):
        with refusal(words):
            services.swap_lots(**{**swap, "reason": "工位设备故障", **wrong})
    services.swap_lots(**swap, reason="工位设备故障")
    now = places(sitting)
    assert now[first.application.number] == second.number
    assert now[second.application.number] == first.number
    draw = draws_at(sitting)[DrawKind.WORKSTATION]
    assert {lot.name: lot.number for lot in lots_now(draw)} == {
        seat.application.person.name: seat.seat_number for seat in sitting.seats.all()
    }
    assert corrections_in_words(draw)[0].endswith("更正人：周晓梅")
    assert repeats(draw)
    with pytest.raises(IntegrityError, match="更正不能改动"), transaction.atomic():
        DrawCorrection.objects.update(reason="别的")


def test_review_order_is_drawn_before_the_review():
    batch = build.batch_with((("电工", 3),), rulebook="jilin")
    for each in batch.applications.all():
        each.subjects = ["theory", "practical", "review"]
        each.save()
    starts = build.PRACTICAL_STARTS + timedelta(hours=4)
    room = build.room(kind="review")
    slot = services.Slot("review", starts, starts + timedelta(hours=2), [room])
    review = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[slot])[0]
    services.arrange_seats(actor=SYSTEM, sitting=review, draw_key="摇号")
    services.confirm_arrangement(actor=SYSTEM, sitting=review)
    build.ticketed(batch)
    review.refresh_from_db()
    with refusal("还没有考生抽签定答辩顺序.*第七条\\(三\\)"):
        services.start_sitting(actor=CLERK, sitting=review)
    draw = commit(review, DrawKind.REVIEW_ORDER)
    assert draw.not_before == starts - timedelta(minutes=30)
    hold(draw)
    assert sorted(places(review).values()) == [1, 2, 3]
    with refusal("还没有验收合格.*第十二条"):
        services.start_sitting(actor=CLERK, sitting=review)
    build.accept_rooms(review)
    assert services.start_sitting(actor=CLERK, sitting=review).status == "running"


# Proctors


def staffed_theory(proctors=4):
    sitting = theory()
    members = [make.make_member(Grade.PROCTOR) for _ in range(proctors)]
    services.assign_duties(actor=CLERK, sitting=sitting)
    return sitting, members


def test_proctors_are_proposed_without_a_room_and_draw_theirs():
    sitting, members = staffed_theory()
    duties = sitting.duties.filter(post=Post.PROCTOR)
    assert set(duties.values_list("sitting_room", flat=True)) == {None}
    with refusal("还没有抽签定考场.*考务人员安排》五"):
        services.start_sitting(actor=CLERK, sitting=sitting)
    held = hold(commit(sitting, DrawKind.PROCTOR_ROOMS))
    rooms = list(duties.values_list("sitting_room__number", flat=True))
    assert sorted(rooms) == [1, 1, 2, 2]
    assert {line.member for line in held.lines.all()} == set(members)
    assert repeats(draws_at(sitting)[DrawKind.PROCTOR_ROOMS])
    assert all(room.faults == () for room in staffing_of(sitting))
    services.confirm_duties(actor=CLERK, sitting=sitting)
    assert services.start_sitting(actor=CLERK, sitting=sitting).status == "running"


def teach(member, sitting, room_number):
    for found in {
        seat.application.school_class
        for seat in sitting.seats.filter(sitting_room__number=room_number)
    }:
        TeachingAssignment.objects.create(
            teacher=member.person, school_class=found, term="2026春", course=str(room_number)
        )


def test_a_proctor_who_teaches_in_one_room_never_draws_it_and_in_all_rooms_may_not_serve():
    sitting = build.batch_with((("电工", 30), ("焊工", 30)), rulebook="henan")
    both = services.plan_sittings(
        actor=SYSTEM, batch=sitting, slots=[build.theory_slot([build.room(), build.room()])]
    )[0]
    services.arrange_seats(actor=SYSTEM, sitting=both, draw_key="摇号")
    services.confirm_arrangement(actor=SYSTEM, sitting=both)
    teacher = make.make_member(Grade.PROCTOR)
    one = both.seats.filter(sitting_room__number=1).first().application
    one.school_class = make.make_class(name="只在一考场")
    one.save()
    TeachingAssignment.objects.create(
        teacher=teacher.person, school_class=one.school_class, term="2026春"
    )
    for _ in range(3):
        make.make_member(Grade.PROCTOR)
    services.assign_duties(actor=CLERK, sitting=both)
    hold(commit(both, DrawKind.PROCTOR_ROOMS))
    assert both.duties.get(member=teacher).sitting_room.number == 2
    first = both.duties.filter(post="proctor", sitting_room__number=1).first()
    draw = draws_at(both)[DrawKind.PROCTOR_ROOMS]
    lines = {line.member_id: line for line in draw.lines.all()}
    with refusal("须回避.*任教"):
        services.swap_lots(
            actor=CLERK, draw=draw, first=lines[teacher.pk], second=lines[first.member_id],
            reason="调换",
        )  # fmt: skip
    with refusal("须回避.*任教"):
        services.replace_duty(actor=CLERK, duty=first, member=_teacher_of_all(both), reason="生病")


def _teacher_of_all(sitting):
    member = make.make_member(Grade.PROCTOR)
    for number in (1, 2):
        teach(member, sitting, number)
    return member


def test_a_proctor_barred_everywhere_is_refused_before_the_draw():
    sitting = theory()
    with refusal("须回避.*任教.*考务人员工作守则》六"):
        services.set_duty(
            actor=CLERK, sitting=sitting, member=_teacher_of_all(sitting), post=Post.PROCTOR,
            room=None,
        )  # fmt: skip
    with refusal("由抽签确定，不能指定"):
        services.set_duty(
            actor=CLERK, sitting=sitting, member=make.make_member(Grade.PROCTOR),
            post=Post.PROCTOR, room=sitting.rooms.first(),
        )  # fmt: skip


def test_a_draw_of_too_few_or_too_many_proctors_is_refused():
    sitting, _members = staffed_theory(3)
    draw = commit(sitting, DrawKind.PROCTOR_ROOMS)
    with refusal("监考员有 3 人，各考场共需 4 人"):
        hold(draw)
    assert Draw.objects.get(pk=draw.pk).held_at is None
    for _ in range(2):
        services.set_duty(
            actor=CLERK, sitting=sitting, member=make.make_member(Grade.PROCTOR),
            post=Post.PROCTOR, room=None,
        )  # fmt: skip
    with refusal("多于各考场共需的 4 人"):
        hold(draw)


def test_after_the_draw_only_a_replacement_with_its_reason_is_possible():
    sitting, _members = staffed_theory()
    hold(commit(sitting, DrawKind.PROCTOR_ROOMS))
    duty = sitting.duties.filter(post=Post.PROCTOR).first()
    spare = make.make_member(Grade.PROCTOR)
    with refusal("已由抽签确定"):
        services.remove_duty(actor=CLERK, duty=duty)
    with refusal("已由抽签确定"):
        services.set_duty(actor=CLERK, sitting=sitting, member=spare, post=Post.PROCTOR, room=None)
    services.assign_duties(actor=CLERK, sitting=sitting)
    assert Duty.objects.filter(pk=duty.pk).exists()
    with refusal("须写明原因"):
        services.replace_duty(actor=CLERK, duty=duty, member=spare, reason=" ")
    with refusal("没有担任“监考员”的有效证卡"):
        services.replace_duty(
            actor=CLERK, duty=duty, member=make.make_member(Grade.STAFF), reason="生病"
        )
    made = services.replace_duty(actor=CLERK, duty=duty, member=spare, reason="突发疾病")
    assert made.sitting_room == duty.sitting_room
    again = services.replace_duty(
        actor=CLERK, duty=made, member=make.make_member(Grade.PROCTOR), reason="家中有事"
    )
    draw = draws_at(sitting)[DrawKind.PROCTOR_ROOMS]
    names = {lot.name for lot in lots_now(draw)}
    assert str(again.member) in names
    assert str(duty.member) not in names
    assert len(corrections_in_words(draw)) == 2
    with refusal("刚被改动"):
        services.replace_duty(actor=CLERK, duty=duty, member=spare, reason="迟了")


# Panels


def judges(number, level_card=Grade.SENIOR_ASSESSOR):
    return [make.make_member(level_card) for _ in range(number)]


def test_a_panel_is_drawn_odd_with_its_leader_and_replaces_the_proposal():
    sitting = practical()
    judges(7)
    services.assign_duties(actor=CLERK, sitting=sitting)
    draw = commit(sitting, DrawKind.PANEL)
    held = hold(draw)
    panel = sitting.duties.filter(post__in=["assessor", "panel_leader"])
    assert sorted(panel.values_list("post", flat=True)) == ["assessor", "assessor", "panel_leader"]
    assert panel.get(post="panel_leader").member == held.lines.get(number=1).member
    assert len(held.inputs["panels"][0]["pool"]) == 7
    assert repeats(draws_at(sitting)[DrawKind.PANEL])
    services.confirm_duties(actor=CLERK, sitting=sitting)
    with refusal("已经定岗"):
        services.assign_duties(actor=CLERK, sitting=sitting)


def test_too_few_assessors_for_an_odd_panel_are_named_with_the_article():
    sitting = practical()
    _one, _two, tied = judges(3)
    teach(tied, sitting, 1)
    draw = commit(sitting, DrawKind.PANEL)
    with refusal("只有 2 人，组不成 3 人的考评组.*第九条\\(三\\).*第二十三条"):
        hold(draw)
    services.assign_duties(actor=CLERK, sitting=sitting)
    with refusal("考评员 2 人，需 3 人.*须为单数.*第九条\\(三\\)"):
        services.confirm_duties(actor=CLERK, sitting=sitting)


def test_an_even_panel_is_not_confirmed():
    sitting = practical()
    room = sitting.rooms.get()
    posts = [Post.PANEL_LEADER, *[Post.ASSESSOR] * 3]
    for member, post in zip(judges(4), posts, strict=True):
        services.set_duty(actor=CLERK, sitting=sitting, member=member, post=post, room=room)
    with refusal("有 4 人，须为单数"):
        services.confirm_duties(actor=CLERK, sitting=sitting)
    services.remove_duty(actor=CLERK, duty=sitting.duties.filter(post="assessor").first())
    services.confirm_duties(actor=CLERK, sitting=sitting)
    with refusal("已经定岗"):
        services.set_duty(
            actor=CLERK, sitting=sitting, member=judges(1)[0], post=Post.ASSESSOR, room=room
        )
    with refusal("已经定岗"):
        services.confirm_duties(actor=CLERK, sitting=sitting)


def test_assessors_judge_the_levels_of_their_grade():
    sitting = practical()
    judges(3, Grade.ASSESSOR)
    batch = sitting.batch
    batch.offerings.update(level=2)
    with refusal("只有 0 人，组不成 3 人"):
        hold(commit(sitting, DrawKind.PANEL))
    judges(3)
    assert hold(Draw.objects.get(sitting=sitting)).lines.count() == 3


def test_who_judged_as_often_as_allowed_in_a_row_rests():
    tired = judges(3)
    for _ in range(3):
        past = practical("henan", (("电工", 2),))
        start = make.at(2026, 5, 1 + Duty.objects.count())
        Sitting.objects.filter(pk=past.pk).update(
            starts_at=start, ends_at=start + timedelta(hours=1)
        )
        past.refresh_from_db()
        for member in tired:
            services.set_duty(
                actor=CLERK, sitting=past, member=member, post=Post.ASSESSOR, room=past.rooms.get()
            )
    sitting = practical("henan", (("电工", 2),))
    with refusal("已连续考评 3 次.*考评人员管理办法》八"):
        services.set_duty(
            actor=CLERK, sitting=sitting, member=tired[0], post=Post.ASSESSOR,
            room=sitting.rooms.get(),
        )  # fmt: skip
    draw = commit(sitting, DrawKind.PANEL)
    with refusal("只有 0 人"):
        hold(draw)
    fresh = judges(3)
    assert {line.member for line in hold(draw).lines.all()} == set(fresh)


@pytest.mark.django_db(transaction=True)
def test_of_two_draws_at_once_one_stands():
    sitting = practical()
    draw = commit(sitting, key="摇号")
    said: list[str] = []

    def try_it() -> None:
        try:
            hold(Draw.objects.get(pk=draw.pk))
            said.append("held")
        except RefusedError as refused:
            said.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert said.count("held") == 1
    assert sum("不能重抽" in each for each in said) == 3
    assert repeats(draws_at(sitting)[DrawKind.WORKSTATION])
    assert sorted(places(sitting).values()) == [1, 2, 3, 4, 5]
