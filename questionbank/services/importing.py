"""Items out of a workbook: tried first, then written as a whole or not at all."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.enums import Subject
from assessment_center.catalog.models import Occupation
from assessment_center.registry import Actor, RefusedError
from assessment_center.spreadsheets import (
    ImportOutcome,
    ReadResult,
    Row,
    RowProblem,
    read_or_refuse,
)
from questionbank.models import Bank, Item, Point
from questionbank.services.banks import PointRow, add_points, create_bank
from questionbank.services.items import MIDDLE, ItemDraft, write_items
from questionbank.sheets import ITEMS, NO_LEVEL, OPTION_KEYS
from questionbank.validators import check_item, fingerprint, read_answer

LIMIT = 20_000
ZIP_OF_WORD = b"word/document.xml"

BankKey = tuple[int | None, str, str]


@dataclass(slots=True)
class ImportReport(ImportOutcome):
    """What a sheet would do or did: new items, points and banks."""

    items: int = 0
    points: int = 0
    banks: int = 0


@dataclass(slots=True)
class _BankPlan:
    """The rows of one bank, judged against what it holds already."""

    bank: Bank | None
    codes: set[str] = field(default_factory=set)
    marks: set[str] = field(default_factory=set)
    weight: Decimal = Decimal(0)
    new_points: dict[str, PointRow] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)


def import_items(
    *,
    actor: Actor,
    occupation: Occupation,
    content: bytes,
    bank: Bank | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Read, judge and, without problems and unless `dry_run`, write all rows in one transaction.

    Rows name level, job and subject, which choose the bank (opened where missing); with `bank`
    given these columns may stay empty and may not name another. Raises `RefusedError` where the
    file as a whole is unfit.
    """
    if not actor.may(Act.BANK_WRITE):
        raise RefusedError(_("您的角色不能导入试题。"))
    sheet = _read(content)
    report = ImportReport()
    report.begin(sheet)
    plans = _plan(occupation, bank, sheet.rows, report)
    report.items = sum(len(plan.rows) for plan in plans.values())
    report.points = sum(len(plan.new_points) for plan in plans.values())
    report.banks = sum(plan.bank is None for plan in plans.values())
    if report.ok and not dry_run:
        _write(actor, occupation, plans)
        report.written = True
    return report


def _read(content: bytes) -> ReadResult:
    if content[:2] == b"PK" and ZIP_OF_WORD in content:
        raise RefusedError(
            _("暂不能从 Word 文件导入试题。"), remedy=_("请用题库页面下载的 Excel 模板填写后导入。")
        )
    return read_or_refuse(content, ITEMS, limit_rows=LIMIT)


def _plan(
    occupation: Occupation, bank: Bank | None, rows: list[Row], report: ImportReport
) -> dict[BankKey, _BankPlan]:
    jobs = {job.name for job in occupation.jobs.filter(is_active=True)}
    plans: dict[BankKey, _BankPlan] = {}
    for row in rows:
        key = _key_of(row, bank)
        if bank is not None and key != _key_of_bank(bank):
            problem: RowProblem | None = RowProblem(
                row.number, "", _("这一行的等级、工种或科目不属于这个题库")
            )
        elif key[1] and key[1] not in jobs:
            problem = RowProblem(row.number, "工种", _("这个职业没有这个工种"))
        else:
            if key not in plans:
                plans[key] = _bank_plan(occupation, key)
            problem = _judge(plans[key], row)
        if problem is not None:
            report.add([problem])
        else:
            plans[key].rows.append(row)
    return plans


def _key_of(row: Row, bank: Bank | None) -> BankKey:
    own = _key_of_bank(bank) if bank else (None, "", str(Subject.THEORY))
    level = row.values["level"]
    return (
        own[0] if level is None else None if level == NO_LEVEL else level,
        row.values["job"] or own[1],
        row.values["subject"] or own[2],
    )


def _key_of_bank(bank: Bank) -> BankKey:
    return bank.level, bank.job.name if bank.job else "", bank.subject


def _bank_plan(occupation: Occupation, key: BankKey) -> _BankPlan:
    level, job, subject = key
    named = {"job__name": job} if job else {"job": None}
    bank = Bank.objects.filter(occupation=occupation, level=level, subject=subject, **named).first()
    plan = _BankPlan(bank)
    if bank is not None:
        points = list(bank.points.all())
        plan.codes = {point.code for point in points}
        plan.weight = sum((point.weight for point in points), Decimal(0))
        marks = Item.objects.filter(bank=bank).values_list("fingerprint", flat=True)
        plan.marks = set(marks)
    return plan


def _judge(plan: _BankPlan, row: Row) -> RowProblem | None:
    """Take the row into the plan, or say what is wrong with it."""
    values = row.values
    mark = fingerprint(values["stem"])
    if mark in plan.marks:
        return RowProblem(row.number, "题干", _("题库或本表中已有相同的题干"))
    try:
        draft = _draft(values, None)
        check_item(
            kind=draft.kind,
            stem=draft.stem,
            options=draft.options,
            answer=draft.answer,
            difficulty=draft.difficulty,
        )
    except RefusedError as refused:
        return RowProblem(row.number, "", str(refused.refusal.reason))
    problem = _judge_point(plan, row)
    if problem is None:
        plan.marks.add(mark)
    return problem


def _judge_point(plan: _BankPlan, row: Row) -> RowProblem | None:
    values = row.values
    code = values["point"]
    if code in plan.codes:
        return None
    area, name, weight = values["area"], values["point_name"], values["weight"]
    if not area or not name or weight is None:
        return RowProblem(
            row.number, "鉴定点代码", _("要素细目表中没有这个代码；新的鉴定点须填范围、名称和权重")
        )
    if not 0 < weight <= 100 or plan.weight + weight > 100:  # noqa: PLR2004 - percent
        return RowProblem(
            row.number, "权重（%）", _("权重应大于 0，且一个题库的权重合计不超过 100%")
        )
    plan.codes.add(code)
    plan.weight += weight
    plan.new_points[code] = PointRow(code, area, name, weight)
    return None


def _draft(values: dict[str, Any], point: Any) -> ItemDraft:
    options = [values[key] for key in OPTION_KEYS]
    while options and options[-1] is None:
        options.pop()
    return ItemDraft(
        point=point,
        kind=values["kind"],
        stem=values["stem"],
        answer=read_answer(values["kind"], values["answer"]),
        options=tuple(text or "" for text in options),
        difficulty=MIDDLE if values["difficulty"] is None else values["difficulty"],
    )


@transaction.atomic
def _write(actor: Actor, occupation: Occupation, plans: dict[BankKey, _BankPlan]) -> None:
    for (level, job, subject), plan in plans.items():
        bank = plan.bank or create_bank(
            actor=actor,
            occupation=occupation,
            job=occupation.jobs.get(name=job) if job else None,
            level=level,
            subject=subject,
        )
        if plan.new_points:
            add_points(actor=actor, bank=bank, rows=list(plan.new_points.values()))
        points: dict[str, Point] = {point.code: point for point in bank.points.all()}
        drafts = [_draft(row.values, points[row.values["point"]]) for row in plan.rows]
        write_items(actor=actor, bank=bank, drafts=drafts)
        record(
            actor=actor,
            verb="bank.import",
            subject=bank.ref,
            payload={"items": len(drafts), "points": len(plan.new_points)},
        )
