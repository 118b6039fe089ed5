"""A department's registration sheet: template, trial with its report, import; all as jobs."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import enqueue
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.people.reach import reach_of
from assessment_center.registry import Actor
from assessment_center.spreadsheets import WORKBOOK_TYPE, template
from candidates import photo_vault, vault
from candidates.forms import SheetForm
from candidates.models import ReportPackage
from candidates.portal.status import file_response
from candidates.services.importing import may_import
from candidates.services.reporting import open_package
from candidates.sheets import applications_sheet
from candidates.tasks import IMPORT

MAX_BYTES = 5 * 1024 * 1024
MAX_PHOTOS = 500 * 1024 * 1024


@office_view(Act.APPLICATION_ENTER)
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Upload a sheet; it is tried first."""
    batch = batch_by_code(code)
    form = SheetForm(request.POST or None, request.FILES or None)
    here = reverse("candidates_office:import", args=[code])
    if request.method == "POST" and form.is_valid():
        files = form.cleaned_data
        return act(
            request,
            lambda: _try(actor_of(request), batch, files["file"], files["photos"]),
            done="",  # the page itself shows how far it is
            back=lambda job: reverse("candidates_office:import_job", args=[code, job.pk]),
            otherwise=here,
        )
    jobs = Job.objects.filter(name=IMPORT, subject_id=batch.pk)
    mine = jobs.filter(ordered_by=request.user.pk)[:10]
    context = {"batch": batch, "form": form, "jobs": mine}
    return render_office(request, "office/candidates/import.html", context)


def _try(
    actor: Actor, batch: AssessmentBatch, sheet: "File[bytes]", photos: "File[bytes] | None"
) -> Job:
    may_import(actor, batch, None)
    if (sheet.size or 0) > MAX_BYTES:
        raise ValidationError(_("文件超过 5 MB，请分成几个文件上传。"))
    if photos and (photos.size or 0) > MAX_PHOTOS:
        raise ValidationError(_("照片包超过 500 MB，请分成几个，随同一张表分几次上传。"))
    vault.forget_uploads()
    params = {"token": vault.keep_upload(sheet.read())}
    if photos:
        params["photos"] = photo_vault.keep_photos(photos)
    return order(actor, batch, params, dry_run=True)


def order(actor: Actor, batch: AssessmentBatch, kept: dict[str, str], *, dry_run: bool) -> Job:
    """Order the trial or the import of what is kept under these tokens."""
    label = _("试读集中报名表") if dry_run else _("导入集中报名表")
    params: dict[str, Any] = {"batch": str(batch.pk), "dry_run": dry_run, **kept}
    return enqueue(
        IMPORT,
        actor=actor,
        label=label,
        subject=batch.subject,
        **params,
    )


def _job(request: HttpRequest, code: str, pk: UUID) -> tuple[AssessmentBatch, Job]:
    batch = batch_by_code(code)
    jobs = Job.objects.filter(name=IMPORT, subject_id=batch.pk, ordered_by=request.user.pk)
    return batch, get_object_or_404(jobs, pk=pk)


@office_view(Act.APPLICATION_ENTER)
def job_page(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Progress, then the report row by row, then the button that imports."""
    batch, job = _job(request, code, pk)
    told = job.result
    ready = job.status == "done" and job.params["dry_run"] and not told["problem_count"]
    ready = ready and any(told.get(key) for key in ("new", "changed", "photos"))
    context = {
        "batch": batch,
        "job": job,
        "running": job.status in {"queued", "running"},
        "importable": ready and vault.read_upload(job.params["token"]) is not None,
    }
    part = "import_state" if request.headers.get("HX-Request") else "import_job"
    return render_office(request, f"office/candidates/{part}.html", context)


@office_view(Act.APPLICATION_ENTER)
@post_required
def commit(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    batch, job = _job(request, code, pk)
    kept = {key: job.params[key] for key in ("token", "photos") if key in job.params}
    return act(
        request,
        lambda: order(actor_of(request), batch, kept, dry_run=False),
        done="",
        back=lambda made: reverse("candidates_office:import_job", args=[code, made.pk]),
        otherwise=reverse("candidates_office:import_job", args=[code, job.pk]),
    )


@office_view(Act.APPLICATION_ENTER)
def sheet_template(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet to fill in, with the drop-downs of this batch."""
    batch = batch_by_code(code)
    spec = applications_sheet(batch, reach_of(actor_of(request), Act.APPLICATION_ENTER))
    return file_response(template(spec), WORKBOOK_TYPE, f"{spec.title}-{batch.code}.xlsx")


@office_view(Act.REPORT)
def package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The files of a report to the authority."""
    found = ReportPackage.objects.select_related("report__batch").filter(pk=pk).first()
    if found is None:
        raise Http404
    content = open_package(actor=actor_of(request), package=found)
    return file_response(content, "application/zip", f"{found.report.batch.code}.zip")


@office_view(Act.REPORT)
def packages(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    rows = ReportPackage.objects.filter(report__batch=batch).select_related("report")
    context = {"batch": batch, "rows": rows}
    return render_office(request, "office/candidates/packages.html", context)
