"""What a working centre brings along about people: bans that hold, subjects passed."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.opening.holders import person_problems
from assessment_center.opening.trades import TRADE_COLUMNS, Trades
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import rules_on
from assessment_center.people.rules import id_document, names
from assessment_center.registry.entries import OpeningBalance, opening_balances
from assessment_center.spreadsheets import ColumnSpec, Kind, Row, RowProblem, SheetSpec
from assessment_center.workdays.rules.months import add_months
from candidates.labels import ID_KIND_LABELS
from candidates.services import opening as services

ID_KINDS = tuple((key, str(label)) for key, label in ID_KIND_LABELS.items())
PERSON = (
    ColumnSpec(
        "name",
        "姓名",
        required=True,
        width=12,
        max_length=80,
        example="张三",
        validate=names.validate,
    ),
    ColumnSpec(
        "id_kind",
        "证件类型",
        required=True,
        kind=Kind.CHOICE,
        choices=ID_KINDS,
        example="居民身份证",
    ),
    ColumnSpec(
        "id_number",
        "证件号码",
        required=True,
        kind=Kind.ID_NUMBER,
        width=22,
        validate=id_document.normalise,
    ),
)
BANS = SheetSpec(
    title="有效禁考",
    columns=(
        *PERSON,
        ColumnSpec("starts", "起", required=True, kind=Kind.DATE, width=14),
        ColumnSpec("until", "止", kind=Kind.DATE, width=14, help="至毕业为止的留空"),
        ColumnSpec("reason", "原因", required=True, width=30, max_length=200),
        ColumnSpec("basis", "依据条款", required=True, width=30, max_length=120),
        ColumnSpec("decision", "处理决定文号", required=True, width=24, max_length=80),
    ),
    notes=("只登记现在仍然有效的禁考；一人一行，有几次处理的填止日最晚的一次。",),
    key_columns=("id_kind", "id_number"),
    who=("name", "id_number"),
)
PASSES = SheetSpec(
    title="单科合格",
    columns=(
        *PERSON,
        *TRADE_COLUMNS,
        ColumnSpec(
            "subject",
            "科目",
            required=True,
            kind=Kind.CHOICE,
            choices=tuple((k, str(v)) for k, v in SUBJECT_LABELS.items()),
            example="理论知识考试",
        ),
        ColumnSpec("passed_on", "合格日期", required=True, kind=Kind.DATE, width=14),
        ColumnSpec("valid_until", "有效至", kind=Kind.DATE, width=14, help="规程不限期的留空"),
    ),
    notes=("只登记仍在有效期内、还没有发证的单科合格。",),
    key_columns=("id_kind", "id_number", "occupation", "job", "level", "subject"),
    who=("name", "id_number"),
)


def ban_rows(rows: Sequence[Row], _centre: AssessmentCentre) -> Iterator[RowProblem]:
    """Bans that hold today."""
    today = timezone.localdate()
    for row in rows:
        starts, until = row.values["starts"], row.values["until"]
        if until is not None and until < starts:
            yield RowProblem(row.number, "止", _("止日不能早于起日"))
        elif until is not None and until < today:
            yield RowProblem(row.number, "止", _("已经期满的不用登记"))
        if starts > today:
            yield RowProblem(row.number, "起", _("不能晚于今天"))
    yield from person_problems(rows)


def pass_rows(rows: Sequence[Row], centre: AssessmentCentre) -> Iterator[RowProblem]:
    """Subjects that still count, no longer than the rulebook lets them."""
    today = timezone.localdate()
    rules = rules_on(centre, today)
    months = rules.settings.single_pass_valid_months if rules else None
    for row in rows:
        passed, until = row.values["passed_on"], row.values["valid_until"]
        if passed > today:
            yield RowProblem(row.number, "合格日期", _("不能晚于今天"))
        if until is not None and until < max(passed, today):
            yield RowProblem(row.number, "有效至", _("已过有效期的不用登记"))
        if months is None:
            continue
        words = {"n": months.value, "cited": "、".join(str(each) for each in months.citations)}
        if until is None:
            text = _("规程规定 %(n)s 个月内有效，请填有效至（依据：%(cited)s）") % words
            yield RowProblem(row.number, "有效至", text)
        elif until > add_months(passed, months.value):
            text = _("超过规程规定的 %(n)s 个月（依据：%(cited)s）") % words
            yield RowProblem(row.number, "有效至", text)
    yield from person_problems(rows)
    yield from Trades().problems(rows)


opening_balances.register(
    services.BANS,
    OpeningBalance(
        key=services.BANS,
        label=gettext_lazy("有效禁考"),
        hint=gettext_lazy("仍在禁考期内的人，期满前不能报名。"),
        sheet=BANS,
        check=ban_rows,
        apply=services.impose_bans,
        undo=services.lift_bans,
    ),
    order=40,
)
opening_balances.register(
    services.PASSES,
    OpeningBalance(
        key=services.PASSES,
        label=gettext_lazy("单科合格"),
        hint=gettext_lazy("仍在有效期内的单科合格，补考时不用重考。"),
        sheet=PASSES,
        check=pass_rows,
        apply=services.grant_passes,
        undo=services.revoke_passes,
    ),
    order=50,
)
