"""What moving a candidate to another place would break: told before anything is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.catalog.enums import Subject
from assessment_center.registry import Citation, RefusedError
from exams.models import SeatAssignment, Sitting
from exams.rules import seating
from exams.services.hall import Place, RoomNow, hall_of, needing, require_before
from exams.services.sitting_papers import WRITTEN


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule a move would break; `forbids`: it cannot be done, whoever accepts it."""

    text: str
    citations: tuple[Citation, ...] = ()
    forbids: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A seat, where it goes, and who sits there now."""

    seat: SeatAssignment
    source: RoomNow
    target: RoomNow
    place: Place
    other: SeatAssignment | None
    broken: tuple[Broken, ...]

    @property
    def forbidden(self) -> bool:
        return any(each.forbids for each in self.broken)


def judge_move(*, sitting: Sitting, seat: UUID, room: UUID, row: int, column: int) -> Move:
    """What moving this seat there (a change of places where somebody sits) would break.

    Refuses a seat, a room or a place that is not of the sitting.
    """
    require_before(sitting)
    rooms = hall_of(sitting)
    found = [(each, own) for own in rooms for each in own.seats.values() if each.pk == seat]
    target = next((each for each in rooms if each.used.pk == room), None)
    if not found or target is None:
        raise RefusedError(_("本场次没有这个座位或考场，请刷新页面。"))
    moved, source = found[0]
    place = (row, column)
    if source is target and (moved.row, moved.column) == place:
        raise RefusedError(_("考生已经坐在这里。"))
    other = target.seats.get(place)
    draft = Move(moved, source, target, place, other, ())
    return Move(moved, source, target, place, other, tuple(_breaks(sitting, draft)))


def _breaks(sitting: Sitting, move: Move) -> Iterator[Broken]:
    rules = sitting.batch.rules
    if move.place not in move.target.sound:
        yield Broken(_("这个位置没有可用的座位（过道或损坏）。"), forbids=True)
    if move.other is None and move.source is not move.target:
        ceiling = rules.settings.room_capacity_max
        theory = sitting.subject_code == Subject.THEORY
        if len(move.target.seats) >= move.target.limit:
            cited = ceiling.citations if ceiling and theory else ()
            told = _("%(room)s已有 %(count)s 人，达到上限。")
            facts = {"room": move.target.used, "count": len(move.target.seats)}
            yield Broken(told % facts, cited, forbids=True)
    yield from _needs(move)
    if sitting.subject_code in WRITTEN:
        yield from _neighbours(sitting, move)
    yield from _reserve(move)


def _needs(move: Move) -> Iterator[Broken]:
    """Who needs an accessible place keeps one."""
    moved = [(move.seat, move.target, move.place)]
    if move.other is not None:
        moved.append((move.other, move.source, (move.seat.row, move.seat.column)))
    need = needing(each.application_id for each, _room, _place in moved)
    for each, room, place in moved:
        if each.application_id in need and place not in room.accessible:
            told = _("%(name)s需要无障碍座位，这个位置不是。")
            yield Broken(told % {"name": each.application.person.name}, forbids=True)


def _neighbours(sitting: Sitting, move: Move) -> Iterator[Broken]:
    """Equal papers and classmates around both places, as they would then sit."""
    cited = sitting.batch.rules.settings.theory_arrangement
    basis = cited.citations if cited and cited.value == "mixed" else ()
    grids = _as_moved(move)
    moved = [(move.seat, move.target, move.place)]
    if move.other is not None:
        moved.append((move.other, move.source, (move.seat.row, move.seat.column)))
    for each, room, place in moved:
        grid = grids[room.used.pk]
        yield from _beside(each, room, seating.around(grid, place, *grid[place]), basis)
    if basis and move.source is not move.target:
        for room in (move.source, move.target):
            papers = [paper for paper, _group in grids[room.used.pk].values()]
            if len(papers) > 1 and len(set(papers)) == 1:
                told = _("%(room)s将只有一种试卷，不再混排。") % {"room": room.used}
                yield Broken(told, basis)


def _as_moved(move: Move) -> dict[UUID, dict[Place, tuple[str, str]]]:
    """Papers and classes by place in both rooms after the move."""
    origin = (move.seat.row, move.seat.column)
    grids = {room.used.pk: dict(room.grid) for room in (move.source, move.target)}
    here = grids[move.source.used.pk].pop(origin)
    there = grids[move.target.used.pk].pop(move.place, None)
    grids[move.target.used.pk][move.place] = here
    if there is not None:
        grids[move.source.used.pk][origin] = there
    return grids


def _beside(
    seat: SeatAssignment, room: RoomNow, found: seating.Quality, basis: tuple[Citation, ...]
) -> Iterator[Broken]:
    where = {"name": seat.application.person.name, "room": room.used}
    told = (
        (found.pairs, _("%(name)s在%(room)s与 %(n)s 名同卷考生前后或左右相邻。"), basis),
        (found.diagonal, _("%(name)s在%(room)s与 %(n)s 名同卷考生斜向相邻。"), ()),
        (found.same_class, _("%(name)s在%(room)s与 %(n)s 名同班考生相邻。"), ()),
    )
    for count, words, citations in told:
        if count:
            yield Broken(words % {**where, "n": count}, citations)


def _reserve(move: Move) -> Iterator[Broken]:
    taken = move.place in move.target.holes
    if taken and move.other is None and move.source is not move.target:
        left = len(move.target.holes) - 1
        told = _("占用%(room)s为补排预留的空位，还剩 %(left)s 个。")
        yield Broken(told % {"room": move.target.used, "left": left})
