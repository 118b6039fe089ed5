"""From a sheet of paper to its record: a code that is scanned or typed opens it."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.office import actor_of, office_view, render_office, see
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry.entries import subject_urls

TAIL = re.compile(r"[^/\s]*$")
SHOWN_VERSIONS = 20


@office_view(Act.HOME)
def find(request: HttpRequest) -> HttpResponse:
    """A field for the code: typed from the corner, or read by a scanner that types its address."""
    if request.method == "POST":
        tail = TAIL.search(request.POST.get("code", "").strip())
        code = tail.group() if tail else ""
        if code:
            return see(reverse("paper_office:sheet", args=[code.upper()[:16]]))
        messages.error(request, _("请填写纸角上的编码。"))
    return render_office(request, "office/paper/find.html", {})


@office_view(Act.HOME, methods=("GET", "HEAD"))
def scanned(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the corner's code: a sheet that is current opens its record at once."""
    sheet = _sheet(code)
    if sheet is None or sheet.is_outdated:
        return redirect("paper_office:sheet", code=code)
    return redirect(_record(sheet, request) or reverse("paper_office:sheet", args=[code]))


@office_view(Act.HOME, methods=("GET", "HEAD"))
def sheet_page(request: HttpRequest, code: str) -> HttpResponse:
    """What the sheet is, whether it is still true, its versions, and the way to its record."""
    sheet = _sheet(code)
    context: dict[str, object] = {"code": code, "sheet": sheet}
    if sheet is not None:
        versions = PrintedSheet.objects.filter(
            slug=sheet.slug, subject_kind=sheet.subject_kind, subject_id=sheet.subject_id
        ).order_by("-version")
        context |= {
            "versions": versions[:SHOWN_VERSIONS],
            "newest": versions.first(),
            "batch": _batch(sheet),
            "record": _record(sheet, request),
        }
    status = 200 if sheet else 404
    return render_office(request, "office/paper/sheet.html", context, status=status)


def _sheet(code: str) -> PrintedSheet | None:
    return PrintedSheet.objects.filter(code=code.upper()).first()


def _batch(sheet: PrintedSheet) -> AssessmentBatch | None:
    if sheet.batch_id is None:
        return None
    return AssessmentBatch.objects.filter(pk=sheet.batch_id).first()


def _record(sheet: PrintedSheet, request: HttpRequest) -> str:
    """Where the record stands, for who may see batches; empty where no page shows it."""
    way = subject_urls.get(sheet.subject_kind)
    if way is not None:
        return way(sheet.subject_id)
    batch = _batch(sheet)
    if batch is None or not actor_of(request).may(Act.BATCH_VIEW):
        return ""
    return reverse("batches_office:batch", args=[batch.code])
