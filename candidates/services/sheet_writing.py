"""Writing the rows of a department's sheet: new ones in bulk, corrections, portraits; all or none.

Each person, student and application keeps its own entry in the trail, as if entered one by one.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record, record_many
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.bulk import NewStudent, enrol_many, save_people
from assessment_center.people.selectors import status_in
from assessment_center.registry import Actor, RefusedError, SubjectRef
from assessment_center.registry.copying import copy_in
from candidates.enums import ApplicationStatus, Origin
from candidates.models import Application
from candidates.services.numbering import last_serial
from candidates.services.sheet_correcting import correct, lock
from candidates.services.sheet_photos import Portrait
from candidates.services.sheet_plan import CHUNK, PlannedRow


@transaction.atomic
def write_rows(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    rows: Sequence[PlannedRow],
    portraits: Sequence[Portrait],
) -> None:
    """Write what was planned; refuses where somebody else has been faster than the plan."""
    locked = AssessmentBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    locked.rules = batch.rules
    fresh = [row for row in rows if row.standing is None]
    changed = [row for row in rows if row.standing is not None and row.changes]
    standing = lock(changed)
    _place(portraits, standing)
    _enter(actor, locked, fresh)
    correct(actor, changed, standing)
    _trace_portraits(actor, portraits)
    record(
        actor=actor,
        verb="application.import",
        subject=batch.subject,
        payload={"rows": len(rows), "new": len(fresh), "changed": len(changed)},
    )


def _place(portraits: Sequence[Portrait], standing: dict[Any, Application]) -> None:
    """Put the portraits into their applications; those they replace go after the commit."""
    for each in portraits:
        application = each.row.application
        if each.row.standing is not None:
            application = standing[each.row.standing.pk]
            if application.photo:
                older = str(application.photo.name)
                transaction.on_commit(partial(default_storage.delete, older))
        assert application is not None  # a new row always has one
        application.photo.name = each.name


def _enter(actor: Actor, batch: AssessmentBatch, rows: Sequence[PlannedRow]) -> None:
    serial = last_serial(batch)
    by_candidate = bool(batch.rules.settings.double_commitment.value)
    saved: set[Any] = set()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        _settle_people(actor, batch, chunk, saved)
        entered = [row.application for row in chunk if row.application]
        for application in entered:
            application.entered_by_id = actor.user_id
            if not by_candidate and application.origin == Origin.SHEET:
                serial += 1
                _hand_in(application, f"{batch.code}-{serial:05d}")
        try:
            with transaction.atomic():
                copy_in(Application, entered)
        except IntegrityError as fault:
            raise RefusedError(
                _("其中有人刚刚报了同一项目。"), remedy=_("请重新上传并试读，已报的不会重复。")
            ) from fault
        record_many(
            actor=actor,
            verb="application.enter",
            subjects=[_trace(application) for application in entered],
        )


def _settle_people(
    actor: Actor, batch: AssessmentBatch, rows: Sequence[PlannedRow], saved: set[Any]
) -> None:
    """Save the people met for the first time, and enrol those who are students now."""
    fresh = {
        row.person.pk: row.person
        for row in rows
        if not row.person_known and row.person.pk not in saved
    }
    save_people(actor=actor, made=list(fresh.values()))
    saved.update(fresh)
    students = [
        NewStudent(
            row.person,
            row.enrol_in,
            row.values["student_number"],
            status_in(row.enrol_in, batch.exam_starts),
        )
        for row in rows
        if row.enrol_in is not None and row.values["student_number"]
    ]
    enrol_many(actor=actor, students=students)


def _hand_in(application: Application, number: str) -> None:
    """As entered by the office an application comes in at once; a draft waits for its candidate."""
    application.status = ApplicationStatus.SUBMITTED
    application.number = number
    application.submitted_at = application.received_at or timezone.now()


def _trace(application: Application) -> tuple[SubjectRef, dict[str, Any]]:
    facts = {"to": application.status, "number": application.number, "sheet": True}
    return application.ref, facts


def _trace_portraits(actor: Actor, portraits: Sequence[Portrait]) -> None:
    subjects = [
        (application.ref, {"sha256": each.digest, "sheet": True})
        for each in portraits
        if (application := each.row.standing or each.row.application)
    ]
    record_many(actor=actor, verb="application.set_photo", subjects=subjects)
