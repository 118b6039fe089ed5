"""What a working centre brings along for its banks: papers used before, and their questions."""

import re
from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.trades import TRADE_COLUMNS, Trades
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.entries import OpeningBalance, opening_balances
from assessment_center.spreadsheets import ColumnSpec, Kind, Row, RowProblem, SheetSpec
from questionbank.models import Paper
from questionbank.services import opening as services
from questionbank.validators import fingerprint

DIGEST = re.compile(r"[0-9a-fA-F]{64}")
CODE = ColumnSpec("code", "试卷编号", required=True, width=22, max_length=40, example="2025-DG4-A")
PAPERS = SheetSpec(
    title="已用试卷",
    columns=(
        CODE,
        *TRADE_COLUMNS,
        ColumnSpec(
            "subject",
            "科目",
            required=True,
            kind=Kind.CHOICE,
            choices=tuple((k, str(v)) for k, v in SUBJECT_LABELS.items()),
            example="理论知识考试",
        ),
        ColumnSpec("used_on", "使用日期", required=True, kind=Kind.DATE, width=14),
        ColumnSpec(
            "digest",
            "母卷摘要",
            width=40,
            max_length=64,
            help="母卷文件的 SHA-256，64 位十六进制；没有的留空",
        ),
    ),
    notes=("一份试卷（卷别）填一行。",),
    key_columns=("code",),
)
ITEMS = SheetSpec(
    title="已用试题",
    columns=(CODE, ColumnSpec("stem", "题干", required=True, width=70, max_length=2000)),
    notes=(
        "列出已用试卷中的题；题干按去掉空格和标点后的文字比对，以后入库的同一题也认得出。",
        "组卷时这些题排在最后，不会再组出同一份试卷。",
    ),
)


def paper_rows(rows: Sequence[Row], _centre: AssessmentCentre) -> Iterator[RowProblem]:
    """Papers of the past with a number and a digest of their own."""
    codes = [row.values["code"] for row in rows]
    own = set(Paper.objects.filter(code__in=codes).values_list("code", flat=True))
    seen: dict[str, int] = {}
    for row in rows:
        values = row.values
        if values["used_on"] > timezone.localdate():
            yield RowProblem(row.number, "使用日期", _("不能晚于今天"))
        if values["code"] in own:
            yield RowProblem(row.number, "试卷编号", _("题库里已有这个编号的试卷"))
        digest = (values["digest"] or "").lower()
        if digest and not DIGEST.fullmatch(digest):
            yield RowProblem(row.number, "母卷摘要", _("应为 64 位十六进制数"))
        elif digest and seen.setdefault(digest, row.number) != row.number:
            text = _("与第 %(row)s 行是同一份母卷") % {"row": seen[digest]}
            yield RowProblem(row.number, "母卷摘要", text)
    yield from Trades().problems(rows)


def item_rows(rows: Sequence[Row], _centre: AssessmentCentre) -> Iterator[RowProblem]:
    """A question stands once in a paper."""
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.values["code"], fingerprint(row.values["stem"]))
        first = seen.setdefault(key, row.number)
        if first != row.number:
            text = _("与第 %(row)s 行是同一道题") % {"row": first}
            yield RowProblem(row.number, "题干", text)


def items_agree(book: OpeningBook) -> Iterator[RowProblem]:
    """Every question belongs to a paper that is declared."""
    codes = {row.values["code"] for row in book.rows(services.PAPERS)}
    for row in book.rows(services.ITEMS):
        if row.values["code"] not in codes:
            yield RowProblem(row.number, "试卷编号", _("“已用试卷”中没有这个编号"))


opening_balances.register(
    services.PAPERS,
    OpeningBalance(
        key=services.PAPERS,
        label=gettext_lazy("已用试卷"),
        hint=gettext_lazy("以前考过的试卷，不能再用第二次。"),
        sheet=PAPERS,
        check=paper_rows,
        apply=services.enter_papers,
        undo=services.remove_papers,
    ),
    order=60,
)
opening_balances.register(
    services.ITEMS,
    OpeningBalance(
        key=services.ITEMS,
        label=gettext_lazy("已用试题"),
        hint=gettext_lazy("已用试卷里的题，组卷时排在最后。"),
        sheet=ITEMS,
        check=item_rows,
        agree=items_agree,
        apply=services.enter_items,
        undo=services.remove_items,
    ),
    order=70,
)
