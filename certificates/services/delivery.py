"""The authority's numbers come back in a workbook: judged row by row, taken whole or not at all."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people import crypto
from assessment_center.people.rules.id_document import normalise
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.spreadsheets import ImportOutcome, Row, RowProblem, read_or_refuse
from candidates.services.standing import record_certificate
from certificates.documents.face import face_of
from certificates.enums import CertificateStatus, Medium, Origin
from certificates.models import Certificate, CertificateDelivery, RequestLine
from certificates.policies import request_allowed
from certificates.selectors import awaited, known_numbers
from certificates.sheets import DELIVERY
from scoring.selectors import ticket_number

LIMIT = 20_000
SHOWN = 200


@dataclass(slots=True)
class DeliveryReport(ImportOutcome):
    """What a workbook holds, whom it brings certificates for, and who is missing after it."""

    matched: int = 0
    missing: list[str] = field(default_factory=list)

    @property
    def shown(self) -> list[RowProblem]:
        return self.problems[:SHOWN]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the clerk says of the delivery; `count` is how many certificates lie on the table."""

    count: int
    giver: str
    received_on: date


@dataclass(frozen=True, slots=True)
class _Match:
    row: Row
    line: RequestLine


def receive_certificates(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    content: bytes,
    delivered: Delivered,
    dry_run: bool = False,
) -> DeliveryReport:
    """Match every row with a person asked for and, without problems, register the certificates.

    Raises `RefusedError` where the file as a whole is unfit or the number of certificates does
    not agree with its rows; what is wrong in a row is told in the report, and nothing is written.
    """
    if not actor.may(Act.CERTIFICATE_ISSUE):
        raise RefusedError(_("您的角色不能登记证书。"))
    require(request_allowed(batch))
    sheet = read_or_refuse(content, DELIVERY, limit_rows=LIMIT)
    report = DeliveryReport()
    report.begin(sheet)
    _refuse_whole(report.rows, delivered)
    if dry_run:
        _judge(batch, sheet.rows, delivered, report)
        return report
    with transaction.atomic():
        locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
        matches = _judge(locked, sheet.rows, delivered, report)
        if report.ok:
            _write(actor, locked, content, delivered, matches)
            report.written = True
    return report


def _refuse_whole(rows: int, delivered: Delivered) -> None:
    if not delivered.giver.strip():
        raise RefusedError(_("请填写主管部门交证人。"))
    if delivered.count != rows:
        raise RefusedError(
            _("实收证书 %(count)s 份，清单有 %(rows)s 行，两数不符。")
            % {"count": delivered.count, "rows": rows},
            remedy=_("请当面清点后再登记。"),
        )
    if delivered.received_on > timezone.localdate():
        raise RefusedError(_("领取日期不能晚于今天。"))


def _judge(
    batch: AssessmentBatch, rows: list[Row], delivered: Delivered, report: DeliveryReport
) -> list[_Match]:
    lines = list(awaited(batch))
    finder = _Finder(lines)
    numbers = Counter(row.values["number"].upper() for row in rows)
    known = known_numbers(numbers)
    blanks = Counter(blank for row in rows if (blank := _text(row, "blank")))
    seen: set[Any] = set()
    matches = []
    for row in rows:
        faults = list(_number_faults(row, numbers, known, blanks))
        faults += _date_faults(row, batch, delivered)
        line, own = finder.find(row)
        faults += own
        if line is not None:
            if line.pk in seen:
                faults.append(RowProblem(row.number, "姓名", _("同一人在清单中出现两次")))
            seen.add(line.pk)
            faults += _person_faults(row, line)
            matches.append(_Match(row, line))
        report.add(faults)
    report.matched = len(seen)
    report.missing = [each.result.application.person.name for each in lines if each.pk not in seen]
    return matches


