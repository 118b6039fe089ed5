"""Who could serve and how many must: read from cards, ties, earlier duties and the rulebook."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from psycopg.types.range import TimestamptzRange

from assessment_center.batches.models import Offering
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.exclusions import kept_from
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.rulebooks import Rulebook
from candidates.models import Application
from exams.credentials import mark_hired
from exams.enums import DrawKind
from exams.labels import POST_LABELS
from exams.models import Duty, SeatAssignment, Sitting, SittingRoom
from exams.policies import JUDGING, Avoidance, avoidance, exam_day, ties
from exams.rules import duties as rules_of_duty
from exams.rules.staffing import (
    PROCTORS,
    Requirement,
    Supervision,
    even,
    ratio,
    requirement,
    supervision,
    too_few,
)

GRADES: dict[str, frozenset[str]] = {
    Post.PROCTOR: frozenset({Grade.PROCTOR, Grade.ASSESSOR, Grade.SENIOR_ASSESSOR}),
    Post.ASSESSOR: frozenset({Grade.ASSESSOR, Grade.SENIOR_ASSESSOR}),
    Post.PANEL_LEADER: frozenset({Grade.ASSESSOR, Grade.SENIOR_ASSESSOR}),
    Post.SUPERVISOR: frozenset({Grade.SUPERVISOR_INTERNAL, Grade.SUPERVISOR_EXTERNAL}),
}
ANY_STAFF = frozenset({Grade.STAFF})
INSIDE = frozenset({Grade.SUPERVISOR_INTERNAL})  # outside ones are sent by the authority
Cards = dict[UUID, list[Qualification]]


@dataclass(frozen=True, slots=True)
class Seated:
    """A room of a sitting with those who sit in it; `room` None: the whole sitting."""

    room: SittingRoom | None
    people: list[Application]

    @property
    def offerings(self) -> set[Offering]:
        return {each.offering for each in self.people}


def lead_minutes(sitting: Sitting) -> int:
    """Minutes before the start from which those on duty are taken."""
    return -sitting.batch.rules.settings.t_staff_in_room.value


def window(sitting: Sitting) -> TimestamptzRange:
    lead = timedelta(minutes=lead_minutes(sitting))
    return TimestamptzRange(sitting.starts_at - lead, sitting.ends_at)


def seated_rooms(sitting: Sitting) -> list[Seated]:
    """Rooms that have candidates, in their order."""
    by_room: dict[UUID, list[Application]] = defaultdict(list)
    for seat in _seats(sitting):
        by_room[seat.sitting_room_id].append(seat.application)
    rooms = sitting.rooms.select_related("room__site").annotate(seated=Count("seats"))
    return [Seated(room, by_room[room.pk]) for room in rooms.order_by("number") if room.seated]


def seated_in(sitting: Sitting, room: SittingRoom | None) -> Seated:
    return Seated(room, [seat.application for seat in _seats(sitting, room)])


def _seats(sitting: Sitting, room: SittingRoom | None = None) -> QuerySet[SeatAssignment]:
    seats = sitting.seats.filter(sitting_room=room) if room else sitting.seats.all()
    return seats.select_related(
        "application__offering__occupation", "application__offering__standard"
    )


def cards_on(sitting: Sitting) -> Cards:
    """Cards valid on the day, by member; those of assessors know whether a contract covers them."""
    day = exam_day(sitting)
    live = list(live_qualifications(day))
    mark_hired(sitting.batch.rules, live, day)
    cards: Cards = defaultdict(list)
    for card in live:
        cards[card.member_id].append(card)
    return cards


def fitting(cards: Iterable[Qualification], post: str) -> list[Qualification]:
    """The cards that qualify for a post; who judges needs one covered by a contract."""
    held = [card for card in cards if card.grade in GRADES.get(post, ANY_STAFF)]
    return [card for card in held if card.hired] if post in JUDGING else held


def fits(
    rules: Rulebook, cards: Iterable[Qualification], post: str, offerings: Iterable[Offering]
) -> bool:
    """Does a card cover the post, and for those who judge every occupation and level (ASR-01)?"""
    if post not in GRADES:
        return True
    held = fitting(cards, post)
    if post not in JUDGING:
        return bool(held)
    return bool(held) and all(
        any(_covers(rules, card, offering) for card in held) for offering in offerings
    )


def _covers(rules: Rulebook, card: Qualification, offering: Offering) -> bool:
    named = {each.pk for each in card.occupations.all()}
    if named and offering.occupation_id not in named:
        return False
    if offering.level is None:
        return True
    allowed = rules.settings.grade_levels
    if allowed and offering.level not in allowed.value.get(card.grade, ()):
        return False
    return not card.levels or offering.level in card.levels


def required(sitting: Sitting, seated: Seated) -> Requirement:
    """How many must serve in this room, and why."""
    subject = sitting.subject_code
    ratios = [each.standard.ratios.get(subject) for each in seated.offerings if each.standard]
    return requirement(
        sitting.batch.rules.settings,
        subject,
        len(seated.people),
        per_assessor=[each for each in ratios if each],
    )


def room_posts(need: Requirement) -> list[tuple[str, int]]:
    """Proctors, or a panel with one leader."""
    if need.kind == PROCTORS:
        return [(Post.PROCTOR, need.number)]
    rest = [(Post.ASSESSOR, need.number - 1)] if need.number > 1 else []
    return [(Post.PANEL_LEADER, 1), *rest]


def whole_posts(rules: Rulebook) -> list[tuple[str, int]]:
    """Who serves the whole sitting: the head, the staff, and supervisors where any are asked."""
    watch = supervision(rules.settings)
    posts: list[tuple[str, int]] = [(Post.CHIEF_EXAMINER, 1), (Post.EXAM_STAFF, 1)]
    return posts + ([(Post.SUPERVISOR, watch.number)] if watch else [])


def concerned(
    rules: Rulebook, members: Sequence[StaffMember], people: Collection[Application], post: str
) -> Avoidance:
    """Who must not and who rather should not take the post before these candidates."""
    return avoidance(rules, ties(members, people), post)


def tired(sitting: Sitting) -> set[UUID]:
    """STAFF-10: who judged in each of the latest sessions, as many as one may in a row."""
    most = sitting.batch.rules.settings.max_consecutive_sessions
    if most is None:
        return set()
    served: dict[UUID, set[UUID]] = {}
    judged = Duty.objects.filter(post__in=JUDGING, sitting__starts_at__lt=sitting.starts_at)
    rows = judged.exclude(sitting__batch=sitting.batch_id).order_by("-sitting__starts_at")
    for batch, member in rows.values_list("sitting__batch", "member"):
        served.setdefault(batch, set()).add(member)
    latest = list(served.values())[: most.value]
    return set.intersection(*latest) if len(latest) == most.value else set()


def kept_away(sitting: Sitting, members: Iterable[StaffMember], post: str) -> frozenset[UUID]:
    """ASR-19, STV: whom a decision keeps from this post on the day of the sitting."""
    keys = [each.pk for each in members]
    return frozenset(kept_from(keys, post, exam_day(sitting), session=sitting.batch_id))


def last_panel(sitting: Sitting) -> set[UUID]:
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


def staff_of(sitting: Sitting) -> rules_of_duty.Staff:
    """Load, posts in the batch, who served last time, who is taken at that time."""
    held: dict[UUID, set[str]] = defaultdict(set)
    load: dict[UUID, int] = defaultdict(int)
    in_batch = Duty.objects.filter(sitting__batch=sitting.batch_id)
    for member, post in in_batch.values_list("member_id", "post"):
        held[member].add(post)
        load[member] += 1
    taken = Duty.objects.filter(period__overlap=window(sitting))
    pairs = sitting.batch.rules.settings.forbidden_pairs
    return rules_of_duty.Staff(
        load=load,
        held={member: frozenset(posts) for member, posts in held.items()},
        last=frozenset(last_panel(sitting)),
        busy=frozenset(taken.values_list("member_id", flat=True)),
        pairs=pairs.value if pairs else (),
    )


def inside(cards: Iterable[Qualification]) -> bool:
    """Does somebody supervise for the house?"""
    return any(card.grade in INSIDE for card in cards)


def needs(
    sitting: Sitting, rooms: Sequence[Seated], cards: Cards, *, pooled: bool
) -> list[rules_of_duty.Need]:
    """Every post to be filled; `pooled` proctors get their rooms by lot and stand without one."""
    rules = sitting.batch.rules
    members = [held[0].member for held in cards.values()]
    worn = frozenset(tired(sitting))
    everyone = Seated(None, [each for room in rooms for each in room.people])
    wanted: list[tuple[Seated, str, int]] = []
    for room in rooms:
        wanted += [(room, post, n) for post, n in room_posts(required(sitting, room))]
    if pooled:
        count = sum(number for _room, post, number in wanted if post == Post.PROCTOR)
        wanted = [each for each in wanted if each[1] != Post.PROCTOR]
        wanted += [(everyone, Post.PROCTOR, count)] if count else []
    wanted += [(everyone, post, number) for post, number in whole_posts(rules)]
    found = []
    for where, post, number in wanted:
        ties_here = concerned(rules, members, where.people, post)
        barred = set(ties_here.barred)
        if where.room is None and post == Post.PROCTOR:
            barred = _barred_everywhere(rules, members, rooms)
        found.append(
            rules_of_duty.Need(
                where.room.pk if where.room else None,
                post,
                number,
                _eligible(rules, cards, post, where),
                avoid=frozenset(barred)
                | (worn if post in JUDGING else frozenset())
                | kept_away(sitting, members, post),
                rather_not=frozenset(ties_here.rather_not),
            )
        )
    return found


def _eligible(rules: Rulebook, cards: Cards, post: str, where: Seated) -> frozenset[UUID]:
    if post == Post.SUPERVISOR:
        return frozenset(pk for pk, held in cards.items() if inside(held))
    if where.room is None and post not in GRADES:
        return frozenset(pk for pk, held in cards.items() if fitting(held, post))
    return frozenset(pk for pk, held in cards.items() if fits(rules, held, post, where.offerings))


def _barred_everywhere(
    rules: Rulebook, members: Sequence[StaffMember], rooms: Sequence[Seated]
) -> set[UUID]:
    """Proctors whom ties keep from every room: the draw keeps the others from theirs."""
    barred = [set(concerned(rules, members, each.people, Post.PROCTOR).barred) for each in rooms]
    return set.intersection(*barred) if barred else set()


def barred_words(sitting: Sitting, room: SittingRoom | None, member: StaffMember, post: str) -> str:
    """Why a member must not take the post; a proctor without a room only when every room bars."""
    rules = sitting.batch.rules
    told = concerned(rules, [member], seated_in(sitting, room).people, post).barred.get(member.pk)
    if told and room is None and post == Post.PROCTOR:
        rooms = seated_rooms(sitting)
        return told if member.pk in _barred_everywhere(rules, [member], rooms) else ""
    return told or ""


@dataclass(frozen=True, slots=True)
class RoomStaffing:
    """One room as the list of duties has it: how many serve, the ratio, and what is wrong."""

    room: SittingRoom
    requirement: Requirement
    have: int
    ratio: float | None
    faults: tuple[str, ...]

    @property
    def counted(self) -> str:
        """How the required number was counted, in words."""
        need = self.requirement
        told = {"least": need.least, "people": need.people, "per": need.per, "all": need.number}
        text = _("至少 %(least)s 人") % told
        if need.per:
            text += _("；%(people)s 名考生按 1:%(per)s 进位") % told
        if need.odd:
            text += _("；取单数")
        return text + _("，共需 %(all)s 人") % told


def staffing_of(sitting: Sitting) -> list[RoomStaffing]:
    """Every room with candidates, counted; proctors still without a room count for all rooms."""
    by_room: dict[UUID | None, int] = defaultdict(int)
    counted = {Post.PROCTOR, *JUDGING}
    for room_id in sitting.duties.filter(post__in=counted).values_list("sitting_room", flat=True):
        by_room[room_id] += 1
    spare, found = by_room[None], []
    for seated in seated_rooms(sitting):
        assert seated.room is not None
        need = required(sitting, seated)
        have = by_room[seated.room.pk]
        lent = min(spare, too_few(need, have)) if need.kind == PROCTORS else 0
        spare -= lent
        have += lent
        faults = tuple(_faults(seated.room, need, have))
        found.append(RoomStaffing(seated.room, need, have, ratio(len(seated.people), have), faults))
    return found


@dataclass(frozen=True, slots=True)
class Watch:
    """The supervision of a sitting as its page shows it: asked for, there, drawn."""

    need: Supervision
    have: int
    drawn: bool


def watch_of(sitting: Sitting) -> Watch | None:
    """How many supervisors of the house watch a sitting, where its rulebook asks for any."""
    need = supervision(sitting.batch.rules.settings)
    if need is None:
        return None
    posts = sitting.duties.filter(post=Post.SUPERVISOR).values("member")
    cards = Qualification.objects.filter(member__in=posts, grade__in=INSIDE)
    have = cards.values("member").distinct().count()
    held = sitting.draws.filter(kind=DrawKind.SUPERVISOR, held_at__isnull=False)
    return Watch(need, have, held.exists())


def _faults(room: SittingRoom, need: Requirement, have: int) -> Iterable[str]:
    who = _("监考员") if need.kind == PROCTORS else _("考评员")
    told = {"room": room, "who": who, "have": have, "need": need.number}
    if too_few(need, have):
        yield _("%(room)s有%(who)s %(have)s 人，需 %(need)s 人") % told
    if even(need, have):
        yield _("%(room)s的考评组有 %(have)s 人，须为单数") % told


def shortage(short: rules_of_duty.Shortage, rooms: Sequence[Seated]) -> str:
    where = next((str(each.room) for each in rooms if each.room and each.room.pk == short.room), "")
    return _("%(where)s缺%(post)s %(number)s 人") % {
        "where": where or _("全场"),
        "post": POST_LABELS[short.post],
        "number": short.missing,
    }
