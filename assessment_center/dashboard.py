"""The home page of the office: what waits, what is due, how the year goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.deadlines import selectors
from assessment_center.deadlines.models import Deadline
from assessment_center.due import deadline_lines
from assessment_center.office import home_charts
from assessment_center.registry import Actor
from assessment_center.registry.entries import Line, home_panels

SHOWN_DEADLINES = 8
NOON, EVENING = 12, 18


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, with its place and length in the drawing already reckoned."""

    label: str
    value: float
    y: int
    length: float


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    unit: str
    bars: Sequence[Bar]
    height: int


@dataclass(frozen=True, slots=True)
class Panel:
    title: str
    lines: Sequence[Line]


ROW_HEIGHT = 30
BAR_WIDTH = 150.0


def home_context(actor: Actor) -> dict[str, Any]:
    """Everything the home page shows to this actor."""
    return {
        "greeting": greeting(actor),
        "today": timezone.localdate(),
        "panels": panels(actor),
        "deadlines": deadline_lines(upcoming(actor), with_batch=True),
        "charts": charts(actor),
        "actor": actor,
    }


def greeting(actor: Actor) -> str:
    """A word fitting the hour."""
    hour = timezone.localtime().hour
    word = _("早上好") if hour < NOON else _("下午好") if hour < EVENING else _("晚上好")
    return _("%(name)s，%(word)s") % {"name": actor.label, "word": word}


def panels(actor: Actor) -> list[Panel]:
    """What waits for this actor; a panel with nothing to say is left out."""
    seen = (p for p in home_panels if not p.permission or actor.may(p.permission))
    drawn = (Panel(str(panel.title), list(panel.lines(actor))) for panel in seen)
    return [panel for panel in drawn if panel.lines]


def upcoming(actor: Actor) -> list[Deadline]:
    """What is near of the centre and of all batches, overdue first."""
    return list(selectors.upcoming(actor)[:SHOWN_DEADLINES])


def charts(actor: Actor) -> list[Chart]:
    """The charts of the year that this actor may see, bars already measured."""
    seen = (c for c in home_charts if not c.permission or actor.may(c.permission))
    return [measured(str(c.title), str(c.unit), list(c.rows(actor))) for c in seen]


def measured(title: str, unit: str, rows: Sequence[tuple[str, float]]) -> Chart:
    """Bars in proportion to the greatest value; a unit of % is measured against 100."""
    top = 100.0 if unit == "%" else max((value for _label, value in rows), default=0)
    bars = [
        Bar(str(label), value, ROW_HEIGHT * i, BAR_WIDTH * value / top if top else 0.0)
        for i, (label, value) in enumerate(rows)
    ]
    return Chart(title, unit, bars, ROW_HEIGHT * len(bars))
