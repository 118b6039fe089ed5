"""Pages of the batches: the list, the cockpit, its printed forms and its trail."""

import io
import zipfile
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches import cockpit
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import actor_of, office_view, render_office

A_PAGE = 10
TRAIL_PAGE = 50


@office_view(Act.BATCH_VIEW)
def batch_list(request: HttpRequest) -> HttpResponse:
    """Every batch as a card with its rail; the ones under way first."""
    batches = AssessmentBatch.objects.select_related("rulebook_version", "centre", "plan")
    page = Paginator(
        batches.prefetch_related("offerings__occupation", "offerings__job"), A_PAGE
    ).get_page(request.GET.get("page"))
    actor = actor_of(request)
    cards = []
    for batch in page:
        rail = cockpit.rail_of(batch, actor)
        cards.append(
            {
                "batch": batch,
                "rail": rail,
                "present": cockpit.present(rail),
                "offered": cockpit.offered(batch),
            }
        )
    return render_office(request, "office/batches/list.html", {"cards": cards, "page": page})


def _frame(request: HttpRequest, batch: AssessmentBatch) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "batch": batch,
        "offered": cockpit.offered(batch),
        "tabs": cockpit.tabs_of(batch, actor, request.path),
    }


def _batch(code: str) -> AssessmentBatch:
    found = batch_by_code(code)
    prefetch_related_objects([found], "offerings__occupation", "offerings__job")
    return found


@office_view(Act.BATCH_VIEW)
def batch_page(request: HttpRequest, code: str) -> HttpResponse:
    """The cockpit: where the batch stands, what blocks it, the one button."""
    batch, actor = _batch(code), actor_of(request)
    rail = cockpit.rail_of(batch, actor)
    context = {
        "rail": rail,
        "stage": cockpit.chosen(rail, request.GET.get("stage")),
        "present": cockpit.present(rail),
        "done_stages": sum(stop.view.state == "done" for stop in rail),
        "side_cards": list(cockpit.side_cards(batch, actor)),
        "jobs": cockpit.jobs_of(batch),
    }
    return render_office(
        request, "office/batches/batch.html", {**_frame(request, batch), **context}
    )


@office_view(Act.BATCH_VIEW, methods=("GET",))
def batch_jobs(request: HttpRequest, code: str) -> HttpResponse:
    """The card of the jobs under way, asked for again while one runs."""
    batch = batch_by_code(code)
    context = {"batch": batch, "jobs": cockpit.jobs_of(batch)}
    return render_office(request, "office/batches/jobs.html", context)


@office_view(Act.BATCH_VIEW)
def batch_documents(request: HttpRequest, code: str) -> HttpResponse:
    """The printed forms that the batch's rulebook names."""
    batch = _batch(code)
    context = {"forms": cockpit.forms_of(batch, actor_of(request))}
    return render_office(
        request, "office/batches/documents.html", {**_frame(request, batch), **context}
    )


@office_view(Act.BATCH_VIEW, methods=("GET",))
def batch_print(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """One form: a single part opens in the browser, several come as a zip; the trail records it."""
    batch, actor = batch_by_code(code), actor_of(request)
    kind = next((form for form in cockpit.forms_of(batch, actor) if form.slug == slug), None)
    if kind is None:
        raise Http404
    parts = list(kind.render(batch, actor))
    if not parts:
        messages.warning(request, _("“%(form)s”还没有可以打印的内容。") % {"form": kind.label})
        return redirect("batches_office:documents", code=batch.code)
    record(
        actor=actor,
        verb="printed.render",
        subject=batch.subject,
        payload={"form": kind.slug, "parts": len(parts)},
    )
    if len(parts) == 1:
        return _file(f"{parts[0][0]}.pdf", parts[0][1], "application/pdf", attached=False)
    content = _zipped(parts)
    return _file(f"{batch.code} {kind.label}.zip", content, "application/zip", attached=True)


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as folder:
        for stem, content in parts:
            folder.writestr(f"{stem}.pdf", content)
    return target.getvalue()


def _file(name: str, content: bytes, kind: str, *, attached: bool) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(as_attachment=attached, filename=name)
    response.headers["Content-Disposition"] = disposition or "inline"
    return response


@office_view(Act.AUDIT_VIEW)
def batch_trail(request: HttpRequest, code: str) -> HttpResponse:
    """What was done to the batch, by whom and when."""
    batch = _batch(code)
    page = Paginator(cockpit.trail_of(batch), TRAIL_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "entries": page.object_list}
    return render_office(
        request, "office/batches/trail.html", {**_frame(request, batch), **context}
    )
