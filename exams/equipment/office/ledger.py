"""The ledger: list, new line, import, export, prints; keepers and plans beside it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import RefusedError
from exams.equipment import documents, forms, selectors, services, sheets
from exams.equipment.basis import articles_now
from exams.equipment.enums import ChangeKind
from exams.models import EquipmentPlan, Keeper

UNPROCESSABLE, NOT_FOUND = 422, 404
PER_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOVES = {
    "approve": gettext_lazy("计划已批准。"),
    "refuse": gettext_lazy("计划未获批准。"),
    "complete": gettext_lazy("计划已办理。"),
}


def home() -> str:
    return reverse("exams_office:equipment")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _page(request: HttpRequest, *, status: int = 200, **bound: Any) -> HttpResponse:
    words = request.GET.get("words", "").strip()[:80]
    chosen = _uuid(request.GET.get("occupation", ""))
    today = timezone.localdate()
    found = selectors.ledger(words=words, occupation=chosen, scrapped="scrapped" in request.GET)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = selectors.lines(found.filter(pk__in=[one.pk for one in page]), today)
    context = {
        "words": words,
        "chosen": chosen,
        "scrapped": "scrapped" in request.GET,
        "page": page,
        "lines": shown,
        "occupations": selectors.occupations_in_ledger(),
        "keepers": selectors.keepers(),
        "plans": selectors.open_plans(),
        "prints": [form for form, _make in documents.FORMS.values()],
        "cited": articles_now("EQP-02"),
        "keeper_cited": articles_now("EQP-01"),
        "plan_cited": articles_now("EQP-09"),
        "keeper_form": forms.KeeperForm(initial={"since": today}),
        "purchase": forms.PurchaseForm(),
        "period": forms.PeriodForm(initial={"first": date(today.year, 1, 1), "last": today}),
        **bound,
    }
    return render_office(request, "office/exams/equipment/ledger.html", context, status=status)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def ledger(request: HttpRequest) -> HttpResponse:
    """The ledger by number, with what keeps a piece from being used today."""
    return _page(request)


@office_view(Act.EXAM_ARRANGE)
def enter(request: HttpRequest) -> HttpResponse:
    """A new line of the ledger."""
    form = forms.LedgerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.enter_equipment(actor=actor_of(request), values=form.cleaned_data),
            done=lambda one: _("%(one)s 已登记。") % {"one": one},
            back=lambda one: reverse("exams_office:equipment_one", args=[one.pk]),
        )
    context = {"form": form, "one": None}
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/exams/equipment/line.html", context, status=status)


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
    header = content_disposition_header(as_attachment=kind == XLSX, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def export(request: HttpRequest) -> HttpResponse:
    """Exactly the lines the list shows with the same filters."""
    found = selectors.ledger(
        words=request.GET.get("words", "").strip()[:80],
        occupation=_uuid(request.GET.get("occupation", "")),
    )
    return _file(sheets.ledger_workbook(found), "设备台账.xlsx", XLSX)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def template(_request: HttpRequest) -> HttpResponse:
    return _file(sheets.ledger_template(), "设备台账模板.xlsx", XLSX)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def print_form(request: HttpRequest, slug: str) -> HttpResponse:
    """A form of a period as PDF; without anything to print, the page says so."""
    form, centre = forms.PeriodForm(request.GET), active_centre()
    if slug not in documents.FORMS or centre is None:
        return _nothing(request)
    if not form.is_valid():
        return _page(request, status=UNPROCESSABLE, period=form)
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
    return _page(request, status=NOT_FOUND)


@office_view(Act.CENTRE_MANAGE, methods=("POST",))
def appoint(request: HttpRequest) -> HttpResponse:
    form = forms.KeeperForm(request.POST)
    if not form.is_valid():
        return _page(request, status=UNPROCESSABLE, keeper_form=form)
    return act(
        request,
        lambda: services.appoint_keeper(actor=actor_of(request), **form.cleaned_data),
        done=lambda made: _("%(name)s 已任设备保管员。") % {"name": made},
        back=home(),
    )


@office_view(Act.CENTRE_MANAGE, methods=("POST",))
def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    keeper = get_object_or_404(Keeper, pk=pk)
    return act(
        request,
        lambda: services.dismiss_keeper(
            actor=actor_of(request), keeper=keeper, on=timezone.localdate()
        ),
        done=_("保管员已离任。"),
        back=home(),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def purchase(request: HttpRequest) -> HttpResponse:
    """A plan to buy something that is not in the ledger yet."""
    form = forms.PurchaseForm(request.POST)
    if not form.is_valid():
        return _page(request, status=UNPROCESSABLE, purchase=form)
    return act(
        request,
        lambda: services.ask_plan(
            actor=actor_of(request), kind=ChangeKind.PURCHASE, **form.cleaned_data
        ),
        done=_("购置计划已提出，待负责人批准。"),
        back=home(),
    )


@office_view((Act.EXAM_ARRANGE, Act.EQUIPMENT_APPROVE), methods=("POST",))
def plan(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """A plan approved, refused, or carried out."""
    found = get_object_or_404(EquipmentPlan.objects.select_related("equipment"), pk=pk)

    def do() -> EquipmentPlan:
        if move == "complete":
            return services.complete_plan(actor=actor_of(request), plan=found)
        if move not in MOVES:
            raise RefusedError(_("没有这个步骤。"))
        return services.decide_plan(
            actor=actor_of(request),
            plan=found,
            approved=move == "approve",
            reason=request.POST.get("reason", "")[:200],
        )

    return act(request, do, done=lambda _one: str(MOVES[move]), back=home())
