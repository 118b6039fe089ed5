"""What each kind of draw is made from, and what its result does to duties and seats."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.personnel.enums import Post
from assessment_center.personnel.models import Qualification
from assessment_center.printed.services import mark_outdated
from assessment_center.registry import Citation, RefusedError
from assessment_center.workdays.rules.months import add_months
from exams import staffing
from exams.drawing import Pair, place
from exams.models import Draw, DrawLine, Duty, SeatAssignment, Sitting, SittingRoom
from exams.policies import JUDGING, exam_day
from exams.rules import panels
from exams.rules.duties import excluded
from exams.rules.staffing import supervision
from exams.services.duties import enter

YEAR = 12
WHOLE = "00"  # the number of no room
ASIDE = 10_000
Inputs = dict[str, Any]


def hats_of_candidates(sitting: Sitting, purpose: str) -> Inputs:
    """Those seated in a room draw among the places of that room, whose judges are theirs."""
    hats: list[Inputs] = []
    people: dict[str, str] = {}
    for seated in staffing.seated_rooms(sitting):
        assert seated.room is not None
        seats = list(
            seated.room.seats.select_related("application__person").order_by("seat_number")
        )
        people |= {seat.application.number: seat.application.person.name for seat in seats}
        hats.append(
            {
                "purpose": f"{purpose}/{seated.room.number}",
                "people": sorted(seat.application.number for seat in seats),
                "places": [place(seated.room.number, seat.seat_number) for seat in seats],
                "barred": [],
            }
        )
    return {"hats": hats, "names": people}


def hat_of_proctors(sitting: Sitting, purpose: str) -> Inputs:
    """The proctors on duty draw among the posts of all rooms, except where ties bar them."""
    duties = sitting.duties.filter(post=Post.PROCTOR).select_related("member__person")
    members = [duty.member for duty in duties]
    places, barred = [], []
    for seated in staffing.seated_rooms(sitting):
        assert seated.room is not None
        need = staffing.required(sitting, seated)
        spots = [place(seated.room.number, at) for at in range(1, need.number + 1)]
        told = staffing.concerned(sitting.batch.rules, members, seated.people, Post.PROCTOR)
        places += spots
        barred += [[str(pk), spot] for pk in told.barred for spot in spots]
    if len(members) < len(places):
        rule = sitting.batch.rules.settings.proctor_rule
        raise RefusedError(
            _("监考员有 %(have)s 人，各考场共需 %(need)s 人，不能抽签。")
            % {"have": len(members), "need": len(places)},
            rule.citations,
            _("请先补足监考员。"),
        )
    if len(members) > len(places):
        raise RefusedError(
            _("监考员有 %(have)s 人，多于各考场共需的 %(need)s 人。")
            % {"have": len(members), "need": len(places)},
            remedy=_("请先撤下多余的人员。"),
        )
    hat = {
        "purpose": purpose,
        "people": sorted(str(member.pk) for member in members),
        "places": places,
        "barred": sorted(barred),
    }
    return {"hats": [hat], "names": {str(each.pk): each.person.name for each in members}}


def panels_of(sitting: Sitting, purpose: str) -> Inputs:
    """For every room the qualified pool: free that day, without a tie, not too often in a row."""
    rooms = staffing.seated_rooms(sitting)
    cards = staffing.cards_on(sitting)
    names: dict[str, str] = {}
    staff, worn = staffing.staff_of(sitting), staffing.tired(sitting)
    own = set(sitting.duties.filter(post__in=JUDGING).values_list("member_id", flat=True))
    members = [held[0].member for held in cards.values()]
    out = (set(staff.busy) - own) | worn | staffing.kept_away(sitting, members, Post.ASSESSOR)
    wanted = []
    for seated in rooms:
        assert seated.room is not None
        pool = {
            pk
            for pk, held in cards.items()
            if pk not in out
            and staffing.fits(sitting.batch.rules, held, Post.ASSESSOR, seated.offerings)
            and not excluded(Post.ASSESSOR, staff.held.get(pk, frozenset()), staff.pairs)
        }
        need = _panel_need(sitting, seated, pool, cards)
        names |= {str(pk): cards[pk][0].member.person.name for pk in pool}
        wanted.append(panels.kept(need))
    return {"purpose": purpose, "panels": wanted, "names": names}


def supervisors_of(sitting: Sitting, purpose: str) -> Inputs:
    """SUP-05: the house's supervisors who are free and without a tie, for the whole sitting."""
    rooms, cards = staffing.seated_rooms(sitting), staffing.cards_on(sitting)
    need = next(
        each
        for each in staffing.needs(sitting, rooms, cards, pooled=False)
        if each.post == Post.SUPERVISOR
    )
    staff = staffing.staff_of(sitting)
    own = set(sitting.duties.filter(post=Post.SUPERVISOR).values_list("member_id", flat=True))
    pool = {
        pk
        for pk in need.eligible - need.avoid - (staff.busy - own)
        if not excluded(need.post, staff.held.get(pk, frozenset()), staff.pairs)
    }
    names = {str(pk): cards[pk][0].member.person.name for pk in pool}
    hat = frozenset(names)
    wanted = panels.kept(panels.PanelNeed(WHOLE, need.number, hat, leaders=hat))
    return {"purpose": purpose, "panels": [wanted], "names": names}


