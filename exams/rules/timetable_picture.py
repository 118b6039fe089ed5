"""A timetable as coordinates: on a wide page rooms by hours, day after day; on a phone a list.

Every text is broken into lines that fit and its row grows with them: nothing is cut off, nothing
overlaps. Lengths are in units of the view box.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assessment_center.deadlines.rules.lettering import FONT, Text, wrap

LINE = 17.0
WIDTH, LABEL, GAP = 1120.0, 168.0, 12.0
PHONE = 340.0
HEAD, TICKS, PAD = 34.0, 24.0, 8.0
HOUR = 60
LEAST = 2 * FONT + 1  # two characters a line in the narrowest bar
BAR = 8.0


@dataclass(frozen=True, slots=True)
class Group:
    """A sitting to be drawn: minutes of its day, the rooms it takes, the words in it."""

    day: str
    start: int
    end: int
    rooms: Sequence[str]
    title: str
    told: str
    kind: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    lines: Sequence[Text]
    kind: str
    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Row:
    y: float
    height: float
    lines: Sequence[Text]
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Day:
    """One day as a picture of its own, so that a sheet of paper can break between two."""

    name: str
    width: float
    height: float
    left: float
    right: float
    rows: Sequence[Row]
    ticks: Sequence[Text]


def draw(groups: Iterable[Group], *, phone: bool = False) -> list[Day]:
    """The days in their order; the same hours on each, so that they can be compared."""
    listed = sorted(groups, key=lambda each: (each.day, each.start, each.end, list(each.rooms)))
    if not listed:
        return []
    first = min(each.start for each in listed) // HOUR * HOUR
    last = -(-max(each.end for each in listed) // HOUR) * HOUR
    make = _narrow if phone else _wide
    return [make(day, list(own), first, last) for day, own in groupby(listed, lambda g: g.day)]


def _scale(minute: int, first: int, last: int, left: float, right: float) -> float:
    return round(left + (right - left) * (minute - first) / (last - first), 1)


def _wide(day: str, groups: list[Group], first: int, last: int) -> Day:
    left, right = LABEL + GAP, WIDTH - GAP
    rooms = sorted({room for group in groups for room in group.rooms})
    rows, y = [], HEAD + TICKS
    for room in rooms:
        own = [group for group in groups if room in group.rooms]
        bars = [_bar(group, y, first, last) for group in own]
        words = _lines(room, LABEL)
        tall = max(*(bar.height for bar in bars), LINE * len(words)) + 2 * PAD
        lines = [Text(0, round(y + PAD + FONT + LINE * at, 1), w) for at, w in enumerate(words)]
        rows.append(Row(y, tall, lines, bars))
        y = round(y + tall, 1)
    return Day(day, WIDTH, y + PAD, left, right, rows, _ticks(first, last, left, right))


def _bar(group: Group, y: float, first: int, last: int) -> Bar:
    left, right = LABEL + GAP, WIDTH - GAP
    x = _scale(group.start, first, last, left, right)
    width = max(_scale(group.end, first, last, left, right) - x - 2, 6)
    room = max(width - 8, LEAST)
    words = [*_lines(group.title, room), *_lines(group.told, room)]
    lines = [Text(x + 4, round(y + PAD + 15 + LINE * at, 1), w) for at, w in enumerate(words)]
    height = round(LINE * len(words) + 8, 1)
    name = f"{_clock(group.start)}-{_clock(group.end)} {group.title} {group.told}"
    return Bar(x, y + PAD, round(width, 1), height, lines, group.kind, name, group.link)


def _narrow(day: str, groups: list[Group], first: int, last: int) -> Day:
    """One group below the other: when and what in words, and a bar that says how long."""
    left, right = 0.0, PHONE
    rows, y = [], HEAD + TICKS
    for group in groups:
        when = f"{_clock(group.start)}-{_clock(group.end)} "
        where = "、".join(group.rooms)
        words = [*_lines(when + group.title, PHONE), *_lines(f"{where} · {group.told}", PHONE)]
        lines = [Text(0, round(y + FONT + 4 + LINE * at, 1), w) for at, w in enumerate(words)]
        track = y + LINE * len(words) + 8
        x = _scale(group.start, first, last, left, right)
        width = max(_scale(group.end, first, last, left, right) - x, 4)
        bar = Bar(x, track, round(width, 1), BAR, (), group.kind, when + group.title, group.link)
        tall = round(track + BAR + PAD - y, 1)
        rows.append(Row(y, tall, lines, [bar]))
        y = round(y + tall, 1)
    return Day(day, PHONE, y + PAD, left, right, rows, _ticks(first, last, left, right))


def _ticks(first: int, last: int, left: float, right: float) -> list[Text]:
    """Full hours, as many as have room."""
    hours = list(range(first, last + 1, HOUR))
    room = (right - left) / max(1, len(hours) - 1)
    # The first label begins at the edge, the next stands over its hour.
    step = next((n for n in (1, 2, 3, 4, 6) if room * n >= 58), 6)  # noqa: PLR2004 - "08:00"
    shown = hours[::step]
    return [Text(_scale(at, first, last, left, right), HEAD + 12, _clock(at)) for at in shown]


def _clock(minute: int) -> str:
    return f"{minute // HOUR:02d}:{minute % HOUR:02d}"


def _lines(text: str, room: float) -> list[str]:
    """What a text is broken into, without the blanks at the breaks; nothing for no text."""
    return [line.strip() for line in wrap(text, room) if line.strip()]
