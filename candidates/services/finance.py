"""The finance office's list of receipts: matched where it is certain, else worked off by hand.

A receipt is entered once, however often the list is uploaded; what could not be matched is tried
again, also where the list is uploaded for the batch it belongs to. Matched are the number of the
pay-slip with the amount owed, then ID number, name and amount; nothing is guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people import crypto
from assessment_center.people.rules import id_document, names
from assessment_center.registry import Actor, RefusedError
from assessment_center.spreadsheets import ImportOutcome, Row, RowProblem, read_or_refuse
from candidates.enums import ApplicationStatus, FeeState, LineState
from candidates.fee_sheets import FINANCE
from candidates.models import Application, FinanceLine
from candidates.services.fees import record_fee, require_recorder

LIMIT = 5_000


@dataclass(slots=True)
class FinanceReport(ImportOutcome):
    """How many receipts were matched, are to be worked off, and were known before."""

    matched: int = 0
    unmatched: int = 0
    known: int = 0


@transaction.atomic
def take_finance_list(*, actor: Actor, batch: AssessmentBatch, content: bytes) -> FinanceReport:
    """Take the whole list or, with a faulty row, nothing; `RefusedError` for an unfit file."""
    require_recorder(actor)
    sheet = read_or_refuse(content, FINANCE, limit_rows=LIMIT)
    report = FinanceReport()
    report.begin(sheet)
    numbers = [row.values["receipt"] for row in sheet.rows]
    entered = FinanceLine.objects.filter(receipt_number__in=numbers)
    known = {line.receipt_number: line for line in entered.select_for_update()}
    report.add(_contradictions(sheet.rows, known))
    if not report.ok:
        return report
    owing = _Owing(batch)
    for row in sheet.rows:
        line = known.get(row.values["receipt"])
        if line is not None:
            again = _match_again(actor, line, batch, owing.find(row.values))
            report.matched += again
            report.known += not again
            continue
        line = _line(batch, row.values)
        _match(actor, line, owing.find(row.values))
        report.matched += line.state == LineState.MATCHED
        report.unmatched += line.state == LineState.UNMATCHED
    report.written = True
    record(
        actor=actor,
        verb="finance.import",
        subject=batch.subject,
        payload={"lines": report.rows, "unmatched": report.unmatched},
    )
    return report


def _contradictions(rows: Sequence[Row], known: Mapping[str, FinanceLine]) -> list[RowProblem]:
    """A receipt that was entered with another amount is a mistake of one of the two lists."""
    return [
        RowProblem(
            row.number, "金额", _("票据号 %(n)s 已按另一金额登记。") % {"n": line.receipt_number}
        )
        for row in rows
        if (line := known.get(row.values["receipt"])) and line.amount_cents != row.values["amount"]
    ]


class _Owing:
    """The batch's applications by pay-slip number and by the holder's document."""

    def __init__(self, batch: AssessmentBatch) -> None:
        found = Application.objects.filter(batch=batch).exclude(number="")
        found = found.select_related("person", "offering", "fee")
        self.by_slip = {each.number: each for each in found}
        self.by_person: dict[bytes, list[Application]] = {}
        for each in self.by_slip.values():
            self.by_person.setdefault(bytes(each.person.id_lookup), []).append(each)

    def find(self, values: Mapping[str, Any]) -> Application | str:
        """The one application the money is for, or why that is not certain."""
        if values["slip"]:
            found = self.by_slip.get(values["slip"])
            return _("没有这个缴费单号。") if found is None else _whose(found, values)
        if not (values["id_number"] and values["name"]):
            return _("没有缴费单号，也没有姓名和证件号码。")
        number = id_document.normalise(values["id_number"])
        held = [a for key in crypto.lookups(number) for a in self.by_person.get(key, ())]
        held = [a for a in held if a.person.name == names.normalise(values["name"])]
        fitting = [
            a for a in held if a.fee_state == FeeState.DUE and a.fee_cents == values["amount"]
        ]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return _("这个人有 %(n)d 份同样金额的待缴申报。") % {"n": len(fitting)}
        return _("没有姓名、证件号码和金额都相符的待缴申报。")


def _whose(found: Application, values: Mapping[str, Any]) -> Application | str:
    """The application of the pay-slip, unless the row names somebody else beside it."""
    name, number = values["name"], values["id_number"]
    other = bool(name) and names.normalise(name) != found.person.name
    if number and not other:
        keys = crypto.lookups(id_document.normalise(number))
        other = bytes(found.person.id_lookup) not in keys
    return _("缴费单号是另一名考生的，与姓名、证件号码不符。") if other else found


def _line(batch: AssessmentBatch, values: Mapping[str, Any]) -> FinanceLine:
    number = id_document.normalise(values["id_number"]) if values["id_number"] else ""
    return FinanceLine(
        batch=batch,
        receipt_number=values["receipt"],
        slip=values["slip"] or "",
        name=values["name"] or "",
        id_masked=id_document.mask(number) if number else "",
        amount_cents=values["amount"],
        paid_on=values["paid_on"],
        state=LineState.UNMATCHED,
    )


def _match(actor: Actor, line: FinanceLine, found: Application | str) -> None:
    """Enter the payment; what may not be entered waits with the reason."""
    if isinstance(found, Application):
        try:
            with transaction.atomic():
                _pay(actor, line, found)
        except RefusedError as refused:
            found = str(refused)
    if isinstance(found, str):
        line.state, line.application, line.reason = LineState.UNMATCHED, None, found[:300]
    line.save()


def _match_again(
    actor: Actor, line: FinanceLine, batch: AssessmentBatch, found: Application | str
) -> bool:
    """Try a receipt that waits once more, maybe now for the batch it belongs to."""
    if line.state != LineState.UNMATCHED or not isinstance(found, Application):
        return False
    before, line.batch = line.batch, batch
    try:
        with transaction.atomic():
            _pay(actor, line, found)
    except RefusedError:
        line.batch = before
        return False
    line.save()
    return True


def _pay(actor: Actor, line: FinanceLine, application: Application) -> None:
    if application.status in (ApplicationStatus.WITHDRAWN, ApplicationStatus.REFUSED):
        raise RefusedError(_("申报已撤回或未通过，款项应退回。"))
    entered = getattr(application, "fee", None)
    same = entered and (entered.receipt_number, entered.amount_cents) == (
        line.receipt_number,
        line.amount_cents,
    )
    if not same:
        record_fee(
            actor=actor,
            application=application,
            receipt_number=line.receipt_number,
            amount_cents=line.amount_cents,
            paid_on=line.paid_on,
        )
    line.state, line.application, line.reason = LineState.MATCHED, application, ""
    line.settled_by_id = actor.user_id


def _waiting(line: FinanceLine) -> FinanceLine:
    row = FinanceLine.objects.select_for_update().get(pk=line.pk)
    if row.state != LineState.UNMATCHED:
        raise RefusedError(_("这笔到账已经处理过。"))
    return row


@transaction.atomic
def match_line(*, actor: Actor, line: FinanceLine, number: str) -> FinanceLine:
    """By hand: this receipt is for the application of this number; every rule of a fee holds."""
    require_recorder(actor)
    row = _waiting(line)
    found = Application.objects.filter(batch=row.batch, number=number.strip()).first()
    if found is None or not number.strip():
        raise RefusedError(_("本批次没有这个申报号。"))
    _pay(actor, row, found)
    row.save()
    return row


@transaction.atomic
def dismiss_line(*, actor: Actor, line: FinanceLine, note: str) -> FinanceLine:
    """By hand: not a fee of this batch; the note says where the money goes."""
    require_recorder(actor)
    row = _waiting(line)
    if not note.strip():
        raise RefusedError(_("请写明这笔款的去向，如“退回付款人”。"))
    row.state, row.note = LineState.DISMISSED, note.strip()[:200]
    row.settled_by_id = actor.user_id
    row.save()
    record(
        actor=actor,
        verb="finance_line.refuse",
        subject=row.subject,
        payload={"receipt": row.receipt_number, "note": row.note},
    )
    return row
