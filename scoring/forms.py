"""What the office types in: the grid of marks, publicity, and answers to reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.batches.models import AssessmentBatch
from candidates.models import Application
from scoring.rules.marks import read_mark
from scoring.selectors import PRESENT, Stood, ticket_number
from scoring.services.entry import mark_problem


@dataclass(slots=True)
class GridRow:
    """One candidate's line: the mark already entered by this user, or a field for it."""

    key: UUID
    number: str
    name: str
    state: str
    own: Any = None
    taken: bool = False
    mark: str = ""
    reason: str = ""
    error: str = ""

    @property
    def is_open(self) -> bool:
        return self.state == PRESENT and self.own is None and not self.taken


@dataclass(slots=True)
class Grid:
    """The sheet on the page; after a fault it still holds everything that was typed."""

    rows: list[GridRow]
    marks: dict[UUID, Decimal] = field(default_factory=dict)
    reasons: dict[UUID, str] = field(default_factory=dict)

    @property
    def faults(self) -> int:
        return sum(bool(row.error) for row in self.rows)

    @property
    def left(self) -> int:
        return sum(row.is_open for row in self.rows)

    def read(self, batch: AssessmentBatch, data: Mapping[str, str]) -> None:
        """Take what was typed into the open rows; an empty field is left for later."""
        for row in self.rows:
            if not row.is_open:
                continue
            row.mark = data.get(f"m-{row.key}", "").strip()
            row.reason = data.get(f"r-{row.key}", "").strip()
            if row.mark:
                self._take(batch, row)

    def _take(self, batch: AssessmentBatch, row: GridRow) -> None:
        try:
            mark = read_mark(row.mark)
        except ValueError:
            row.error = _("应为数字")
            return
        problem = mark_problem(batch, mark, row.reason)
        if problem is not None:
            row.error = problem[0]
            return
        self.marks[row.key] = mark
        self.reasons[row.key] = row.reason


def grid_of(
    people: Sequence[Application],
    subject: str,
    stood: Mapping[tuple[UUID, str], Stood],
    own: Mapping[UUID, Any],
    taken: set[UUID],
) -> Grid:
    """The rows in the order of the admission numbers; other people's marks are never in it."""
    rows = []
    for each in people:
        found = stood.get((each.id, subject))
        rows.append(
            GridRow(
                key=each.id,
                number=ticket_number(each),
                name=each.person.name,
                state=found.state if found else "",
                own=own.get(each.id),
                taken=each.id in taken,
            )
        )
    return Grid(rows)


def day_field() -> forms.DateInput:
    """The browser's own date field, which wants ISO dates whatever the language."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PublicityForm(forms.Form):
    starts_on = forms.DateField(label=gettext_lazy("公示开始"), widget=day_field())
    ends_on = forms.DateField(label=gettext_lazy("公示结束"), widget=day_field())
    place = forms.CharField(
        label=gettext_lazy("公示方式"),
        max_length=200,
        help_text=gettext_lazy("例如学院网站和公告栏"),
    )


class FinaliseForm(forms.Form):
    objections = forms.CharField(
        label=gettext_lazy("公示期间的异议及处理"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("没有异议请写“无异议”"),
    )


class AnswerForm(forms.Form):
    CHOICES = (
        ("unchanged", gettext_lazy("成绩无误")),
        ("corrected", gettext_lazy("更正成绩")),
        ("rejected", gettext_lazy("不予受理")),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("结论"), choices=CHOICES, widget=forms.RadioSelect
    )
    changed_to = forms.DecimalField(
        label=gettext_lazy("更正为"),
        required=False,
        min_value=0,
        max_digits=6,
        decimal_places=2,
        help_text=gettext_lazy("只在更正成绩时填写"),
    )
    answer = forms.CharField(
        label=gettext_lazy("结论和经过"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写明核对了哪些材料、哪里有误"),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        corrected = data.get("outcome") == "corrected"
        if corrected and data.get("changed_to") is None and "changed_to" not in self.errors:
            self.add_error("changed_to", _("请填写更正后的成绩。"))
        if not corrected:
            data["changed_to"] = None
        return data


class RequestForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("例如怀疑漏评、合分或登分有误"),
    )
