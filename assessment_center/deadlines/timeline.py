"""The timeline of a batch: its phases from plan to archive, read from its dates and deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.templatetags.office import weekday
from assessment_center.batches.models import AssessmentBatch
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.rules.timeline import (
    PHONE,
    WIDE,
    Item,
    Phase,
    Picture,
    draw,
    sheets,
)
from assessment_center.due import label_words, standing
from assessment_center.registry.entries import StageState
from assessment_center.workdays.selectors import calendar

PHASES: tuple[tuple[str, Promise, frozenset[str]], ...] = (
    ("plan", gettext_lazy("计划与公告"), frozenset({"plan", "announce"})),
    ("register", gettext_lazy("报名与审核"), frozenset({"register", "review", "fee"})),
    (
        "arrange",
        gettext_lazy("上报与编排"),
        frozenset({"report", "arrange", "ticket", "papers"}),
    ),
    ("exam", gettext_lazy("考试"), frozenset({"exam"})),
    ("score", gettext_lazy("评分与公示"), frozenset({"score", "publicity"})),
    ("certificate", gettext_lazy("证书"), frozenset({"certificate"})),
    ("archive", gettext_lazy("归档"), frozenset({"archive"})),
)

States = dict[UUID, StageState]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Drawings of the same, for wide and narrow pages and for paper, and what they show."""

    wide: Picture
    phone: Picture
    paper: Sequence[Picture]
    summary: str


def timeline_of(batch: AssessmentBatch, rows: Sequence[Deadline]) -> Timeline:
    """`rows` are the deadlines of the batch; ends of keeping, years ahead, stay in the table."""
    today = timezone.localdate()
    days = calendar()
    states = {row.pk: standing(row, today, days)[0] for row in rows}
    drawn = [row for row in rows if not row.outlives]
    phases = list(_phases(batch, drawn, states, today))
    wide, phone = draw(phases, today, WIDE), draw(phases, today, PHONE)
    return Timeline(wide, phone, sheets(wide), _summary(drawn, states))


def _phases(
    batch: AssessmentBatch, rows: Sequence[Deadline], states: States, today: date
) -> list[Phase]:
    found = []
    known = {stage for _key, _label, stages in PHASES for stage in stages}
    for key, label, stages in PHASES:
        own = [
            row for row in rows if row.stage in stages or (key == "plan" and row.stage not in known)
        ]
        period = _period(batch, key, own)
        if period is None:
            continue
        items = [_item(row, states[row.pk]) for row in own]
        state = _state([item.state for item in items], period, today)
        found.append(Phase(str(label), *period, state, items))
    return found


def _period(batch: AssessmentBatch, key: str, own: Sequence[Deadline]) -> tuple[date, date] | None:
    """From the batch's own dates; after the examination, as far as the phase's deadlines reach."""
    opens = timezone.localdate(batch.registration_opens)
    closes = timezone.localdate(batch.registration_closes)
    dues = [row.due for row in own if row.due]
    if key == "plan":
        made = timezone.localdate(batch.created_at)
        return min([made, opens, *dues]), opens
    own_dates = {
        "register": (opens, closes),
        "arrange": (closes, batch.exam_starts),
        "exam": (batch.exam_starts, batch.exam_ends),
    }
    if key in own_dates:
        return own_dates[key]
    return (batch.exam_ends, max([batch.exam_ends, *dues])) if dues else None


def _item(row: Deadline, state: str) -> Item:
    told = f"{row.due:%m-%d} {weekday(row.due)}" if row.due else _("待推算")
    return Item(label_words(row), row.due, state, told, row.start)


def _state(states: Sequence[str], period: tuple[date, date], today: date) -> str:
    if "bad" in states:
        return "bad"
    if "due" in states:
        return "due"
    if states and all(state == "done" for state in states):
        return "done"
    first, last = period
    if first <= today <= last:
        return "now"
    return "done" if not states and today > last else "idle"


def _summary(rows: Sequence[Deadline], states: States) -> str:
    done = sum(states[row.pk] == "done" for row in rows)
    late = sum(states[row.pk] == "bad" for row in rows)
    coming = (row for row in rows if row.due and states[row.pk] in {"due", "idle", "now"})
    first = next(coming, None)
    told = _("共 %(n)s 项期限，已完成 %(done)s 项，逾期 %(late)s 项。") % {
        "n": len(rows),
        "done": done,
        "late": late,
    }
    if first is None:
        return told
    return told + _("下一项：%(label)s（%(due)s）。") % {
        "label": label_words(first),
        "due": first.due,
    }
