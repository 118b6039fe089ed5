"""The timeline of a batch as coordinates: rows by phase, a scale of days, nothing overlapping.

Every deadline has a row of its own, so labels cannot meet however many there are. Wide, the label
stands left of the track; stacked (for a phone) above it. Lengths are in units of the view box.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assessment_center.deadlines.rules.lettering import FONT, Text, wrap

LINE = 18.0
DATE = 88.0
GAP = 12.0
TICK_ROOM = 46.0
HEAD = 30.0
FEW = 3  # rows that make a piece worth its scale
TRACK = 20.0
SHEET = 540.0


@dataclass(frozen=True, slots=True)
class Item:
    """One deadline: counted from `start`, due on `due` (None: not counted yet)."""

    label: str
    due: date | None
    state: str
    told: str
    start: date | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the batch with its deadlines, in their order."""

    label: str
    first: date
    last: date
    state: str
    items: Sequence[Item] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """`label` is the width of the label column; 0 puts labels above their tracks."""

    width: float
    label: float

    @property
    def stacked(self) -> bool:
        return not self.label


WIDE = Layout(1120, 290)
PHONE = Layout(340, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """A drawn row: `x1` to `x2` is the bar of a phase or the counted span of a deadline."""

    y: float
    height: float
    lines: Sequence[Text]
    told: Text
    state: str
    track: float
    x1: float | None = None
    x2: float | None = None
    is_phase: bool = False

    @property
    def span(self) -> float:
        return round((self.x2 or 0) - (self.x1 or 0), 1)


@dataclass(frozen=True, slots=True)
class Picture:
    width: float
    height: float
    left: float
    right: float
    rows: Sequence[Row]
    ticks: Sequence[Text]
    today: float | None
    foot: float = field(default=0.0)


def draw(phases: Sequence[Phase], today: date, layout: Layout) -> Picture:
    """Lay the phases out one below the other; `phases` may not be empty."""
    scale = Scale.over(phases, layout)
    rows: list[Row] = []
    y = HEAD
    for phase in phases:
        rows.append(_phase_row(phase, y, scale, layout))
        y += rows[-1].height
        for item in phase.items:
            rows.append(_item_row(item, y, scale, layout))
            y += rows[-1].height
    shown = scale.first <= today <= scale.last
    return Picture(
        layout.width,
        round(y + 8, 1),
        scale.left,
        scale.right,
        rows,
        ticks(scale),
        scale.x(today) if shown else None,
        round(y, 1),
    )


def sheets(picture: Picture, room: float = SHEET) -> list[Picture]:
    """The picture in pieces that fit a printed page without shrinking its letters.

    Each piece has the scale on top; a phase's name never stands alone at the foot of one, and the
    last piece is more than a row or two where their phase can come along.
    """
    pieces: list[list[Row]] = [[]]
    for row in picture.rows:
        piece = pieces[-1]
        if piece and row.y + row.height - piece[0].y + HEAD > room:
            carried = [piece.pop()] if piece[-1].is_phase and len(piece) > 1 else []
            pieces.append(carried)
        pieces[-1].append(row)
    return [_sheet(picture, piece) for piece in _filled(pieces, room)]


def _filled(pieces: list[list[Row]], room: float) -> list[list[Row]]:
    """What little is left over takes its phase along from the piece before."""
    last = pieces[-1]
    before = pieces[-2] if len(pieces) > 1 else []
    start = max((at for at, row in enumerate(before) if row.is_phase), default=0)
    if start and len(last) < FEW and last[-1].y + last[-1].height - before[start].y + HEAD <= room:
        last[:0] = before[start:]
        del before[start:]
    return pieces


def _sheet(picture: Picture, rows: Sequence[Row]) -> Picture:
    up = rows[0].y - HEAD
    moved = [
        replace(
            row,
            y=round(row.y - up, 1),
            lines=[replace(line, y=round(line.y - up, 1)) for line in row.lines],
            told=replace(row.told, y=round(row.told.y - up, 1)),
            track=round(row.track - up, 1),
        )
        for row in rows
    ]
    foot = round(moved[-1].y + moved[-1].height, 1)
    return replace(picture, height=round(foot + 8, 1), rows=moved, foot=foot)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on a line from `left` to `right`."""

    first: date
    last: date
    left: float
    right: float

    @classmethod
    def over(cls, phases: Sequence[Phase], layout: Layout) -> "Scale":
        days = [day for phase in phases for day in (phase.first, phase.last)]
        days += [item.due for phase in phases for item in phase.items if item.due]
        left = 2 * GAP if layout.stacked else layout.label + DATE + GAP
        margin = timedelta(days=max(2, (max(days) - min(days)).days // 60))
        return cls(min(days) - margin, max(days) + margin, left, layout.width - GAP)

    def x(self, day: date) -> float:
        """The place of a day, held inside the track."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(self.left + (self.right - self.left) * min(1.0, max(0.0, share)), 1)


def _phase_row(phase: Phase, y: float, scale: Scale, layout: Layout) -> Row:
    told = f"{phase.first:%m-%d} 至 {phase.last:%m-%d}"
    room = layout.width - DATE - 2 * GAP if layout.stacked else layout.label
    return _row(wrap(phase.label, room), told, y, layout, phase.state, scale, phase=phase)


def _item_row(item: Item, y: float, scale: Scale, layout: Layout) -> Row:
    room = layout.width - DATE - 2 * GAP if layout.stacked else layout.label - GAP
    return _row(wrap(item.label, room), item.told, y, layout, item.state, scale, item=item)


def _row(
    words: Sequence[str],
    told: str,
    y: float,
    layout: Layout,
    state: str,
    scale: Scale,
    *,
    phase: Phase | None = None,
    item: Item | None = None,
) -> Row:
    top = y + (6 if phase else 2)
    indent = 0.0 if phase or layout.stacked else GAP
    lines = [Text(indent, round(top + FONT + LINE * i, 1), word) for i, word in enumerate(words)]
    at = layout.width - GAP if layout.stacked else layout.label + DATE
    text_end = top + LINE * len(words)
    track = text_end + TRACK / 2 if layout.stacked else top + FONT - 4
    height = text_end - y + (TRACK + 4 if layout.stacked else 6)
    x1, x2 = _span(scale, phase, item)
    is_phase = phase is not None
    date_text = Text(at, lines[0].y, told)
    return Row(
        round(y, 1), round(height, 1), lines, date_text, state, round(track, 1), x1, x2, is_phase
    )


def _span(
    scale: Scale, phase: Phase | None, item: Item | None
) -> tuple[float | None, float | None]:
    if phase is not None:
        first, last = scale.x(phase.first), scale.x(phase.last)
        return first, max(last, first + 4)
    if item is None or item.due is None:
        return None, None
    return scale.x(item.start or item.due), scale.x(item.due)


def ticks(scale: Scale) -> list[Text]:
    """The first days of months, as many as have room; a new year is named."""
    months = [day for day in _months(scale.first, scale.last) if day >= scale.first]
    room = scale.right - scale.left
    step = next((n for n in (1, 2, 3, 6, 12) if room / max(1, len(months) / n) >= TICK_ROOM), 12)
    chosen = [day for day in months if (day.month - 1) % step == 0]
    told = []
    for i, day in enumerate(chosen):
        named = i == 0 or day.year != chosen[i - 1].year
        told.append(Text(scale.x(day), 18, f"{day:%Y-%m}" if named else f"{day:%m}"))
    return told


def _months(first: date, last: date) -> list[date]:
    day, found = first.replace(day=1), []
    while day <= last:
        found.append(day)
        day = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return found
