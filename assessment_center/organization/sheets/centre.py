"""The centre and its filings from a workbook or typed by hand."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.organization import services
from assessment_center.organization.models import AssessmentCentre, Filing
from assessment_center.organization.provinces import provinces
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import current_version
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


def centre_spec(_rules: Any) -> SheetSpec:
    return SheetSpec(
        title="认定中心",
        columns=(
            ColumnSpec("name", "机构名称", required=True, max_length=120, width=30),
            ColumnSpec("short_name", "简称", required=True, max_length=40),
            ColumnSpec(
                "province_code",
                "所在省份",
                required=True,
                kind=Kind.CHOICE,
                choices=provinces(),
                help="从下拉列表中选",
            ),
            ColumnSpec("authority_name", "主管部门", required=True, max_length=120, width=30),
            ColumnSpec(
                "seal_name",
                "印章名称",
                required=True,
                max_length=160,
                width=36,
                help="证书和公告上盖的章",
            ),
            ColumnSpec("phone", "联系电话", required=True, max_length=40, help="公告里的联系方式"),
            ColumnSpec("complaint_phone", "监督电话", max_length=40),
            ColumnSpec("address", "地址", max_length=200, width=30),
            ColumnSpec("credit_code", "统一社会信用代码", max_length=18, width=22),
        ),
        notes=("只填一行；再次导入时，导入前会列出原内容和新内容。",),
    )


class CentreJudge(SheetJudge):
    def prepare(self, rows: Sequence[Row]) -> None:
        self.present = active_centre()
        self.first = rows[0].number if rows else 0

    def judge(self, row: Row) -> PlannedRow:
        if row.number != self.first:
            raise RowFaultError(
                _("机构名称"), _("一套系统只登记一个认定中心，第 %(n)d 行已填") % {"n": self.first}
            )
        facts = {key: value for key, value in row.values.items() if value is not None}

        def write() -> None:
            services.save_centre(actor=self.actor, row=self.present, **facts)

        self._fits(AssessmentCentre(**facts))
        if self.present is None:
            return PlannedRow(row.number, facts["name"], "new", write=write)
        old = {key: getattr(self.present, key) for key in facts}
        changes = self.compare(_worded(old), _worded(facts))
        if not changes:
            return PlannedRow(row.number, facts["name"], "unchanged")
        return PlannedRow(row.number, self.present.name, "changed", changes, write)

    @staticmethod
    def _fits(centre: AssessmentCentre) -> None:
        try:
            centre.clean_fields()
        except ValidationError as faults:
            raise RefusedError("；".join(faults.messages)) from faults


def _worded(facts: dict[str, Any]) -> dict[str, Any]:
    names = dict(provinces())
    return {**facts, "province_code": names.get(facts["province_code"], facts["province_code"])}


def filing_spec(rules: Rulebook | None) -> SheetSpec:
    years = rules.settings.filing_valid_years if rules else None
    term = _("备案有效期不超过 %(n)s 年。") % {"n": years.value} if years else ""
    return SheetSpec(
        title="备案",
        columns=(
            ColumnSpec(
                "number", "备案号", required=True, max_length=30, width=22, example="Y000050012345"
            ),
            ColumnSpec(
                "valid_from",
                "有效期起",
                required=True,
                kind=Kind.DATE,
                month="first",
                example="2025-01-01",
                help="只写年月时算当月第一天",
            ),
            ColumnSpec(
                "valid_until",
                "有效期止",
                required=bool(years),
                kind=Kind.DATE,
                month="last",
                example="2027-12-31",
                help="只写年月时算当月最后一天",
            ),
            ColumnSpec("is_incremental", "增量备案", kind=Kind.BOOLEAN, help="不填即为“否”"),
        ),
        notes=tuple(filter(None, ("备案登记后不能改写；续期和增量备案另登一行。", term))),
    )


class FilingJudge(SheetJudge):
    """Filings stand as they were entered: one of the same number is unchanged or refused."""

    def prepare(self, rows: Sequence[Row]) -> None:
        self.centre = active_centre()
        numbers = [row.values["number"] for row in rows]
        self.known = {each.number: each for each in Filing.objects.filter(number__in=numbers)}
        self.seen: dict[str, int] = {}

    def judge(self, row: Row) -> PlannedRow:
        number, starts, ends = (row.values[k] for k in ("number", "valid_from", "valid_until"))
        if self.rules is None:
            raise RefusedError(_("还没有选定规程。"), remedy=_("请先选定规程，再登记备案。"))
        centre = self.centre
        if centre is None:
            raise RefusedError(_("还没有登记认定中心。"), remedy=_("请先登记认定中心。"))
        if (first := self.seen.setdefault(number, row.number)) != row.number:
            raise RowFaultError(_("备案号"), _("与第 %(n)d 行相同，请删去一行") % {"n": first})
        incremental = bool(row.values["is_incremental"])
        known = self.known.get(number)
        if known is not None:
            self._same(known, row)
            return PlannedRow(row.number, number, "unchanged")
        self._term(row)

        def write() -> None:
            services.add_filing(
                actor=self.actor,
                centre=centre,
                number=number,
                rulebook_version=current_version(self.rules.identity.code),
                valid_from=starts,
                valid_until=ends,
                is_incremental=incremental,
            )

        return PlannedRow(row.number, number, "new", write=write)

    def _same(self, known: Filing, row: Row) -> None:
        for key in ("valid_from", "valid_until"):
            if row.values[key] != getattr(known, key):
                raise RowFaultError(
                    self.headers[key],
                    _("备案 %(number)s 登记的是 %(old)s，这里是 %(new)s；登记后不能改写，请核对")
                    % {
                        "number": known.number,
                        "old": getattr(known, key) or _("（空）"),
                        "new": row.values[key] or _("（空）"),
                    },
                )

    def _term(self, row: Row) -> None:
        starts, ends = row.values["valid_from"], row.values["valid_until"]
        if ends is not None and ends <= starts:
            raise RowFaultError(_("有效期止"), _("备案有效期的止日须晚于起日"))
        if ends is not None and ends < timezone.localdate():
            raise RowFaultError(
                _("有效期止"), _("这个备案已于 %(day)s 到期，请填续期后的备案") % {"day": ends}
            )
        services.check_number(self.rules, row.values["number"])
        services.check_term(self.rules, starts, ends)


CENTRE = RecordSheet(centre_spec, CentreJudge, limit_rows=10)
FILING = RecordSheet(filing_spec, FilingJudge, limit_rows=50)