def _panel_need(
    sitting: Sitting, seated: staffing.Seated, pool: set[UUID], cards: staffing.Cards
) -> panels.PanelNeed:
    rules = sitting.batch.rules
    assert seated.room is not None
    members = [cards[pk][0].member for pk in pool]
    told = staffing.concerned(rules, members, seated.people, Post.ASSESSOR)
    number = staffing.required(sitting, seated).number
    free = pool - set(told.barred)
    unconcerned = free - set(told.rather_not)
    chosen = unconcerned if len(unconcerned) >= number else free
    rotation = rules.settings.rotation_min_ratio
    return panels.PanelNeed(
        f"{seated.room.number:02d}",
        number,
        frozenset(map(str, chosen)),
        frozenset(str(pk) for pk in chosen if _may_lead(sitting, cards[pk])),
        frozenset(map(str, staffing.last_panel(sitting) & chosen)),
        rotation.value if rotation else panels.NO_SHARE,
    )


def _may_lead(sitting: Sitting, cards: Iterable[Qualification]) -> bool:
    """STAFF-08: the leader has been an assessor for the rulebook's years."""
    years = sitting.batch.rules.settings.leader_min_years
    if years is None:
        return True
    day = exam_day(sitting)
    held = staffing.fitting(cards, Post.PANEL_LEADER)
    return any(add_months(card.valid_from, YEAR * years.value) <= day for card in held)


def panel_refusal(sitting: Sitting, short: panels.PoolTooSmallError) -> RefusedError:
    """Why no panel can be drawn, with the articles on its size or its leader."""
    settings = sitting.batch.rules.settings
    watch = supervision(settings)
    if short.room == WHOLE:
        return RefusedError(
            _("有效、空闲且无须回避的内部质量督导员只有 %(have)s 人，需 %(need)s 人。")
            % {"have": short.have, "need": short.need},
            watch.citations if watch else (),
            _("请先登记更多有效证卡，或调整场次时间。"),
        )
    room = _("第 %(number)s 考场") % {"number": int(short.room)}
    if short.leader:
        years = settings.leader_min_years
        return RefusedError(
            _("%(room)s没有可任考评组长的考评员。") % {"room": room},
            years.citations if years else (),
        )
    seated = next(
        each
        for each in staffing.seated_rooms(sitting)
        if each.room and each.room.number == int(short.room)
    )
    cited: tuple[Citation, ...] = staffing.required(sitting, seated).citations
    return RefusedError(
        _("%(room)s合格、空闲且无须回避的考评员只有 %(have)s 人，组不成 %(need)s 人的考评组。")
        % {"room": room, "have": short.have, "need": short.need},
        cited,
        _("请先登记更多有效证卡，或调整场次时间。"),
    )


