"""The ledger as a workbook, in and out, and its printed forms."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, actor_of, office_view, render_office
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import RefusedError
from assessment_center.spreadsheets import WORKBOOK_TYPE
from exams.equipment import documents, forms, selectors, services, sheets
from exams.equipment.office.ledger import chosen, draw

NOT_FOUND = 404


@office_view(Act.EXAM_ARRANGE)
def import_sheet(request: HttpRequest) -> HttpResponse:
    """The ledger from a workbook: looked through first, or taken over whole."""
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "report": None, "refused": None}
    status = 200
    if request.method == "POST":
        status = UNPROCESSABLE
        if form.is_valid():
            content = form.cleaned_data["file"].read()
            try:
                context["report"] = services.import_ledger(
                    actor=actor_of(request), content=content, dry_run="import" not in request.POST
                )
                status = 200 if context["report"].ok else UNPROCESSABLE
            except RefusedError as refused:
                context["refused"] = refused.refusal
    return render_office(request, "office/exams/equipment/import.html", context, status=status)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    header = content_disposition_header(as_attachment=kind == WORKBOOK_TYPE, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def export(request: HttpRequest) -> HttpResponse:
    """Exactly the lines the list shows with the same filters."""
    found = selectors.ledger(
        words=request.GET.get("words", "").strip()[:80],
        occupation=chosen(request.GET.get("occupation", "")),
    )
    return _file(sheets.ledger_workbook(found), "设备台账.xlsx", WORKBOOK_TYPE)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def template(_request: HttpRequest) -> HttpResponse:
    return _file(sheets.ledger_template(), "设备台账模板.xlsx", WORKBOOK_TYPE)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def print_form(request: HttpRequest, slug: str) -> HttpResponse:
    """A form of a period as PDF; without anything to print, the page says so."""
    form, centre = forms.PeriodForm(request.GET), active_centre()
    if slug not in documents.FORMS or centre is None:
        return _nothing(request)
    if not form.is_valid():
        return draw(request, status=UNPROCESSABLE, period=form)
    content = documents.print_period(
        actor=actor_of(request),
        centre=centre,
        slug=slug,
        first=form.cleaned_data["first"],
        last=form.cleaned_data["last"],
    )
    if content is None:
        return _nothing(request)
    return _file(content, f"{documents.FORMS[slug][0][2]}.pdf", "application/pdf")


def _nothing(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("这段时间没有可以打印的记录。"))
    return draw(request, status=NOT_FOUND)
