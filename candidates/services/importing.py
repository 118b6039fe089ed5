"""A department's registration sheet: tried first, then written as a whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record, record_many
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.bulk import NewPerson, NewStudent, enrol_many, enter_people
from assessment_center.people.models import Person, SchoolClass
from assessment_center.people.reach import reach_of
from assessment_center.people.selectors import status_in
from assessment_center.registry import Actor, RefusedError, SubjectRef
from assessment_center.registry.outcomes import require
from assessment_center.spreadsheets import ImportOutcome, read_or_refuse
from candidates import policies
from candidates.enums import ApplicationStatus
from candidates.models import Application
from candidates.services.registration import last_serial
from candidates.services.sheet_rows import (
    CHUNK,
    PlannedRow,
    Progress,
    SheetPlan,
    plan_rows,
)
from candidates.sheets import APPLICATIONS

LIMIT = 5_000


@dataclass(slots=True)
class ImportReport(ImportOutcome):
    """What a sheet would do or did: how many applications are new, how many stood already."""

    new: int = 0
    unchanged: int = 0


def _silent(_done: int, _total: int, _message: str) -> None:
    """Nobody watches."""


def may_import(actor: Actor, batch: AssessmentBatch, received_at: datetime | None) -> None:
    """REG-02 and the registration window; raises `RefusedError`."""
    if not actor.may(Act.APPLICATION_ENTER):
        raise RefusedError(_("您的角色不能集中报名。"))
    proxy = batch.rules.settings.allow_proxy_entry
    if not proxy.value:
        raise RefusedError(
            _("本批次须由考生本人填报，不能集中代填。"), proxy.citations, _("请考生登录填报。")
        )
    now = timezone.now()
    require(policies.received_already(batch, received_at or now))
    require(policies.window_open(batch, received_at or now))


def import_sheet(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    content: bytes,
    dry_run: bool = False,
    received_at: datetime | None = None,
    progress: Progress = _silent,
) -> ImportReport:
    """Read, judge and, without problems and unless `dry_run`, write all rows in one transaction.

    A person who already has a live application for the same is left as he is, so uploading the
    sheet again adds nothing. `received_at` is when a sheet on paper or by mail came in, for one
    entered after the close. Raises `RefusedError` where the file or the time is unfit.
    """
    may_import(actor, batch, received_at)
    sheet = read_or_refuse(content, APPLICATIONS, limit_rows=LIMIT)
    report = ImportReport()
    report.begin(sheet)
    plan = plan_rows(
        batch=batch,
        rows=sheet.rows,
        received_at=received_at,
        progress=progress,
        reach=reach_of(actor, Act.APPLICATION_ENTER),
    )
    report.add(plan.problems)
    fresh = [row for row in plan.rows if not row.unchanged]
    report.new, report.unchanged = len(fresh), len(plan.rows) - len(fresh)
    if report.ok and not dry_run:
        progress(0, len(fresh), _("正在写入"))
        _write(actor=actor, batch=batch, plan=plan, rows=fresh)
        report.written = True
    return report


@transaction.atomic
def _write(
    *, actor: Actor, batch: AssessmentBatch, plan: SheetPlan, rows: list[PlannedRow]
) -> None:
    locked = AssessmentBatch.objects.select_for_update(no_key=True).get(pk=batch.pk)
    known: dict[Any, Person] = {}
    serial = last_serial(locked)
    by_candidate = bool(batch.rules.settings.double_commitment.value)
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        _settle_people(actor, chunk, known, batch)
        for row in chunk:
            _number(row.application, batch, actor, serial + 1, draft=by_candidate)
            serial += 0 if by_candidate else 1
        Application.objects.bulk_create(row.application for row in chunk)
        record_many(
            actor=actor,
            verb="application.enter",
            subjects=[_trace(row.application) for row in chunk],
        )
    record(
        actor=actor,
        verb="application.import",
        subject=batch.subject,
        payload={"rows": len(plan.rows), "new": len(rows)},
    )


def _settle_people(
    actor: Actor, chunk: list[PlannedRow], known: dict[Any, Person], batch: AssessmentBatch
) -> None:
    """Put saved people in place of those imagined while judging; enrol the new students."""
    fresh: dict[Any, PlannedRow] = {}
    for row in chunk:
        key = row.application.person.pk
        if not row.person_known and key not in known:
            fresh.setdefault(key, row)
    entered = enter_people(
        actor=actor,
        people=[
            NewPerson(
                row.values["name"],
                row.values["id_kind"],
                row.values["id_number"],
                row.values["phone"] or "",
            )
            for row in fresh.values()
        ],
    )
    known.update(zip(fresh, entered, strict=True))
    students = []
    for row in chunk:
        imagined = row.application.person.pk
        row.application.person = known.get(imagined, row.application.person)
        if row.enrol_in is not None and row.values["student_number"]:
            students.append(_student(row, row.enrol_in, batch))
    enrol_many(actor=actor, students=students)


def _student(row: PlannedRow, school_class: SchoolClass, batch: AssessmentBatch) -> NewStudent:
    status = status_in(school_class, batch.exam_starts)
    return NewStudent(row.application.person, school_class, row.values["student_number"], status)


def _number(
    application: Application, batch: AssessmentBatch, actor: Actor, serial: int, *, draft: bool
) -> None:
    """As entered by the office an application comes in at once; a draft waits for its candidate."""
    application.entered_by_id = actor.user_id
    if draft:
        return
    application.status = ApplicationStatus.SUBMITTED
    application.number = f"{batch.code}-{serial:05d}"
    application.submitted_at = application.received_at or timezone.now()


def _trace(application: Application) -> tuple[SubjectRef, dict[str, Any]]:
    facts = {"to": application.status, "number": application.number, "sheet": True}
    return application.ref, facts
