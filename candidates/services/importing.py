"""A department's registration sheet: tried first, then written as a whole or not at all."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.reach import reach_of
from assessment_center.registry import Actor, Refused, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.spreadsheets import read_or_refuse
from candidates import policies
from candidates.enums import ApplicationStatus, Origin
from candidates.models import Application
from candidates.photo_book import PhotoBook
from candidates.services.import_report import ImportReport
from candidates.services.sheet_judging import plan_rows
from candidates.services.sheet_photos import laid_ready
from candidates.services.sheet_plan import Progress
from candidates.services.sheet_writing import write_rows
from candidates.sheets import APPLICATIONS

LIMIT = 5_000


def _silent(_done: int, _total: int, _message: str) -> None:
    """Nobody watches."""


def may_import(
    actor: Actor, batch: AssessmentBatch, received_at: datetime | None
) -> Refused | None:
    """REG-02 and the registration window; raises `RefusedError`.

    After the close a sheet is still taken where applications of earlier sheets were returned:
    the answer then is why everything else in it is refused.
    """
    if not actor.may(Act.APPLICATION_ENTER):
        raise RefusedError(_("您的角色不能集中报名。"))
    proxy = batch.rules.settings.allow_proxy_entry
    if not proxy.value:
        raise RefusedError(
            _("本批次须由考生本人填报，不能集中代填。"), proxy.citations, _("请考生登录填报。")
        )
    at = received_at or timezone.now()
    require(policies.received_already(batch, at))
    window = policies.window_open(batch, at)
    if not isinstance(window, Refused):
        return None
    returned = Application.objects.filter(
        batch=batch, origin=Origin.SHEET, status=ApplicationStatus.RETURNED
    )
    if batch.status not in policies.CORRECTABLE or not returned.exists():
        raise RefusedError(window)
    return window


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold back the search for reference cycles: among thousands of new rows it finds none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
def import_sheet(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    content: bytes,
    photos: IO[bytes] | None = None,
    dry_run: bool = False,
    received_at: datetime | None = None,
    progress: Progress = _silent,
) -> ImportReport:
    """Read, judge and, without problems and unless `dry_run`, write all rows in one transaction.

    Who stands already is corrected where the row says otherwise, so that the same sheet again
    changes nothing. `photos` is a zip of portraits named by ID number. `received_at` is when a
    sheet on paper or by mail came in. Raises `RefusedError` where the file or the time is unfit.
    """
    closed = may_import(actor, batch, received_at)
    sheet = read_or_refuse(content, APPLICATIONS, limit_rows=LIMIT)
    report = ImportReport()
    report.begin(sheet)
    plan = plan_rows(
        batch=batch,
        rows=sheet.rows,
        received_at=received_at,
        closed=closed,
        progress=progress,
        reach=reach_of(actor, Act.APPLICATION_ENTER),
    )
    report.add(plan.problems)
    for row in plan.rows:
        if row.number in sheet.hidden:
            row.remark = _("表格里这一行是隐藏的，也一并读入。") + row.remark
    with ExitStack() as stack:
        laid = None
        if photos is not None:
            book = PhotoBook(photos)
            ready = laid_ready(book, plan.rows, batch=batch, dry_run=dry_run, progress=progress)
            laid = stack.enter_context(ready)
            if report.ok:
                book.tell_strays(row.values["id_number"] for row in plan.rows)
            report.add(book.problems)
        pictures = laid.portraits if laid else []
        report.count(plan.rows, pictures)
        if report.ok and not dry_run:
            progress(0, len(plan.rows), _("正在写入"))
            write_rows(actor=actor, batch=batch, rows=plan.rows, portraits=pictures)
            report.written = True
            if laid:
                laid.kept = True
    return report
