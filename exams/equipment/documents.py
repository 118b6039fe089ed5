"""F-1105 ledger, F-1106 maintenance, F-1107 loans, F-1108 damage: of a batch, or of a period."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.organization.models import AssessmentCentre
from assessment_center.printed.imprint import imprint
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from assessment_center.rulebooks import Rulebook
from exams.equipment import period_selectors, selectors
from exams.equipment.basis import rules_now
from exams.models import Damage, Equipment, Loan, Maintenance

Parts = Sequence[tuple[str, bytes]]
Form = tuple[str, str, str]
LEDGER: Form = ("F-1105", "equipment-ledger", "设备台账")
CARE: Form = ("F-1106", "equipment-maintenance", "维护维修记录")
LOANS: Form = ("F-1107", "equipment-loans", "设备借领手续")
DAMAGE: Form = ("F-1108", "equipment-damage", "损坏、损耗、丢失记录")
BY_HAND = frozenset({"签名", "借领人签名"})
ROW, SIGNED_ROW = 8.0, 12.0  # millimetres; people sign in the row
SIGNED = ("设备保管员", "负责人", "日期")


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)


def ledger_sheets(found: QuerySet[Equipment], head: str) -> list[pdf.Roster]:
    """One sheet for each occupation, as the ledger is kept by occupations (EQP-02)."""
    groups: dict[str, list[Equipment]] = {}
    for one in selectors.with_use(found).order_by("occupation__code", "number"):
        groups.setdefault(one.occupation.name if one.occupation else "通用", []).append(one)
    return [_ledger_sheet(name, rows, head) for name, rows in groups.items()]


def _ledger_sheet(occupation: str, rows: Sequence[Equipment], head: str) -> pdf.Roster:
    return pdf.Roster(
        title=LEDGER[2],
        subtitle=head,
        meta=(("认定职业", occupation), ("合计", f"{len(rows)} 项")),
        columns=(
            pdf.Column("序号", 5),
            pdf.Column("编号", 10),
            pdf.Column("名称", 13, align="left"),
            pdf.Column("型号规格", 12, align="left"),
            pdf.Column("数量", 7),
            pdf.Column("购置日期", 11),
            pdf.Column("单价（元）", 10),
            pdf.Column("技术指标与参数", 18, align="left"),
            pdf.Column("可认定的工作内容", 18, align="left"),
            pdf.Column("权属", 7),
            pdf.Column("所在位置", 15, align="left"),
            pdf.Column("检定有效期", 11),
        ),
        rows=[_ledger_row(place, one) for place, one in enumerate(rows, start=1)],
        signatures=SIGNED,
    )


def _ledger_row(place: int, one: Equipment) -> tuple[str, ...]:
    last = next(iter(one.calibrations.all()), None)
    standing = "不须检定"
    if one.measuring:
        standing = "未检定" if last is None else _day(last.valid_until) or "不合格"
    return (
        str(place), one.number, one.name, one.model, f"{one.quantity} {one.unit}",
        _day(one.bought_on), _text(one.price), one.indexes, one.assesses,
        str(one.get_ownership_display()), one.place, standing,
    )  # fmt: skip


def care_sheets(found: Iterable[Maintenance], head: str) -> list[pdf.Roster]:
    rows: list[tuple[str, ...]] = [
        (
            _day(each.done_on), each.equipment.number, each.equipment.name,
            str(each.get_kind_display()), each.work, each.indexes_after, str(each.member), "",
        )
        for each in found
    ]  # fmt: skip
    columns = (
        pdf.Column("日期", 11),
        pdf.Column("编号", 11),
        pdf.Column("名称", 14, align="left"),
        pdf.Column("类别", 10),
        pdf.Column("维护维修内容", 34, align="left"),
        pdf.Column("之后的技术指标与参数", 30, align="left"),
        pdf.Column("经手人", 10, face=pdf.Face.KAI, names=True),
        pdf.Column("签名", 15),
    )
    return _one_sheet(CARE, head, columns, rows)


def loan_sheets(found: Iterable[Loan], head: str) -> list[pdf.Roster]:
    columns = (
        pdf.Column("编号、名称", 18, align="left"),
        pdf.Column("数量", 6),
        pdf.Column("借领人", 9, face=pdf.Face.KAI, names=True),
        pdf.Column("用途", 18, align="left"),
        pdf.Column("借出日期", 11),
        pdf.Column("应还日期", 11),
        pdf.Column("批准领导", 10, face=pdf.Face.KAI),
        pdf.Column("状态", 9),
        pdf.Column("归还日期", 11),
        pdf.Column("归还时的状况、原因", 22, align="left"),
        pdf.Column("同意收回", 10, face=pdf.Face.KAI),
        pdf.Column("借领人签名", 15),
    )
    return _one_sheet(LOANS, head, columns, [_loan_row(each) for each in found])


def _loan_row(each: Loan) -> tuple[str, ...]:
    back = "；".join(text for text in (each.condition, each.explanation) if text)
    return (
        str(each.equipment), str(each.count), str(each.borrower), each.purpose,
        _day(each.starts_on), _day(each.due_back), _text(each.approved_by),
        str(each.get_state_display()), _day(each.returned_on), back, _text(each.accepted_by), "",
    )  # fmt: skip


def damage_sheets(found: Iterable[Damage], head: str) -> list[pdf.Roster]:
    columns = (
        pdf.Column("时间", 17),
        pdf.Column("场次", 14, align="left"),
        pdf.Column("编号、名称", 16, align="left"),
        pdf.Column("类别、数量", 13),
        pdf.Column("情况", 20, align="left"),
        pdf.Column("原因", 16, align="left"),
        pdf.Column("违规操作的制止", 16, align="left"),
        pdf.Column("责任人、赔偿", 14, align="left"),
        pdf.Column("处理", 16, align="left"),
        pdf.Column("记录人", 10, face=pdf.Face.KAI, names=True),
    )
    return _one_sheet(DAMAGE, head, columns, [_damage_row(each) for each in found])


def _damage_row(each: Damage) -> tuple[str, ...]:
    paid = f"{each.compensation} 元" if each.compensation is not None else ""
    settled = [str(each.get_settlement_display()), _day(each.settled_on), each.settled_note]
    where = f"{each.sitting.batch.code} {each.sitting}" if each.sitting else "考试以外"
    return (
        f"{timezone.localtime(each.happened_at):%Y-%m-%d %H:%M}",
        where,
        str(each.equipment),
        f"{each.get_kind_display()} {each.count}",
        each.what,
        each.cause,
        f"{each.stopped_by} 已制止" if each.misuse else "——",
        " ".join(text for text in (each.liable, paid) if text),
        " ".join(text for text in settled if text) if each.settlement else "待处理",
        str(each.noted_by),
    )


def _one_sheet(
    form: Form, head: str, columns: tuple[pdf.Column, ...], rows: list[tuple[str, ...]]
) -> list[pdf.Roster]:
    if not rows:
        return []
    sheet = pdf.Roster(
        title=form[2], subtitle=head, columns=columns, rows=rows, signatures=SIGNED,
        meta=(("合计", f"{len(rows)} 项"),),
        row_height=SIGNED_ROW if columns[-1].label in BY_HAND else ROW,
    )  # fmt: skip
    return [sheet]


Make = Callable[[Any, str], list[pdf.Roster]]
FORMS: dict[str, tuple[Form, Make]] = {
    LEDGER[1]: (LEDGER, ledger_sheets),
    CARE[1]: (CARE, care_sheets),
    LOANS[1]: (LOANS, loan_sheets),
    DAMAGE[1]: (DAMAGE, damage_sheets),
}


def _cite(rules: Rulebook | None, code: str) -> tuple[Any, ...]:
    named = rules.form(code) if rules else None
    return named.cite if named else ()


def print_period(
    *, actor: Actor, centre: AssessmentCentre, slug: str, first: date, last: date
) -> bytes | None:
    """The form of a period for the whole centre (the ledger as it stands); None when empty."""
    form, make = FORMS[slug]
    sources: dict[str, Callable[[], Any]] = {
        LEDGER[1]: selectors.ledger,
        CARE[1]: lambda: period_selectors.maintenance_in(first, last),
        LOANS[1]: lambda: period_selectors.loans_in(first, last),
        DAMAGE[1]: lambda: period_selectors.damage_in(first, last),
    }
    found = sources[slug]()
    head = centre.name if slug == LEDGER[1] else f"{centre.name}　{first} 至 {last}"
    sheets = make(found, head)
    if not sheets:
        return None
    period = "" if slug == LEDGER[1] else f" {first:%Y%m%d}-{last:%Y%m%d}"
    corner = imprint(
        actor=actor,
        form=(form[0], f"{slug}{period}", form[2]),
        subject=centre.subject,
        content=sheets,
        cite=_cite(rules_now(), form[0]),
    )
    return pdf.roster(sheets, imprint=corner, paper=pdf.Paper.A4_LANDSCAPE)


def _of_batch(batch: AssessmentBatch, slug: str) -> Any:
    year = batch.exam_starts.year
    first, last = date(year, 1, 1), date(year, 12, 31)
    own = selectors.of_occupations(batch)
    sources: dict[str, Callable[[], Any]] = {
        LEDGER[1]: lambda: own,
        CARE[1]: lambda: period_selectors.maintenance_in(first, last).filter(equipment__in=own),
        LOANS[1]: lambda: period_selectors.loans_in(first, last).filter(equipment__in=own),
        DAMAGE[1]: lambda: period_selectors.damage_of(batch),
    }
    return sources[slug]()


def _renderer(slug: str) -> Callable[[AssessmentBatch, Actor], Parts]:
    form, make = FORMS[slug]

    def render(batch: AssessmentBatch, actor: Actor) -> Parts:
        """The form for a batch: its occupations' equipment, its sittings' damage."""
        sheets = make(_of_batch(batch, slug), batch.name)
        if not sheets:
            return []
        corner = imprint(
            actor=actor,
            form=form,
            subject=batch.subject,
            content=sheets,
            cite=_cite(batch.rules, form[0]),
            batch_id=batch.pk,
        )
        return [(form[2], pdf.roster(sheets, imprint=corner, paper=pdf.Paper.A4_LANDSCAPE))]

    return render


def _named(code: str) -> Callable[[AssessmentBatch], bool]:
    return lambda batch: batch.rules.form(code) is not None


def register() -> None:
    for slug, (form, _make) in FORMS.items():
        kind = DocumentKind(form[0], slug, form[2], _renderer(slug), Act.EXAM_VIEW, _named(form[0]))
        documents.register(slug, kind, order=350)
