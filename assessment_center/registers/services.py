"""The only writers of the registers: a line is entered, consented to, carried out, corrected."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.registers import matters
from assessment_center.registers.enums import Consent, Series
from assessment_center.registers.models import (
    Consented,
    DocumentEntry,
    Line,
    Minutes,
    SealUse,
    Transfer,
)
from assessment_center.registers.selectors import form_citations
from assessment_center.registry import Actor, RefusedError

L = TypeVar("L", bound=Line)
C = TypeVar("C", bound=Consented)
KINDS = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg", b"%PDF-": "pdf"}
LARGEST = 10 * 1024 * 1024
FORM_OF: dict[type[Line], str] = {Transfer: "F-110", Minutes: "F-111"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written: `values` by the register's own columns, the batch by its code.

    `corrects` with `reason` makes it the correction of an earlier line.
    """

    values: Mapping[str, Any]
    matter: str = ""
    corrects: Line | None = None
    reason: str = ""
    file: bytes = b""


def enter_document(*, actor: Actor, series: str, entry: Entry) -> DocumentEntry:
    """Register a document that came in or goes out; its file is kept with a SHA-256 digest.

    Refuses a file that is no PDF, PNG or JPEG, or larger than 10 MB.
    """
    line = DocumentEntry(series=series, **entry.values)
    if entry.file:
        _attach(line, entry.file)
    elif isinstance(entry.corrects, DocumentEntry):
        line.file, line.file_digest = entry.corrects.file, entry.corrects.file_digest
    return _enter(actor, line, entry)


def enter_transfer(*, actor: Actor, entry: Entry) -> Transfer:
    """Register a hand-over (F-110); an important document waits for the leader's consent.

    Refuses a hand-over to oneself.
    """
    line = Transfer(series=Series.TRANSFER, **entry.values)
    if _plain(line.giver) == _plain(line.receiver):
        raise RefusedError(_("移交双方不能是同一人。"), form_citations("F-110"))
    weighty = line.important or line.leaves
    line.consent = Consent.ASKED if weighty else Consent.NOT_NEEDED
    return _enter(actor, line, entry)


def enter_minutes(*, actor: Actor, series: str, entry: Entry) -> Minutes:
    """Keep the minutes of a meeting or the record of a piece of work (F-111)."""
    line = Minutes(series=series, **entry.values)
    if line.held_at and line.held_at > timezone.now():
        raise RefusedError(_("会议（工作）时间不能晚于现在。"), form_citations("F-111"))
    return _enter(actor, line, entry)


def apply_for_seal(*, actor: Actor, entry: Entry) -> SealUse:
    """Ask for the use of a seal; it is used only when somebody else has agreed."""
    line = SealUse(series=Series.SEAL, consent=Consent.ASKED, **entry.values)
    return _enter(actor, line, entry)


@transaction.atomic
def decide(*, actor: Actor, line: C, agreed: bool, words: str = "") -> C:
    """The leader's word on a seal or a hand-over; nobody decides on what he entered himself."""
    require_act(actor, Act.REGISTER_APPROVE, _("批准用印和文件移交"))
    found = _locked(line)
    cited = form_citations(FORM_OF.get(type(found), ""))
    if found.entered_by_id is not None and found.entered_by_id == actor.user_id:
        raise RefusedError(_("申请人不能批准自己的申请。"), cited, _("请由另一位领导批准。"))
    if found.consent != Consent.ASKED:
        raise RefusedError(_("%(line)s 不在等待批准。") % {"line": found}, cited)
    if not agreed and not words.strip():
        raise RefusedError(_("不批准的，请写明意见。"), cited)
    found.consent = Consent.GIVEN if agreed else Consent.REFUSED
    found.decided_by_id, found.decided_at = actor.user_id, timezone.now()
    found.decision = words.strip()[:200]
    found.save(update_fields=["consent", "decided_by", "decided_at", "decision"])
    verb = "registers.agree" if agreed else "registers.decline"
    payload = {"number": str(found), "note": found.decision}
    record(actor=actor, verb=verb, subject=found.subject, payload=payload)
    return found


@transaction.atomic
def use_seal(*, actor: Actor, line: SealUse, on: date, used_by: str, kept_by: str) -> SealUse:
    """Write down that the seal was used as agreed: when, under whose eyes, who keeps a copy."""
    require_act(actor, Act.REGISTER_WRITE, _("登记用印"))
    found = _locked(line)
    _refuse_unless_given(found)
    if not used_by.strip() or not kept_by.strip():
        raise RefusedError(_("请填写监印人和文件留存人。"))
    decided = timezone.localdate(found.decided_at)
    if not decided <= on <= timezone.localdate():
        raise RefusedError(_("用印日期应在批准与今天之间。"))
    found.consent = Consent.USED
    found.used_on, found.used_by, found.kept_by = on, used_by.strip(), kept_by.strip()
    found.save(update_fields=["consent", "used_on", "used_by", "kept_by"])
    record(
        actor=actor,
        verb="registers.use_seal",
        subject=found.subject,
        payload={"number": str(found), "copies": found.copies},
    )
    return found