def lines_of(draw: Draw, pairs: Sequence[Pair]) -> list[DrawLine]:
    """The lots as rows, in the order of their places."""
    rooms = {room.number: room for room in draw.sitting.rooms.all()}
    seats = draw.sitting.seats.values_list("application__number", "application_id")
    applications = dict(seats)
    found = []
    for position, (person, spot) in enumerate(pairs, 1):
        room, _dash, number = spot.partition("-")
        application = applications.get(person)
        found.append(
            DrawLine(
                draw=draw,
                position=position,
                application_id=application,
                member_id=None if application else UUID(person),
                sitting_room=rooms.get(int(room)),
                number=int(number),
            )
        )
    return found


def apply_proctors(draw: Draw, lines: Sequence[DrawLine]) -> None:
    """Every proctor on duty stands in the room he drew."""
    duties = {
        duty.member_id: duty
        for duty in draw.sitting.duties.filter(post=Post.PROCTOR).select_related("member__person")
    }
    for line in lines:
        assert line.member_id is not None
        move_proctor(duties[line.member_id], line.sitting_room)


def move_proctor(duty: Duty, room: SittingRoom | None) -> None:
    people = staffing.seated_in(duty.sitting, room).people
    told = staffing.concerned(duty.sitting.batch.rules, [duty.member], people, Post.PROCTOR)
    duty.sitting_room, duty.warnings = room, list(told.rather_not.values())
    duty.save(update_fields=["sitting_room", "warnings"])


def apply_panels(draw: Draw, lines: Sequence[DrawLine]) -> None:
    """The drawn panels take the place of whoever was proposed; the first of a room leads."""
    draw.sitting.duties.filter(post__in=JUDGING).delete()
    cards = staffing.cards_on(draw.sitting)
    for line in lines:
        assert line.member_id is not None
        post = Post.PANEL_LEADER if line.number == 1 else Post.ASSESSOR
        enter(draw.sitting, line.sitting_room, cards[line.member_id][0].member, post, cards)


def apply_supervisors(draw: Draw, lines: Sequence[DrawLine]) -> None:
    """Those drawn watch the whole sitting; whoever was sent from outside stays beside them."""
    cards = staffing.cards_on(draw.sitting)
    for duty in draw.sitting.duties.filter(post=Post.SUPERVISOR):
        if staffing.inside(cards.get(duty.member_id, [])):
            duty.delete()
    for line in lines:
        assert line.member_id is not None
        enter(draw.sitting, None, cards[line.member_id][0].member, Post.SUPERVISOR, cards)


def apply_candidates(draw: Draw, lines: Sequence[DrawLine]) -> None:
    """Everybody takes the place he drew; papers stay with their people."""
    seats = list(SeatAssignment.objects.select_for_update().filter(sitting=draw.sitting))
    spots = {(seat.sitting_room_id, seat.seat_number): (seat.row, seat.column) for seat in seats}
    drawn = {line.application_id: line for line in lines}
    for seat in seats:
        line = drawn[seat.application_id]
        assert line.number is not None
        seat.seat_number = line.number
        seat.row, seat.column = spots[(seat.sitting_room_id, line.number)]
    reseat(seats)


def reseat(seats: Sequence[SeatAssignment]) -> None:
    """Write new places by way of places nobody has, and mark what was printed as out of date."""
    fields = ("seat_number", "row", "column")
    wanted = [(seat.seat_number, seat.row, seat.column) for seat in seats]
    for at, seat in enumerate(seats, 1):
        seat.seat_number = seat.row = seat.column = ASIDE + at
    SeatAssignment.objects.bulk_update(seats, fields)
    for seat, (number, row, column) in zip(seats, wanted, strict=True):
        seat.seat_number, seat.row, seat.column = number, row, column
    SeatAssignment.objects.bulk_update(seats, fields)
    for room in {seat.sitting_room for seat in seats}:
        mark_outdated(subject=room.subject)
