"""Duties, custody, attendance, violations, incidents and records."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from assessment_center.people.enums import TieKind
from assessment_center.people.models import TeachingAssignment
from assessment_center.personnel.enums import Grade, Post
from assessment_center.registry import SYSTEM, Actor, RefusedError, SubjectRef
from assessment_center.workflow import check
from candidates.models import Ban
from exams import services
from exams.documents.supply import _seal
from exams.lifecycle import PACKET, ROOM_RECORD, SITTING
from exams.models import (
    Duty,
    Handover,
    Incident,
    Packet,
    RoomRecord,
    SeatAssignment,
    Sitting,
    Violation,
)
from exams.results import results_basis
from exams.services.duties import enter
from exams.services.violations import cheating_rooms
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
NOBODY = Actor(SubjectRef("accounts.user", SYSTEM.ref.uuid), "外人")
START = build.THEORY_STARTS


def refusal(match):
    return pytest.raises(RefusedError, match=match)


# Every state × move


@pytest.mark.parametrize(
    ("machine", "model"),
    [(SITTING, Sitting), (PACKET, Packet), (ROOM_RECORD, RoomRecord)],
    ids=["sitting", "packet", "room_record"],
)
def test_every_move_is_open_from_its_sources_only(machine, model):
    for state in machine.labels:
        row = model(**{machine.status_field: state})
        for move in machine.moves:
            allowed = bool(check(machine=machine, subject=row, move=move.name, actor=SYSTEM))
            assert allowed == (state in move.sources)
            assert not check(machine=machine, subject=row, move=move.name, actor=NOBODY)


# Duties


def arranged_theory():
    theory, _ = build.planned()
    return services.arrange_seats(actor=SYSTEM, sitting=theory)


def test_duties_are_proposed_by_the_rulebook():
    theory = arranged_theory()
    build.staff(8)
    made, short = services.assign_duties(actor=SYSTEM, sitting=theory)
    posts = sorted(duty.post for duty in made)
    assert posts == ["chief_examiner", "exam_staff", "proctor", "proctor", "proctor", "proctor"]
    assert short == []
    again, _ = services.assign_duties(actor=SYSTEM, sitting=theory)
    assert Duty.objects.count() == len(again) == 6


def test_a_shortage_is_told():
    theory = arranged_theory()
    make.make_member(Grade.PROCTOR)
    made, short = services.assign_duties(actor=SYSTEM, sitting=theory)
    assert len(made) == 1
    assert "第 2 考场缺监考员 2 人" in short or "第 1 考场缺监考员 2 人" in short
    assert "全场缺主考 1 人" in short


def test_duties_wait_for_seats_and_end_with_the_start():
    theory, _ = build.planned()
    with refusal("先排座"):
        services.assign_duties(actor=SYSTEM, sitting=theory)
    Sitting.objects.filter(pk=theory.pk).update(
        status="running", draw_key="k", algorithm="a", confirmed_at=START
    )
    with refusal("已经开始"):
        services.assign_duties(actor=SYSTEM, sitting=theory)
    with refusal("您的角色"):
        services.assign_duties(actor=NOBODY, sitting=theory)


def practical_room():
    _, practical = build.planned()
    sitting = services.arrange_seats(actor=SYSTEM, sitting=practical[0])
    return sitting, sitting.rooms.get()


def put(member, sitting, post=Post.ASSESSOR, room=None):
    return services.set_duty(actor=SYSTEM, sitting=sitting, member=member, post=post, room=room)


@pytest.mark.parametrize(
    ("rulebook", "post", "barred"),
    [
        ("henan", Post.PROCTOR, {"kin", "teacher"}), ("henan", Post.EXAM_STAFF, {"kin", "teacher"}),
        ("henan", Post.ASSESSOR, {"kin", "teacher"}), ("henan", Post.CHIEF_EXAMINER, set()),
        ("jilin", Post.ASSESSOR, {"kin", "teacher", "friend"}), ("jilin", Post.PROCTOR, set()),
        ("jilin", Post.PANEL_LEADER, {"kin", "teacher", "friend"}),
        ("fujian", Post.ASSESSOR, {"kin"}), ("fujian", Post.EXAM_STAFF, {"teacher"}),
        ("chongqing", Post.ASSESSOR, set()), ("shandong", Post.PROCTOR, set()),
    ],
)  # fmt: skip
def test_ties_bar_the_posts_the_rulebook_names_and_advise_against_others(rulebook, post, barred):
    _, practical = build.planned(build.batch_with(rulebook=rulebook))
    sitting = services.arrange_seats(actor=SYSTEM, sitting=practical[0])
    room = sitting.rooms.get()
    candidate = room.seats.first().application
    tied = dict(zip(("kin", "teacher", "friend"), build.staff(3), strict=True))
    for kind in ("kin", "friend"):
        make.people.declare_tie(
            actor=SYSTEM, one=tied[kind].person, other=candidate.person, kind=TieKind(kind)
        )
    TeachingAssignment.objects.create(
        teacher=tied["teacher"].person, school_class=candidate.school_class, term="2026春"
    )
    words = {"kin": "亲属", "teacher": "任教", "friend": "利害关系"}
    if sitting.batch.rules.settings.proctor_room_draw.value and post == Post.PROCTOR:
        room = None
    for kind, member in tied.items():
        if kind in barred:
            with refusal(f"须回避.*{words[kind]}.*依据"):
                put(member, sitting, post, room=room)
        else:
            duty = put(member, sitting, post, room=room)
            assert words[kind] in duty.warnings[0]


def test_nobody_stands_twice_and_the_proposal_avoids():
    _, practical = build.planned(build.batch_with(rulebook="jilin"))
    sitting = services.arrange_seats(actor=SYSTEM, sitting=practical[0])
    room = sitting.rooms.get()
    candidate = room.seats.first().application
    kin, free = build.staff(2)
    make.people.declare_tie(actor=SYSTEM, one=kin.person, other=candidate.person, kind=TieKind.KIN)
    put(free, sitting, room=room)
    with refusal("已有另一岗位"):
        put(free, sitting, Post.PANEL_LEADER, room)
    made, short = services.assign_duties(actor=SYSTEM, sitting=sitting)
    judges = {each.member for each in made if each.post in {"assessor", "panel_leader"}}
    assert judges <= {free}
    assert short


def test_cards_must_hold_on_the_day_for_the_occupation():
    sitting, room = practical_room()
    bare = make.make_member()
    other = make.make_member(Grade.ASSESSOR, occupations=[make.make_occupation("车工")])
    low = make.make_member(Grade.ASSESSOR, levels=[5])
    for member in (bare, other, low):
        with refusal("没有担任"):
            put(member, sitting, room=room)
    with refusal("没有这个岗位"):
        put(bare, sitting, "cook")
    duty = put(bare, sitting, Post.KEEPER)
    services.remove_duty(actor=SYSTEM, duty=duty)
    assert not Duty.objects.exists()


def test_posts_that_exclude_each_other_where_the_rulebook_says_so():
    batch = build.batch_with(rulebook="jilin")
    _, practical = build.planned(batch)
    done = [services.arrange_seats(actor=SYSTEM, sitting=each) for each in practical]
    member = make.make_member(Grade.ASSESSOR, Grade.SUPERVISOR_INTERNAL)
    enter(done[0], None, member, Post.SUPERVISOR)  # as a draw would have it
    with refusal("不得兼任.*第二十三条"):
        put(member, done[1])
    build.staff(9)
    made, _ = services.assign_duties(actor=SYSTEM, sitting=done[1])
    assert member not in {each.member for each in made if each.post in {"assessor", "panel_leader"}}


def test_a_panel_that_does_not_change_is_warned_of():
    one = build.batch_with(rulebook="jilin")
    _, practical = build.planned(one)
    first = services.arrange_seats(actor=SYSTEM, sitting=practical[0])
    build.staff(5)
    services.assign_duties(actor=SYSTEM, sitting=first)
    two = build.batch_with(
        rulebook="jilin", exam_starts=date(2026, 6, 6), exam_ends=date(2026, 6, 7)
    )
    later = services.plan_practical(
        actor=SYSTEM, batch=two, starts_at=make.at(2026, 6, 6, 9), minutes=60,
        rooms=[build.room(kind="practical")],
    )[0]  # fmt: skip
    services.arrange_seats(actor=SYSTEM, sitting=later)
    _, told = services.assign_duties(actor=SYSTEM, sitting=later)
    assert any("更换不足 1/3" in text for text in told)


# Custody


@pytest.fixture
def room():
    sitting = build.ticketed().sittings.get(number=1)
    return sitting.rooms.order_by("number").first()


@pytest.fixture
def pair():
    return make.make_member(), make.make_member()


def hands(pair, at, **more):
    return services.Hands(*pair, at, **more)


def test_a_packet_goes_the_whole_way(room, pair):
    packets = services.pack_papers(
        actor=SYSTEM, sitting_room=room, hands=hands(pair, START - timedelta(days=1)), spare=2
    )
    main = [each for each in packets if each.kind == "main"]
    assert sum(each.count for each in main) == room.seats.count()
    assert len(packets) == 2 * len(main)
    packet = services.hand_over(
        actor=SYSTEM, packet=main[0], hands=hands(pair, START - timedelta(minutes=30))
    )
    packet = services.open_packet(
        actor=SYSTEM, packet=packet, hands=hands(pair, START - timedelta(minutes=5))
    )
    packet = services.return_packet(
        actor=SYSTEM,
        packet=packet,
        hands=hands(pair, START + timedelta(hours=2)),
        count=packet.count,
    )
    assert packet.state == "returned"
    assert [each.state for each in packet.handovers.all()] == [
        "packed", "handed_out", "opened", "returned",
    ]  # fmt: skip


def test_packing_is_refused_twice_alone_or_too_early(room, pair):
    with refusal("您的角色"):
        services.pack_papers(actor=NOBODY, sitting_room=room, hands=hands(pair, START))
    with refusal("不能是同一人.*质量管理办法"):
        services.pack_papers(actor=SYSTEM, sitting_room=room, hands=hands((pair[0],) * 2, START))
    services.pack_papers(actor=SYSTEM, sitting_room=room, hands=hands(pair, None))
    with refusal("已经装袋"):
        services.pack_papers(actor=SYSTEM, sitting_room=room, hands=hands(pair, START))
    Sitting.objects.filter(pk=room.sitting_id).update(status="arranged", confirmed_at=None)
    with refusal("还没有确认"):
        services.pack_papers(actor=SYSTEM, sitting_room=room, hands=hands(pair, START))


def test_an_empty_room_needs_no_papers(room, pair):
    room.seats.all().delete()
    with refusal("没有考生"):
        services.pack_papers(actor=SYSTEM, sitting_room=room, hands=hands(pair, START))


def test_custody_keeps_its_times(room, pair):
    packet = services.pack_papers(
        actor=SYSTEM, sitting_room=room, hands=hands(pair, START - timedelta(days=9))
    )[0]
    with refusal("最早于 2026-05-20 00:00 领取.*服务工作规程》三3"):
        services.hand_over(
            actor=SYSTEM, packet=packet, hands=hands(pair, START - timedelta(days=4))
        )
    out = hands(pair, START - timedelta(minutes=30))
    packet = services.hand_over(actor=SYSTEM, packet=packet, hands=out)
    with refusal("5 分钟以内才能启封.*监考人员工作职责"):
        services.open_packet(
            actor=SYSTEM, packet=packet, hands=hands(pair, START - timedelta(minutes=6))
        )
    with refusal("不能早于上一环节"):
        services.return_packet(
            actor=SYSTEM, packet=packet, hands=hands(pair, START - timedelta(hours=1)),
            count=packet.count,
        )  # fmt: skip
    with refusal("封签不完好"):
        services.open_packet(
            actor=SYSTEM, packet=packet, hands=hands(pair, START, seal_intact=False)
        )
    packet.refresh_from_db()
    assert packet.state in {"opened", "handed_out"}


def test_a_broken_seal_stays_broken_until_the_bag_is_sealed_anew(room, pair):
    packet = services.pack_papers(
        actor=SYSTEM, sitting_room=room, hands=hands(pair, START - timedelta(days=1))
    )[0]
    torn = hands(pair, START - timedelta(minutes=40), seal_intact=False, note="袋口开裂，已报主考")
    packet = services.hand_over(actor=SYSTEM, packet=packet, hands=torn)
    packet = services.open_packet(actor=SYSTEM, packet=packet, hands=hands(pair, START))
    back = hands(pair, START + timedelta(hours=2))
    services.return_packet(actor=SYSTEM, packet=packet, hands=back, count=packet.count)
    told = {each.state: each for each in packet.handovers.all()}
    whole = {state: each.seal_intact for state, each in told.items()}
    assert whole == {"packed": True, "handed_out": False, "opened": False, "returned": True}
    assert told["opened"].note == "袋口开裂，已报主考"
    assert [_seal(told[s]) for s in ("packed", "opened", "returned")] == [
        "完好",
        "破损",
        "重新封签",
    ]
    with pytest.raises(IntegrityError, match="不能记为完好"), transaction.atomic():
        Handover.objects.filter(pk=told["opened"].pk).update(seal_intact=True)


def test_spare_papers_are_opened_with_the_reason(room, pair):
    made = services.pack_papers(
        actor=SYSTEM, sitting_room=room, hands=hands(pair, START - timedelta(days=1)), spare=2
    )
    spare = next(each for each in made if each.kind == "spare")
    spare = services.hand_over(actor=SYSTEM, packet=spare, hands=hands(pair, START))
    with refusal("启用备用卷须写明原因"):
        services.open_packet(actor=SYSTEM, packet=spare, hands=hands(pair, START))
    told = hands(pair, START, note="两份缺页，内部督导员同意启用")
    assert services.open_packet(actor=SYSTEM, packet=spare, hands=told).state == "opened"


def test_missing_papers_are_explained(room, pair):
    packet = services.pack_papers(
        actor=SYSTEM, sitting_room=room, hands=hands(pair, START - timedelta(days=1))
    )[0]
    packet = services.hand_over(actor=SYSTEM, packet=packet, hands=hands(pair, START))
    for count, match in ((packet.count + 1, "应在 0 至"), (packet.count - 1, "少 1 份试卷")):
        with refusal(match):
            services.return_packet(
                actor=SYSTEM, packet=packet, hands=hands(pair, START), count=count
            )
    told = hands(pair, START + timedelta(hours=2), note="一份由考生带走，已登记")
    done = services.return_packet(actor=SYSTEM, packet=packet, hands=told, count=packet.count - 1)
    assert done.returned_count == packet.count - 1


def test_witnesses_where_the_rulebook_wants_them(pair):
    batch = build.ticketed(build.batch_with(rulebook="henan"))
    used = batch.sittings.get(number=1).rooms.first()
    packet = services.pack_papers(
        actor=SYSTEM, sitting_room=used, hands=hands(pair, START - timedelta(days=1))
    )[0]
    packet = services.hand_over(actor=SYSTEM, packet=packet, hands=hands(pair, START))
    for names in ((), ("甲", "甲")):
        with refusal("2 名考生见证"):
            services.open_packet(
                actor=SYSTEM, packet=packet, hands=hands(pair, START), witnesses=names
            )
    services.open_packet(
        actor=SYSTEM, packet=packet, hands=hands(pair, START), witnesses=("甲", "乙")
    )


# Attendance and record


@pytest.fixture
def open_room():
    sitting = build.running()
    return sitting.rooms.order_by("number").first()


def submit(room, **changes):
    number = room.seats.count()
    facts = {"present": number, "absent": 0, "proctors": ["赵安"], **changes}
    return services.submit_room_record(actor=SYSTEM, room=room, **facts)


def attend(room, **states):
    return services.record_attendance(actor=SYSTEM, room=room, **states)


def test_nothing_is_recorded_before_the_start(room):
    with refusal("还没有开考"):
        attend(room)
    seat = room.seats.first()
    with refusal("还没有开考"):
        violate(seat)


def test_attendance_is_entered_per_seat(open_room):
    seats = list(open_room.seats.all())
    sheet = attend(open_room, absent=[seats[0].pk], late_refused=[seats[1].pk])
    assert (sheet.present, sheet.absent, sheet.late_refused) == (len(seats) - 2, 1, 1)
    other = SeatAssignment.objects.exclude(sitting_room=open_room).first()
    with refusal("不在这个考场"):
        attend(open_room, absent=[other.pk])
    with refusal("既缺考又迟到"):
        attend(open_room, absent=[seats[0].pk], late_refused=[seats[0].pk])
    with refusal("您的角色"):
        services.record_attendance(actor=NOBODY, room=open_room)


def test_a_record_must_reconcile(open_room):
    number = open_room.seats.count()
    attend(open_room, absent=[open_room.seats.first().pk])
    for changes, match in (
        ({"present": number, "absent": 1}, "不等于应考.*考务管理办法》第二十一条"),
        ({"present": number}, "与逐人登记不符"),
        ({"present": number - 1, "absent": 1, "papers_collected": number}, "与实考"),
        ({"present": number - 1, "absent": 1, "proctors": [" "]}, "姓名"),
    ):
        with refusal(match):
            submit(open_room, **changes)
    services.note_room(actor=SYSTEM, room=open_room, notes=" 秩序良好 ")
    done = submit(open_room, present=number - 1, absent=1, papers_collected=number - 1)
    assert (done.status, done.notes) == ("submitted", "秩序良好")
    with refusal("已经提交"):
        attend(open_room)
    with refusal("已经提交"):
        violate(open_room.seats.last())
    assert Sitting.objects.get(pk=open_room.sitting_id).status == "running"


# Violations


def violate(seat, code="X-T1", **more):
    facts = {"description": "翻看资料", "recorder": "赵安", "witness": "钱博", **more}
    return services.record_violation(actor=SYSTEM, assignment=seat, act_code=code, **facts)


def test_the_consequence_is_the_rulebooks(open_room):
    seat = open_room.seats.first()
    made = violate(seat)
    assert made.effects == ["leave_room", "void_subject", "block_remaining_subjects"]
    assert [text[-6:] for text in made.citations] == ["》六(一)1"]
    assert not Ban.objects.exists()
    assert cheating_rooms(open_room.sitting) == 1
    attend(open_room)
    submit(open_room)
    row = next(each for each in results_basis(open_room.sitting.batch) if each.assignment == seat)
    assert (row.state, row.scope) == ("void", "subject")


def test_cheating_in_theory_closes_what_follows():
    batch = build.ticketed()
    cheat = None
    for sitting in batch.sittings.order_by("number"):
        build.accept_rooms(sitting)
        services.start_sitting(actor=SYSTEM, sitting=sitting)
        for used in sitting.rooms.filter(seats__isnull=False).distinct():
            if cheat is None:
                cheat = used.seats.first().application
                violate(used.seats.first())
            attend(used)
            submit(used)
    states = {
        each.subject: each.state for each in results_basis(batch) if each.application == cheat
    }
    assert states == {"theory": "void", "practical": "void"}
    rest = [each.state for each in results_basis(batch) if each.application != cheat]
    assert set(rest) == {"present"}


def test_a_ban_is_imposed_in_the_same_act(open_room):
    made = violate(open_room.seats.first(), "X3-1", happened_at=START)
    ban = Ban.objects.get()
    assert (ban.starts, ban.until) == (date(2026, 5, 23), date(2029, 5, 22))
    assert ban.source_id == made.pk
    assert any("》七" in text for text in ban.citations)


def test_a_warning_that_helped_has_no_consequence(open_room):
    seat = open_room.seats.first()
    made = violate(seat, "W-T3", corrected=True)
    assert (made.effects, made.warned_only) == (["warn"], True)
    with refusal("没有先行警告"):
        violate(seat, "X-T1", corrected=True)
    attend(open_room)
    submit(open_room)
    assert {each.state for each in results_basis(open_room.sitting.batch)} == {"present"}


@pytest.mark.parametrize(
    ("code", "more", "match"),
    [
        ("Z9", {}, "没有“Z9”"),
        ("X-P1", {}, "不适用于这个科目.*六"),
        ("X-T1", {"description": " "}, "写明经过"),
        ("X-T1", {"witness": "赵安"}, "两人签字"),
        ("X-T1", {"witness": ""}, "两人签字"),
    ],
)
def test_violations_are_checked(open_room, code, more, match):
    with refusal(match):
        violate(open_room.seats.first(), code, **more)
    assert not Violation.objects.exists()


def test_the_same_act_is_entered_once(open_room):
    violate(open_room.seats.first())
    with refusal("已经登记"):
        violate(open_room.seats.first())


def test_an_act_that_voids_the_batch_reaches_further():
    batch = build.batch_with(rulebook="henan")
    sitting = build.running(batch)
    rules = batch.rules
    code = next(
        rule.code
        for rule in rules.violations
        if {"void_batch"} & set(rules.penalty(rule.penalty).effects)
        and (not rule.subjects or "theory" in rule.subjects)
    )
    used = sitting.rooms.order_by("number").first()
    made = violate(used.seats.first(), code)
    assert "void_batch" in made.effects
    attend(used)
    submit(used)
    scopes = {each.scope for each in results_basis(batch)}
    assert scopes == {"", "batch"}


# Incidents


def incident(sitting, **changes):
    facts = {
        "kind": "equipment", "text": "停电十分钟", "reported_to": "主考",
        "happened_at": START, "reported_at": START + timedelta(minutes=10), **changes,
    }  # fmt: skip
    return services.record_incident(actor=SYSTEM, sitting=sitting, **facts)


@pytest.mark.parametrize(
    ("kind", "minutes", "major", "late"),
    [("equipment", 10, False, False), ("paper_leak", 11, True, True)],
)
def test_the_first_report_is_timed(kind, minutes, major, late):
    theory, _ = build.planned()
    made = incident(theory, kind=kind, reported_at=START + timedelta(minutes=minutes))
    assert (made.is_major, made.is_late, made.minutes) == (major, late, minutes)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"kind": "meteor"}, "没有这类"),
        ({"text": " "}, "写明经过"),
        ({"reported_to": ""}, "写明经过"),
        ({"reported_at": START - timedelta(minutes=1)}, "不能早于"),
    ],
)
def test_incidents_are_checked(changes, match):
    theory, _ = build.planned()
    with refusal(match):
        incident(theory, **changes)
    assert not Incident.objects.exists()