@transaction.atomic
def complete_transfer(*, actor: Actor, line: Transfer) -> Transfer:
    """Write down that an agreed hand-over took place."""
    require_act(actor, Act.REGISTER_WRITE, _("登记文件移交"))
    found = _locked(line)
    _refuse_unless_given(found)
    found.consent = Consent.USED
    found.save(update_fields=["consent"])
    record(
        actor=actor,
        verb="registers.hand_over",
        subject=found.subject,
        payload={"number": str(found)},
    )
    return found


def _refuse_unless_given(line: Consented) -> None:
    if line.consent != Consent.GIVEN:
        raise RefusedError(
            _("%(line)s 没有待办理的批准（%(state)s）。")
            % {"line": line, "state": line.get_consent_display()},
            form_citations(FORM_OF.get(type(line), "")),
            _("请先由领导批准。"),
        )


def _locked(line: C) -> C:
    """The line for update; a corrected one is settled by what took its place."""
    found = type(line)._default_manager.select_for_update().get(pk=line.pk)  # noqa: SLF001
    if found.is_corrected:
        raise RefusedError(_("%(line)s 已经更正，请办理更正后的登记。") % {"line": found})
    return found


def _plain(name: str) -> str:
    return "".join(name.split())


@transaction.atomic
def _enter(actor: Actor, line: L, entry: Entry) -> L:
    """Give the line its number and write it; numbers of a series run on without a gap."""
    require_act(actor, Act.REGISTER_WRITE, _("登记"))
    line.entered_on = timezone.localdate()
    line.entered_by_id = actor.user_id
    line.year = line.entered_on.year
    _place(line, entry)
    _number(line)
    try:
        line.full_clean(exclude=["file"] if isinstance(line, DocumentEntry) else None)
    except ValidationError as faults:
        cited = form_citations(FORM_OF.get(type(line), ""))
        raise RefusedError(" ".join(faults.messages), cited) from faults
    try:
        with transaction.atomic():
            line.save(force_insert=True)
    except IntegrityError as fault:
        raise RefusedError(_("这条登记刚刚被他人更正，请刷新后再看。")) from fault
    payload = {"number": str(line), "batch": line.matter}
    if entry.corrects is not None:
        payload |= {"corrects": str(entry.corrects), "reason": line.reason}
    verb = "registers.enter" if entry.corrects is None else "registers.correct"
    record(actor=actor, verb=verb, subject=line.subject, payload=payload)
    return line


def _place(line: Line, entry: Entry) -> None:
    """The batch and the earlier line it belongs to."""
    if code := entry.matter.strip():
        found = matters.find(code)
        if found is None:
            raise RefusedError(_("没有编号为“%(code)s”的批次。") % {"code": code})
        line.matter_id, line.matter = found.uuid, code
    old = entry.corrects
    if old is None:
        return
    if type(old) is not type(line) or old.series != line.series:
        raise RefusedError(_("更正须登记在同一登记簿。"))
    if type(old)._default_manager.filter(corrects=old.pk).exists():  # noqa: SLF001
        raise RefusedError(_("%(line)s 已经更正过，请更正最新的一条。") % {"line": old})
    if not entry.reason.strip():
        raise RefusedError(_("请写明更正原因。"))
    line.corrects, line.reason = old, entry.reason.strip()[:200]


def _number(line: Line) -> None:
    """The next number of the series this year; one writer of a series at a time."""
    with connection.cursor() as cursor:
        key = f"register:{line.series}:{line.year}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    own = type(line)._default_manager.filter(series=line.series, year=line.year)  # noqa: SLF001
    line.number = (own.aggregate(last=Max("number"))["last"] or 0) + 1


def _attach(line: DocumentEntry, content: bytes) -> None:
    kind = next((kind for head, kind in KINDS.items() if content.startswith(head)), "")
    if not kind:
        raise RefusedError(_("请上传 PNG、JPG 图片或 PDF 文件。"))
    if len(content) > LARGEST:
        raise RefusedError(_("文件超过 10 MB，请缩小后再上传。"))
    line.file_digest = hashlib.sha256(content).hexdigest()
    line.file.save(f"{line.pk}.{kind}", ContentFile(content), save=False)
