"""The filed scope from a workbook: occupation, job, levels, and the standard it is examined by."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.catalog.enums import Subject
from assessment_center.catalog.levels import read_levels
from assessment_center.catalog.models import Job, Occupation, OccupationalStandard
from assessment_center.catalog.naming import NamedOccupations
from assessment_center.catalog.services import record_job, record_standard
from assessment_center.organization import services
from assessment_center.organization.models import FiledScope, Filing
from assessment_center.organization.selectors import active_centre, filings_on
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.spreadsheets import (
    ColumnSpec,
    Kind,
    PlannedRow,
    RecordSheet,
    Row,
    RowFaultError,
    SheetJudge,
    SheetSpec,
)

MINUTES = {
    "theory_minutes": (Subject.THEORY, "理论时长（分钟）"),
    "practical_minutes": (Subject.PRACTICAL, "技能时长（分钟）"),
    "review_minutes": (Subject.REVIEW, "评审时长（分钟）"),
}
Key = tuple[Any, str]


def scope_spec(rules: Rulebook | None) -> SheetSpec:
    """The columns; levels are asked for unless the rulebook has none."""
    levels = rules.settings.levels if rules else None
    without = levels is not None and not levels.value
    minutes = tuple(
        ColumnSpec(key, header, kind=Kind.INTEGER, width=16)
        for key, (_subject, header) in MINUTES.items()
    )
    return SheetSpec(
        title="备案范围",
        columns=(
            ColumnSpec("occupation", "职业", required=True, width=18, example="6-31-01-03",
                       help="职业编码或职业名称，如 6-31-01-03 或 电工"),
            ColumnSpec("job", "工种", max_length=80, help="没有工种的留空"),
            ColumnSpec("levels", "等级", required=not without, width=24, validate=read_levels,
                       example="五级、四级、三级", help="备案的全部等级，用顿号隔开"),
            ColumnSpec("standard", "标准名称", required=True, max_length=120, width=30,
                       example="电工国家职业标准"),
            ColumnSpec("edition", "标准版本", required=True, max_length=20, example="2018"),
            *minutes,
            ColumnSpec("ratio", "考评员与考生配比", kind=Kind.INTEGER, width=18, example="5",
                       help="技能考核一名考评员最多考几名考生；标准没有规定的留空"),
            ColumnSpec("major", "对应专业", max_length=120, width=24, example="电气自动化技术"),
            ColumnSpec("filing", "备案号", max_length=30, width=20,
                       help="有几个有效备案时填；不填即为最近一个"),
        ),
        notes=(
            "一个职业（工种）一行。备案范围登记后不能改写；扩项请办理增量备案后另登。",
            *(("本规程不分等级，等级一列留空。",) if without else ()),
        ),
    )  # fmt: skip


class ScopeJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:  # noqa: ARG002 - filings are few
        centre = active_centre()
        filings = filings_on(centre, timezone.localdate()) if centre else []
        if not filings:
            raise RefusedError(_("还没有有效的备案。"), remedy=_("请先登记备案。"))
        self.filings: dict[str, Filing] = {each.number: each for each in reversed(filings)}
        self.latest = filings[0]
        self.occupations = NamedOccupations()
        lines = FiledScope.objects.filter(filing__in=filings)
        self.lines = {
            (line.filing_id, line.occupation_id, line.job.name if line.job else ""): line
            for line in lines.select_related("job", "standard")
        }
        known = OccupationalStandard.objects.select_related("job")
        self.standards = {
            (each.occupation_id, each.job.name if each.job else "", each.edition): each.name
            for each in known
        }
        self.seen: dict[Any, int] = {}

    def judge(self, row: Row) -> PlannedRow:
        values = row.values
        occupation = self._occupation(values["occupation"])
        filing = self._filing(values["filing"])
        job = values["job"] or ""
        who = f"{occupation.name} {job}".strip()
        key = (filing.pk, occupation.pk, job)
        if (first := self.seen.setdefault(key, row.number)) != row.number:
            raise RowFaultError(
                _("职业"), _("“%(who)s”与第 %(n)d 行相同，请删去一行") % {"who": who, "n": first}
            )
        self._levels(values)
        self._standard_agrees(occupation, job, values)
        if line := self.lines.get(key):
            self._same(line, values, who)
            return PlannedRow(row.number, who, "unchanged")
        return PlannedRow(
            row.number, who, "new", write=lambda: self._enter(filing, occupation, job, values)
        )

    def _occupation(self, text: str) -> Occupation:
        try:
            return self.occupations.find(text)
        except ValueError as fault:
            raise RowFaultError(_("职业"), fault) from fault

    def _filing(self, number: str | None) -> Filing:
        if not number:
            return self.latest
        if number not in self.filings:
            raise RowFaultError(
                _("备案号"),
                _("没有有效的备案“%(number)s”；现有：%(known)s")
                % {"number": number, "known": "、".join(self.filings)},
            )
        return self.filings[number]

    def _levels(self, values: dict[str, Any]) -> None:
        known = self.rules.settings.levels if self.rules else None
        if known is None:
            return
        if wrong := sorted(set(values["levels"] or ()) - set(known.value)):
            raise RefusedError(
                _("规程没有这些等级：%(levels)s。") % {"levels": "、".join(map(str, wrong))},
                known.citations,
            )

    def _standard_agrees(self, occupation: Occupation, job: str, values: dict[str, Any]) -> None:
        known = self.standards.get((occupation.pk, job, values["edition"]))
        if known is not None and known != values["standard"]:
            raise RowFaultError(
                _("标准名称"),
                _("%(edition)s 版已登记为“%(known)s”，这里是“%(name)s”；请核对")
                % {"edition": values["edition"], "known": known, "name": values["standard"]},
            )

    def _same(self, line: FiledScope, values: dict[str, Any], who: str) -> None:
        old = {"levels": _words(line.levels), "edition": line.standard.edition}
        new = {"levels": _words(values["levels"] or ()), "edition": values["edition"]}
        if changes := self.compare(old, new):
            raise RowFaultError(
                changes[0].header,
                _("“%(who)s”登记的是%(old)s，这里是%(new)s；登记后不能改写，扩项请办理增量备案")
                % {"who": who, "old": changes[0].old, "new": changes[0].new},
            )

    def _enter(
        self, filing: Filing, occupation: Occupation, name: str, values: dict[str, Any]
    ) -> None:
        job = self._job(occupation, name) if name else None
        services.add_scope_line(
            actor=self.actor,
            filing=filing,
            occupation=occupation,
            job=job,
            standard=self._standard(occupation, job, values),
            levels=values["levels"] or (),
            matching_major=values["major"] or "",
        )

    def _job(self, occupation: Occupation, name: str) -> Job:
        known = Job.objects.filter(occupation=occupation, name=name).first()
        return known or record_job(actor=self.actor, occupation=occupation, name=name)

    def _standard(
        self, occupation: Occupation, job: Job | None, values: dict[str, Any]
    ) -> OccupationalStandard:
        known = OccupationalStandard.objects.filter(
            occupation=occupation, job=job, edition=values["edition"]
        ).first()
        if known is not None:
            return known
        return record_standard(
            actor=self.actor,
            occupation=occupation,
            job=job,
            edition=values["edition"],
            name=values["standard"],
            durations={
                subject: values[key] for key, (subject, _h) in MINUTES.items() if values[key]
            },
            ratios={Subject.PRACTICAL: values["ratio"]} if values["ratio"] else {},
            related_majors=[values["major"]] if values["major"] else [],
        )


def _words(levels: Sequence[int]) -> str:
    return "、".join(str(level) for level in sorted(levels, reverse=True))


SCOPE = RecordSheet(scope_spec, ScopeJudge, limit_rows=500)
