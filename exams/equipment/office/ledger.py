"""The ledger: list, new line, import, export, prints; keepers and plans beside it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from exams.equipment import documents, forms, selectors, services
from exams.equipment.basis import articles_now

PER_PAGE = 50


def home() -> str:
    return reverse("exams_office:equipment")


def chosen(text: str) -> UUID | None:
    """The occupation of a filter; None for none and for nonsense."""
    try:
        return UUID(text)
    except ValueError:
        return None


def draw(request: HttpRequest, *, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of the ledger; `bound` are forms that were sent in with faults."""
    words = request.GET.get("words", "").strip()[:80]
    wanted = chosen(request.GET.get("occupation", ""))
    today = timezone.localdate()
    found = selectors.ledger(words=words, occupation=wanted, scrapped="scrapped" in request.GET)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = selectors.lines(found.filter(pk__in=[one.pk for one in page]), today)
    context = {
        "words": words,
        "chosen": wanted,
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
    return draw(request)


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
