"""The archivist's pages: what is filed, filing, closing, checking, reading."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from archives.enums import ItemStatus
from archives.models import ArchiveItem, Volume
from archives.selectors import items_of, volumes_of
from archives.services.filing import close_volume, hold
from archives.year_selectors import year_lines
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.services import archive_batch
from assessment_center.jobs.services import enqueue
from assessment_center.office import act, actor_of, office_view, render_office

FILED = (BatchStatus.COMPLETED, BatchStatus.ARCHIVED)
SHOWN = 500


def _batch(code: str) -> AssessmentBatch:
    return get_object_or_404(AssessmentBatch.objects.select_related("rulebook_version"), code=code)


def _page(batch: AssessmentBatch) -> str:
    return reverse("archives_office:batch", args=[batch.code])


def _page_of(volume: Volume) -> str:
    """The page of the batch, or of the year, whose volume this is."""
    if volume.batch is not None:
        return _page(volume.batch)
    return reverse("archives_office:year", args=[volume.year])


@office_view(Act.ARCHIVE_VIEW, methods=("GET", "HEAD"))
def batches(request: HttpRequest) -> HttpResponse:
    """All batches that can be filed or are, and the years of the centre that are over."""
    context = {
        "batches": AssessmentBatch.objects.filter(status__in=FILED).order_by("-exam_starts"),
        "years": year_lines(timezone.localdate()),
    }
    return render_office(request, "office/archives/list.html", context)


@office_view(Act.ARCHIVE_VIEW, methods=("GET", "HEAD"))
def batch_page(request: HttpRequest, code: str) -> HttpResponse:
    """The volumes of one batch with their items."""
    batch = _batch(code)
    context = {
        "batch": batch,
        "volumes": volumes_of(batch),
        "items": items_of(batch)[:SHOWN],
        "may_file": batch.status in FILED and actor_of(request).may(Act.ARCHIVE_FILE),
        "all_closed": _all_closed(batch),
    }
    return render_office(request, "office/archives/batch.html", context)


def _all_closed(batch: AssessmentBatch) -> bool:
    states = set(batch.volumes.values_list("status", flat=True))
    return states == {"closed"} and batch.status == BatchStatus.COMPLETED


@require_POST
@office_view(Act.ARCHIVE_FILE, methods=("POST",))
def file_now(request: HttpRequest, code: str) -> HttpResponse:
    batch = _batch(code)
    return _order(request, batch, "archives.file", _("归档 %(batch)s") % {"batch": batch.name})


@require_POST
@office_view(Act.ARCHIVE_FILE, methods=("POST",))
def check_now(request: HttpRequest, code: str) -> HttpResponse:
    batch = _batch(code)
    return _order(request, batch, "archives.fixity", _("核验 %(batch)s") % {"batch": batch.name})


def _order(request: HttpRequest, batch: AssessmentBatch, name: str, label: str) -> HttpResponse:
    actor = actor_of(request)
    return act(
        request,
        lambda: enqueue(name, actor=actor, label=label, subject=batch.ref, batch=str(batch.pk)),
        done="",
        back=lambda job: reverse("jobs_office:job", args=[job.pk]),
        otherwise=_page(batch),
    )


@require_POST
@office_view(Act.ARCHIVE_FILE, methods=("POST",))
def close(request: HttpRequest, pk: str) -> HttpResponse:
    volume = get_object_or_404(Volume.objects.select_related("batch"), pk=pk)
    return act(
        request,
        lambda: close_volume(actor=actor_of(request), volume=volume),
        done=_("“%(volume)s”已封卷。") % {"volume": volume.title},
        back=_page_of(volume),
    )


@require_POST
@office_view(Act.ARCHIVE_FILE, methods=("POST",))
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """All volumes are closed: the batch is archived."""
    batch = _batch(code)
    return act(
        request,
        lambda: archive_batch(actor=actor_of(request), batch=batch),
        done=_("批次已归档。"),
        back=_page(batch),
    )


@require_POST
@office_view(Act.ARCHIVE_FILE, methods=("POST",))
def hold_item(request: HttpRequest, pk: str) -> HttpResponse:
    """Put a hold on an item, or lift it."""
    item = get_object_or_404(ArchiveItem.objects.select_related("volume__batch"), pk=pk)
    held = not item.on_hold
    return act(
        request,
        lambda: hold(
            actor=actor_of(request), item=item, reason=request.POST.get("reason", ""), held=held
        ),
        done=_("已冻结。") if held else _("已解除冻结。"),
        back=_page_of(item.volume),
    )


@office_view(Act.ARCHIVE_VIEW, methods=("GET", "HEAD"))
def read(request: HttpRequest, pk: str) -> FileResponse:
    """Open one record; who read what is recorded (ARC-13)."""
    item = get_object_or_404(ArchiveItem, pk=pk, status=ItemStatus.FILED)
    try:
        file = item.file.open("rb")
    except FileNotFoundError as fault:
        raise Http404(_("档案文件不在存储中，请核验。")) from fault
    record(actor=actor_of(request), verb="archive.read", subject=item.ref)
    return FileResponse(file, filename=item.file_name)
