"""Printed registers: of a period for the centre, and F-110 and F-111 of a batch.

A register is a list across the page; of F-111 each record is a sheet of its own.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.organization.models import AssessmentCentre
from assessment_center.printed.imprint import imprint
from assessment_center.registers import selectors
from assessment_center.registers.enums import Consent
from assessment_center.registers.minutes_form import minutes_forms
from assessment_center.registers.models import DocumentEntry, Line, Minutes, SealUse, Transfer
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, centre_documents, documents

Parts = Sequence[tuple[str, bytes]]
Form = tuple[str, str, str]
ENTRIES: Form = ("", "document-register", "收发文登记簿")
TRANSFERS: Form = ("F-110", "transfer-register", "文件移交登记表")
MINUTES: Form = ("F-111", "minutes", "会议/工作记录")
SEALS: Form = ("", "seal-register", "用印登记簿")
BY_HAND = "签字栏印有姓名，由本人在姓名右侧亲笔签字。"
ROW, SIGNED_ROW = 8.0, 13.0  # millimetres
AGREED = frozenset({Consent.GIVEN, Consent.USED})


def _moment(value: datetime) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


def _number(line: Line) -> str:
    return str(line)


def _noted(line: Line, remark: str = "") -> str:
    """The last column: remark, and which line this one puts right or is put right by."""
    told = [remark]
    if line.corrects:
        told.append(f"更正 {line.corrects}：{line.reason}")
    if line.is_corrected:
        told.append(f"已由 {line.corrected_by} 更正")  # type: ignore[attr-defined]
    return "；".join(text for text in told if text)


def _leader(line: Transfer | SealUse) -> str:
    if line.consent in AGREED:
        return str(line.decided_by or "")
    return str(line.get_consent_display())


def entry_sheets(found: Iterable[DocumentEntry], head: str) -> list[pdf.Roster]:
    rows: list[tuple[str, ...]] = [
        (
            _number(each), each.entered_on.isoformat(), str(each.get_series_display()), each.title,
            each.document_number, each.counterpart, each.dated.isoformat(), str(each.copies),
            str(each.get_secrecy_display()), each.keeper, each.file_digest[:16], _noted(each),
        )
        for each in found
    ]  # fmt: skip
    columns = (
        pdf.Column("登记号", 17),
        pdf.Column("登记日期", 12),
        pdf.Column("收发", 7),
        pdf.Column("文件名称", 27, align="left"),
        pdf.Column("文号", 16),
        pdf.Column("来文（发往）单位", 18, align="left"),
        pdf.Column("文件日期", 12),
        pdf.Column("份数", 7),
        pdf.Column("密级", 7),
        pdf.Column("保管人", 9, face=pdf.Face.KAI, names=True),
        pdf.Column("文件摘要\n（前 16 位）", 18),
        pdf.Column("备注", 16, align="left"),
    )
    return _sheet(ENTRIES, head, columns, rows)


def transfer_sheets(found: Iterable[Transfer], head: str) -> list[pdf.Roster]:
    """The columns are those of the printed form."""
    rows: list[tuple[str, ...]] = [
        (
            _number(each), each.document, _moment(each.moved_at), each.place, each.giver,
            each.receiver, _leader(each), _noted(each, each.remark),
        )
        for each in found
    ]  # fmt: skip
    columns = (
        pdf.Column("登记号", 18),
        pdf.Column("文件名称", 34, align="left"),
        pdf.Column("移交时间", 17),
        pdf.Column("移交地点", 20, align="left"),
        pdf.Column("保管员签字", 19, align="left", face=pdf.Face.KAI, names=True),
        pdf.Column("接收人签字", 19, align="left", face=pdf.Face.KAI, names=True),
        pdf.Column("领导签字", 19, align="left", face=pdf.Face.KAI),
        pdf.Column("备注", 20, align="left"),
    )
    return _sheet(TRANSFERS, head, columns, rows, signed=True)


def seal_sheets(found: Iterable[SealUse], head: str) -> list[pdf.Roster]:
    rows: list[tuple[str, ...]] = [
        (
            _number(each), each.seal, each.document, str(each.copies), each.purpose,
            each.applicant, _leader(each), each.used_on.isoformat() if each.used_on else "",
            each.used_by, each.kept_by, _noted(each, each.decision),
        )
        for each in found
    ]  # fmt: skip
    columns = (
        pdf.Column("登记号", 18),
        pdf.Column("印章", 22, align="left"),
        pdf.Column("用印文件", 26, align="left"),
        pdf.Column("份数", 7),
        pdf.Column("用途", 20, align="left"),
        pdf.Column("申请人", 8, face=pdf.Face.KAI, names=True),
        pdf.Column("批准人", 9, face=pdf.Face.KAI),
        pdf.Column("用印日期", 11),
        pdf.Column("监印人", 8, face=pdf.Face.KAI, names=True),
        pdf.Column("留存人", 8, face=pdf.Face.KAI, names=True),
        pdf.Column("备注", 16, align="left"),
    )
    return _sheet(SEALS, head, columns, rows)


def _sheet(
    form: Form,
    head: str,
    columns: tuple[pdf.Column, ...],
    rows: list[tuple[str, ...]],
    *,
    signed: bool = False,
) -> list[pdf.Roster]:
    """`signed`: people sign in the rows, beside their printed names."""
    if not rows:
        return []
    sheet = pdf.Roster(
        title=form[2],
        subtitle=head,
        columns=columns,
        rows=rows,
        meta=(("合计", f"{len(rows)} 条"),),
        signatures=("登记人", "负责人", "日期"),
        notes=(BY_HAND,) if signed else (),
        row_height=SIGNED_ROW if signed else ROW,
    )
    return [sheet]


Make = Callable[[Any, str], list[pdf.Roster] | list[pdf.Form]]
PRINTS: dict[type[Line], tuple[Form, Make]] = {
    DocumentEntry: (ENTRIES, entry_sheets),
    Transfer: (TRANSFERS, transfer_sheets),
    Minutes: (MINUTES, minutes_forms),
    SealUse: (SEALS, seal_sheets),
}


def print_period(
    *, actor: Actor, centre: AssessmentCentre, model: type[Line], first: date, last: date
) -> bytes | None:
    """A register from `first` to `last`; None when nothing was entered.

    Every period is a sheet of its own: one year printed again puts no other out of date.
    """
    form, make = PRINTS[model]
    head = f"{centre.name}　{first} 至 {last}"
    sheets = make(selectors.period(model, first, last), head)
    if not sheets:
        return None
    corner = imprint(
        actor=actor,
        form=(form[0], f"{form[1]} {first:%Y%m%d}-{last:%Y%m%d}", form[2]),
        subject=centre.subject,
        content=sheets,
        cite=selectors.form_citations(form[0]),
    )
    return _drawn(sheets, corner)


def _drawn(sheets: Any, corner: pdf.Imprint) -> bytes:
    if isinstance(sheets[0], pdf.Form):
        return pdf.form_table(sheets, imprint=corner)
    return pdf.roster(sheets, imprint=corner, paper=pdf.Paper.A4_LANDSCAPE)


def of_batch(batch: Any, actor: Actor, model: type[Line]) -> Parts:
    """The lines of a register that belong to a batch."""
    form, make = PRINTS[model]
    sheets = make(selectors.of_matter(model, batch.pk), batch.name)
    if not sheets:
        return []
    named = batch.rules.form(form[0])
    corner = imprint(
        actor=actor,
        form=form,
        subject=batch.subject,
        content=sheets,
        cite=named.cite if named else (),
        batch_id=batch.pk,
    )
    return [(form[2].replace("/", "、"), _drawn(sheets, corner))]


def _of_batch(model: type[Line]) -> Callable[[Any, Actor], Parts]:
    return lambda batch, actor: of_batch(batch, actor, model)


def _of_year(model: type[Line]) -> Callable[[AssessmentCentre, Actor], Parts]:
    """The centre's register of the present year."""

    def render(centre: AssessmentCentre, actor: Actor) -> Parts:
        year = timezone.localdate().year
        first, last = date(year, 1, 1), date(year, 12, 31)
        content = print_period(actor=actor, centre=centre, model=model, first=first, last=last)
        return [(f"{PRINTS[model][0][2].replace('/', '、')} {year}", content)] if content else []

    return render


def _named(code: str) -> Callable[[Any], bool]:
    return lambda batch: batch.rules.form(code) is not None


def register() -> None:
    """F-110 and F-111 of a batch where its rulebook names them; all four of the centre's year."""
    for model, (form, _make) in PRINTS.items():
        code, slug, label = form
        if code:
            kind = DocumentKind(
                code, slug, label, _of_batch(model), Act.REGISTER_VIEW, _named(code)
            )
            documents.register(slug, kind, order=360)
        kind = DocumentKind(code, slug, label, _of_year(model), Act.REGISTER_VIEW)
        centre_documents.register(f"registers.{slug}", kind, order=60)


register()