class _Finder:
    """People asked for and not delivered yet, by ticket number and by ID number."""

    def __init__(self, lines: list[RequestLine]) -> None:
        self.by_ticket: dict[str, RequestLine] = {}
        self.by_id: dict[bytes, RequestLine] = {}
        for line in lines:
            application = line.result.application
            self.by_ticket[ticket_number(application)] = line
            self.by_id[bytes(application.person.id_lookup)] = line

    def find(self, row: Row) -> tuple[RequestLine | None, list[RowProblem]]:
        ticket, number = _text(row, "ticket"), _text(row, "id_number")
        if not ticket and not number:
            text = _("准考证号和证件号码至少填一项")
            return None, [RowProblem(row.number, "准考证号", text)]
        problems: list[RowProblem] = []
        found: list[RequestLine] = []
        asked = (
            ("准考证号", ticket, self.by_ticket.get(ticket)),
            ("证件号码", number, self.by_id.get(crypto.lookup(normalise(number)))),
        )
        for header, given, line in asked:
            if given and line is None:
                text = _("没有为此人申领过证书，或已经领回")
                problems.append(RowProblem(row.number, header, text))
            elif given and line is not None:
                found.append(line)
        if len(set(found)) > 1:
            text = _("与准考证号不是同一个人")
            problems.append(RowProblem(row.number, "证件号码", text))
        return (found[0] if found and not problems else None), problems


def _number_faults(
    row: Row, numbers: Counter[str], known: set[str], blanks: Counter[str]
) -> Iterator[RowProblem]:
    number, blank = row.values["number"].upper(), _text(row, "blank")
    if numbers[number] > 1:
        yield RowProblem(row.number, "证书编号", _("清单中有相同的证书编号"))
    if number in known:
        yield RowProblem(row.number, "证书编号", _("这个证书编号已经登记"))
    if blank and blanks[blank] > 1:
        yield RowProblem(row.number, "空白证书号", _("清单中有相同的空白证书号"))


def _date_faults(row: Row, batch: AssessmentBatch, delivered: Delivered) -> Iterator[RowProblem]:
    issued: date = row.values["issued_on"]
    if issued < batch.exam_ends:
        yield RowProblem(row.number, "发证日期", _("早于考试日期"))
    elif issued > delivered.received_on:
        yield RowProblem(row.number, "发证日期", _("晚于领取日期"))


def _person_faults(row: Row, line: RequestLine) -> Iterator[RowProblem]:
    result = line.result
    name = result.application.person.name
    if _squeezed(row.values["name"]) != _squeezed(name):
        text = _("与申领的姓名不符，申领的是“%(name)s”") % {"name": name}
        yield RowProblem(row.number, "姓名", text)
    given = _text(row, "grade")
    if given and result.grade_label and given != result.grade_label:
        text = _("与成绩不符，本中心上报的是“%(grade)s”") % {"grade": result.grade_label}
        yield RowProblem(row.number, "成绩等次", text)


def _text(row: Row, key: str) -> str:
    """What a cell says; empty where it says nothing."""
    return str(row.values.get(key) or "")


def _squeezed(name: str) -> str:
    return "".join(name.split()).replace("•", "·")


def _write(
    actor: Actor,
    batch: AssessmentBatch,
    content: bytes,
    delivered: Delivered,
    matches: list[_Match],
) -> CertificateDelivery:
    digest = hashlib.sha256(content).hexdigest()
    delivery = CertificateDelivery(
        batch=batch,
        received_on=delivered.received_on,
        giver=delivered.giver.strip()[:80],
        received_by_id=actor.user_id,
        count=len(matches),
        digest=digest,
    )
    delivery.sheet.save(f"{batch.code}-{digest[:12]}.xlsx", ContentFile(content), save=False)
    delivery.save()
    for match in matches:
        _register(actor, batch, delivery, match)
    payload = {"count": len(matches), "giver": delivery.giver, "digest": digest[:16]}
    record(actor=actor, verb="certificate.receive", subject=delivery.subject, payload=payload)
    return delivery


def _register(
    actor: Actor, batch: AssessmentBatch, delivery: CertificateDelivery, match: _Match
) -> Certificate:
    result, values = match.line.result, match.row.values
    one = Certificate(
        application=result.application,
        batch=batch,
        basis=result,
        origin=Origin.AUTHORITY,
        line=match.line,
        delivery=delivery,
        number=values["number"].upper(),
        blank_number=_text(match.row, "blank"),
        medium=Medium.PAPER,
        status=CertificateStatus.ISSUED,
        issued_on=values["issued_on"],
        issued_by_id=actor.user_id,
    )
    one.face = face_of(one)
    one.save()
    record_certificate(
        actor=actor,
        application=result.application,
        number=one.number,
        issued_on=values["issued_on"],
    )
    return one
