"""A workbook on its way into the books: sealed, shown, written whole, then thrown away."""

import hashlib
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.first_day import uploads
from assessment_center.first_day.models import SheetUpload
from assessment_center.first_day.selectors import chosen_rules, waits_for
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import enqueue
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupStep
from assessment_center.spreadsheets import RecordOutcome, records

MAX_BYTES = 5 * 1024 * 1024
AT_ONCE = 48 * 1024  # some 500 rows; a larger file is read by a job
KEPT = timedelta(days=7)
IMPORT = "first_day.import"


def step_of(key: str) -> SetupStep:
    """The step of this key that takes sheets; refuses any other."""
    step = setup_steps.get(key)
    if step is None or step.sheet is None:
        raise RefusedError(_("指引中没有这一步。"))
    return step


def require_step(actor: Actor, key: str) -> SetupStep:
    """The step, for one whose work it is, when what it builds on is there."""
    step = step_of(key)
    if not actor.may(step.permission):
        raise RefusedError(_("您的角色不能登记%(what)s。") % {"what": step.title})
    if waiting := waits_for(step):
        raise RefusedError(_("请先完成：%(steps)s。") % {"steps": "、".join(waiting)})
    return step


@transaction.atomic
def upload_sheet(*, actor: Actor, key: str, file_name: str, content: bytes) -> SheetUpload:
    """Take a file in and show what it would do; a large one is read by a job.

    Refuses a file that is no workbook of this step. What nobody imported within a week is thrown
    away here.
    """
    step = require_step(actor, key)
    if len(content) > MAX_BYTES:
        raise RefusedError(_("文件超过 5 MB，请分成几个文件上传。"))
    assert actor.user_id is not None  # files come from people
    _throw_away_old()
    upload = SheetUpload(
        step=key,
        file_name=file_name[-160:],
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by_id=actor.user_id,
    )
    uploads.seal(upload, content)
    if len(content) <= AT_ONCE:
        upload.outcome = records.preview(
            actor=actor, sheet=step.sheet, content=content, rules=chosen_rules()
        ).as_json()
    upload.save(force_insert=True)
    if len(content) > AT_ONCE:
        _order(actor, upload, step, dry_run=True)
    return upload


def _order(actor: Actor, upload: SheetUpload, step: SetupStep, *, dry_run: bool) -> Job:
    words = _("核对“%(what)s”") if dry_run else _("导入“%(what)s”")
    upload.job = enqueue(
        IMPORT,
        actor=actor,
        label=words % {"what": step.title},
        subject=upload.subject,
        upload=str(upload.pk),
        dry_run=dry_run,
    )
    upload.save(update_fields=["job"])
    return upload.job


def apply_upload(*, actor: Actor, upload: SheetUpload) -> SheetUpload:
    """Write what was shown, at once or by a job; refuses what has problems or is written already.

    A refusal because the books have changed meanwhile leaves the file as it is.
    """
    step = require_step(actor, upload.step)
    with transaction.atomic():
        locked = SheetUpload.objects.select_for_update().get(pk=upload.pk)
        _writable(actor, locked)
        if len(uploads.content_of(locked) or b"") > AT_ONCE:
            _order(actor, locked, step, dry_run=False)
            return locked
        return write_upload(actor=actor, upload=locked)


def _writable(actor: Actor, upload: SheetUpload) -> None:
    if upload.uploaded_by_id != actor.user_id:
        raise RefusedError(_("只有上传的人可以导入这个文件。"))
    if upload.written_at is not None or upload.sealed is None:
        raise RefusedError(_("这个文件已经导入过，或已过期清除。"), remedy=_("请重新上传。"))
    if upload.outcome.get("problem_count", 1):
        raise RefusedError(_("这个文件还有问题，不能导入。"), remedy=_("请改正后重新上传。"))


def write_upload(
    *, actor: Actor, upload: SheetUpload, progress: records.Progress = records.silent
) -> SheetUpload:
    """Write the file in one transaction with its audit entry, and forget its content."""
    step = step_of(upload.step)
    content = uploads.content_of(upload)
    if content is None:
        return upload
    with transaction.atomic():
        outcome = records.settle(
            actor=actor,
            key=upload.step,
            sheet=step.sheet,
            content=content,
            rules=chosen_rules(),
            seen=upload.outcome["fingerprint"],
            progress=progress,
        )
        upload.outcome = outcome.as_json()
        if outcome.written:
            upload.written_at, upload.sealed = timezone.now(), None
        upload.save(update_fields=["outcome", "written_at", "sealed"])
        if outcome.written:
            _trace(actor, upload, outcome)
    return upload


def show_upload(*, actor: Actor, upload: SheetUpload, progress: records.Progress) -> SheetUpload:
    """Read a large file for its page."""
    step = step_of(upload.step)
    content = uploads.content_of(upload)
    if content is not None:
        outcome = records.preview(
            actor=actor, sheet=step.sheet, content=content, rules=chosen_rules(), progress=progress
        )
        upload.outcome = outcome.as_json()
        upload.save(update_fields=["outcome"])
    return upload


def _trace(actor: Actor, upload: SheetUpload, outcome: RecordOutcome) -> None:
    payload: dict[str, Any] = {
        "title": str(step_of(upload.step).title),
        "document": upload.file_name,
        "digest": upload.digest,
        "rows": outcome.rows,
        "created": outcome.new,
        "updated": outcome.changed,
        "unchanged": outcome.unchanged,
    }
    record(actor=actor, verb="first_day.import", subject=upload.subject, payload=payload)


def enter_record(*, actor: Actor, key: str, cells: dict[str, str], seen: str = "") -> RecordOutcome:
    """One record typed by hand; what would change something known is shown before (`seen`)."""
    step = require_step(actor, key)
    return records.enter(
        actor=actor, key=key, sheet=step.sheet, cells=cells, rules=chosen_rules(), seen=seen
    )


def _throw_away_old() -> None:
    """After a week the file is gone, and of what it said about people only the counts are left."""
    old = SheetUpload.objects.filter(created_at__lt=timezone.now() - KEPT)
    for upload in old.exclude(sealed=None, outcome__changes=[], outcome__problems=[]):
        upload.sealed = None
        upload.outcome = {**upload.outcome, "changes": [], "problems": []}
        upload.save(update_fields=["sealed", "outcome"])
