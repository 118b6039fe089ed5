"""Who is on duty where: proposed by the rules, changed by hand, never against them (STAFF, DBL)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import Offering
from assessment_center.catalog.enums import Subject
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.rulebooks import Rulebook
from candidates.models import Application
from exams.enums import SittingStatus
from exams.labels import POST_LABELS
from exams.models import Duty, Sitting, SittingRoom
from exams.policies import avoided, double_post, exam_day, require_act, teaching
from exams.rules import duties as rules_of_duty
from exams.rules.seating import generator

GRADES: dict[str, frozenset[str]] = {
    Post.PROCTOR: frozenset({Grade.PROCTOR, Grade.ASSESSOR, Grade.SENIOR_ASSESSOR}),
    Post.ASSESSOR: frozenset({Grade.ASSESSOR, Grade.SENIOR_ASSESSOR}),
    Post.PANEL_LEADER: frozenset({Grade.ASSESSOR, Grade.SENIOR_ASSESSOR}),
    Post.SUPERVISOR: frozenset({Grade.SUPERVISOR_INTERNAL, Grade.SUPERVISOR_EXTERNAL}),
}
ANY_STAFF = frozenset({Grade.STAFF})
BY_OCCUPATION = frozenset({Post.ASSESSOR, Post.PANEL_LEADER})
STAFF_BEFORE = 30
DEFAULT_PROCTORS = 2
LOCKED = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})
Cards = dict[UUID, list[Qualification]]


@transaction.atomic
def assign_duties(*, actor: Actor, sitting: Sitting) -> tuple[list[Duty], list[str]]:
    """Replace the duties of a sitting by a proposal; returns them and what is missing, in words.

    Every person is qualified on the day with a valid card, avoids relatives and own classes, is
    free at that time and holds no post that excludes the new one; the load is even.
    """
    locked = _open_sitting(actor, sitting)
    locked.duties.all().delete()
    rooms = _rooms_with_people(locked)
    if not rooms:
        raise RefusedError(_("请先排座，再安排值岗人员。"))
    cards = _cards(locked)
    needs = _needs(locked, rooms, cards)
    outcome = rules_of_duty.assign(
        needs, _staff(locked), generator(locked.draw_key or str(locked.pk), "duties")
    )
    by_id = {room.pk: room for room in rooms}
    members = {pk: held[0].member for pk, held in cards.items()}
    made = [
        _enter(
            locked, by_id[each.room] if each.room else None, members[each.member], each.post, cards
        )
        for each in outcome.placements
    ]
    short = [_shortage(each, by_id) for each in outcome.shortages]
    record(
        actor=actor,
        verb="exams.duties_assign",
        subject=locked.subject,
        payload={"duties": len(made), "missing": short},
    )
    return made, short + _rotation(locked, made)


@transaction.atomic
def set_duty(
    *, actor: Actor, sitting: Sitting, member: StaffMember, post: str, room: SittingRoom | None
) -> Duty:
    """Put one person on a post by hand, under the same hard rules."""
    locked = _open_sitting(actor, sitting)
    if post not in POST_LABELS:
        raise RefusedError(_("没有这个岗位。"))
    require(double_post(locked.batch.rules, member, post, locked.batch))
    applications = _applications(locked, room)
    if reason := avoided([member], applications, post).get(member.pk):
        raise RefusedError(
            _("%(member)s 须回避：%(reason)s。") % {"member": member, "reason": reason},
            remedy=_("请换人。"),
        )
    cards = _cards(locked)
    offerings = {each.offering for each in applications}
    if not _fits(cards.get(member.pk, []), post, offerings):
        raise RefusedError(
            _("%(member)s 在考试当天没有担任“%(post)s”的有效证卡。")
            % {"member": member, "post": POST_LABELS[post]},
            remedy=_("请换人，或先登记有效证卡。"),
        )
    duty = _enter(locked, room, member, post, cards)
    payload = {"post": post, "member": str(member.pk)}
    record(actor=actor, verb="exams.duty_set", subject=locked.subject, payload=payload)
    return duty


@transaction.atomic
def remove_duty(*, actor: Actor, duty: Duty) -> None:
    """Relieve a person of a post before the examination begins."""
    sitting = _open_sitting(actor, duty.sitting)
    payload = {"post": duty.post, "member": str(duty.member_id)}
    record(actor=actor, verb="exams.duty_remove", subject=sitting.subject, payload=payload)
    duty.delete()


def _open_sitting(actor: Actor, sitting: Sitting) -> Sitting:
    require_act(actor, Act.EXAM_ARRANGE, _("安排值岗人员"))
    locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if locked.status in LOCKED:
        raise RefusedError(_("考试已经开始，值岗人员不能再调整。"))
    return locked


def _enter(
    sitting: Sitting, room: SittingRoom | None, member: StaffMember, post: str, cards: Cards
) -> Duty:
    before = sitting.batch.rules.settings.t_staff_in_room
    lead = -before.value if before else STAFF_BEFORE
    held = [card for card in cards.get(member.pk, []) if card.grade in GRADES.get(post, ANY_STAFF)]
    try:
        with transaction.atomic():
            return Duty.objects.create(
                sitting=sitting,
                sitting_room=room,
                member=member,
                post=post,
                period=TimestamptzRange(
                    sitting.starts_at - timedelta(minutes=lead), sitting.ends_at
                ),
                card_number=held[0].card_number if held else "",
                warnings=list(teaching([member], _applications(sitting, room)).values()),
            )
    except IntegrityError as clash:
        raise RefusedError(
            _("%(member)s 在该时间已有另一岗位。") % {"member": member}, remedy=_("请换人。")
        ) from clash


def _rooms_with_people(sitting: Sitting) -> list[SittingRoom]:
    rooms = sitting.rooms.select_related("room__site").annotate(people=Count("seats"))
    return [room for room in rooms.order_by("number") if room.people]


def _applications(sitting: Sitting, room: SittingRoom | None) -> list[Application]:
    seats = sitting.seats.filter(sitting_room=room) if room else sitting.seats.all()
    found = seats.select_related("application__offering__occupation")
    return [seat.application for seat in found]


def _cards(sitting: Sitting) -> Cards:
    cards: Cards = defaultdict(list)
    for card in live_qualifications(exam_day(sitting)):
        cards[card.member_id].append(card)
    return cards


def _fits(cards: Iterable[Qualification], post: str, offerings: Iterable[Offering]) -> bool:
    """Does one card cover the post, and for assessors every occupation and level of the room?"""
    grades = GRADES.get(post)
    if grades is None:
        return True
    held = [card for card in cards if card.grade in grades]
    if post not in BY_OCCUPATION:
        return bool(held)
    return bool(held) and all(
        any(_covers(card, offering) for card in held) for offering in offerings
    )


def _covers(card: Qualification, offering: Offering) -> bool:
    named = {each.pk for each in card.occupations.all()}
    if named and offering.occupation_id not in named:
        return False
    return not card.levels or offering.level is None or offering.level in card.levels


def _needs(
    sitting: Sitting, rooms: Sequence[SittingRoom], cards: Cards
) -> list[rules_of_duty.Need]:
    rules = sitting.batch.rules
    members = [held[0].member for held in cards.values()]
    seated: dict[UUID, list[Application]] = defaultdict(list)
    for seat in sitting.seats.select_related("application__offering__occupation"):
        seated[seat.sitting_room_id].append(seat.application)
    found = []
    for room in rooms:
        people = seated[room.pk]
        offerings = {each.offering for each in people}
        for post, number in _room_posts(sitting.subject_code, len(people), rules):
            eligible = frozenset(pk for pk, held in cards.items() if _fits(held, post, offerings))
            found.append(_need(room.pk, post, number, eligible, members, people))
    everyone = [each for people in seated.values() for each in people]
    for post, number in _whole_posts(rules):
        eligible = frozenset(pk for pk, held in cards.items() if _eligible_whole(held, post))
        found.append(_need(None, post, number, eligible, members, everyone))
    return found


def _need(
    room: UUID | None,
    post: str,
    number: int,
    eligible: frozenset[UUID],
    members: Sequence[StaffMember],
    people: Sequence[Application],
) -> rules_of_duty.Need:
    return rules_of_duty.Need(
        room,
        post,
        number,
        eligible,
        avoid=frozenset(avoided(members, people, post)),
        rather_not=frozenset(teaching(members, people)),
    )


def _eligible_whole(held: Sequence[Qualification], post: str) -> bool:
    grades = GRADES.get(post, ANY_STAFF)
    return any(card.grade in grades for card in held)


def _room_posts(subject: str, people: int, rules: Rulebook) -> list[tuple[str, int]]:
    """STAFF-04, STAFF-06, STAFF-07: proctors by candidates, else a panel with one leader."""
    settings = rules.settings
    if subject in {Subject.THEORY, Subject.LANGUAGE}:
        rule = settings.proctor_rule
        return [(Post.PROCTOR, rule.value.count(people) if rule else DEFAULT_PROCTORS)]
    least, odd = settings.assessor_min, settings.assessor_odd
    if subject == Subject.REVIEW:
        least, odd = settings.judge_min or least, settings.judge_odd
    number = rules_of_duty.odd_at_least(least.value if least else 1, odd=odd.value)
    return [(Post.PANEL_LEADER, 1), *([(Post.ASSESSOR, number - 1)] if number > 1 else [])]


def _whole_posts(rules: Rulebook) -> list[tuple[str, int]]:
    supervisors = rules.settings.supervisor_min
    posts: list[tuple[str, int]] = [(Post.CHIEF_EXAMINER, 1), (Post.EXAM_STAFF, 1)]
    return posts + ([(Post.SUPERVISOR, supervisors.value)] if supervisors else [])


def _staff(sitting: Sitting) -> rules_of_duty.Staff:
    in_batch = Duty.objects.filter(sitting__batch=sitting.batch_id)
    held: dict[UUID, set[str]] = defaultdict(set)
    load: dict[UUID, int] = defaultdict(int)
    for member, post in in_batch.values_list("member_id", "post"):
        held[member].add(post)
        load[member] += 1
    window = TimestamptzRange(sitting.starts_at - timedelta(minutes=STAFF_BEFORE), sitting.ends_at)
    busy = Duty.objects.filter(period__overlap=window).values_list("member_id", flat=True)
    pairs = sitting.batch.rules.settings.forbidden_pairs
    return rules_of_duty.Staff(
        load=load,
        held={member: frozenset(posts) for member, posts in held.items()},
        last=frozenset(_last_panel(sitting)),
        busy=frozenset(busy),
        pairs=pairs.value if pairs else (),
    )


def _last_panel(sitting: Sitting) -> set[UUID]:
    """Who served in the latest earlier sitting of this subject in another batch."""
    earlier = (
        Sitting.objects.filter(
            duties__isnull=False, subject_code=sitting.subject_code, starts_at__lt=sitting.starts_at
        )
        .exclude(batch=sitting.batch_id)
        .order_by("-starts_at")
        .first()
    )
    return set(earlier.duties.values_list("member_id", flat=True)) if earlier else set()


def _shortage(short: rules_of_duty.Shortage, rooms: dict[UUID, SittingRoom]) -> str:
    where = str(rooms[short.room]) if short.room else _("全场")
    return _("%(where)s缺%(post)s %(number)s 人") % {
        "where": where,
        "post": POST_LABELS[short.post],
        "number": short.missing,
    }


def _rotation(sitting: Sitting, made: Sequence[Duty]) -> list[str]:
    """STAFF-09: at least the rulebook's share of the panel is new; a warning, not a refusal."""
    ratio = sitting.batch.rules.settings.rotation_min_ratio
    now = {each.member_id for each in made if each.post in BY_OCCUPATION}
    if ratio is None or not now:
        return []
    share = rules_of_duty.changed_share(now, _last_panel(sitting))
    part, whole = ratio.value
    if share * whole >= part:
        return []
    cited = "、".join(str(each) for each in ratio.citations)
    return [
        _("考评组更换不足 %(part)s/%(whole)s（依据：%(cited)s）")
        % {"part": part, "whole": whole, "cited": cited}
    ]
