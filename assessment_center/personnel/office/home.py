"""The list of the staff with the lights of cards and contracts, and what is printed of it."""

import io
import zipfile
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.office import (
    MenuLink,
    act,
    actor_of,
    menu_links,
    office_view,
    render_office,
)
from assessment_center.personnel import standing
from assessment_center.personnel.documents import find
from assessment_center.personnel.enums import Grade, Light
from assessment_center.personnel.forms import GRADES, SignForm
from assessment_center.personnel.labels import LIGHT_LABELS
from assessment_center.personnel.policies import hire_cited, rules_for
from assessment_center.personnel.services import hire_missing
from assessment_center.registry.entries import record_documents

A_PAGE = 40
LISTS = ("card-sheets", "expert-list", "staff-filing")
UNHIRED = "unhired"

menu_links.register(
    "personnel",
    MenuLink("centre", gettext_lazy("考务人员"), "personnel_office:home", Act.PEOPLE_VIEW),
    order=50,
)
menu_links.register(
    "training",
    MenuLink("centre", gettext_lazy("培训"), "personnel_office:training", Act.PEOPLE_VIEW),
    order=52,
)


def _states() -> list[tuple[str, str, int]]:
    words = {
        Light.ENDING: _("60 天内到期"),
        Light.EXPIRED: str(LIGHT_LABELS[Light.EXPIRED]),
        UNHIRED: _("没有聘任合同"),
    }
    return [
        (value, word, standing.cards_in(value).values("member").distinct().count())
        for value, word in words.items()
    ]


@office_view(Act.PEOPLE_VIEW, methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    """Everybody who serves, by grade, with what is ending or wanting."""
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "grade", "state")}
    today = timezone.localdate()
    rows = standing.members(asked["q"], asked["grade"], asked["state"])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    rules = rules_for(today)
    forms = map(record_documents.get, LISTS)
    context = {
        "asked": asked,
        "page": page,
        "lines": standing.lines(page.object_list, today),
        "counts": standing.counts(today),
        "states": _states(),
        "grades": GRADES,
        "cited": hire_cited(rules, Grade.ASSESSOR),
        "sign": SignForm(),
        "prints": [form for form in forms if form],
    }
    return render_office(request, "office/personnel/home.html", context)


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def hire_all(request: HttpRequest) -> HttpResponse:
    """A contract for everybody who wants one."""
    back = f"{reverse('personnel_office:home')}?state={UNHIRED}"
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填签订日期。"))
        return redirect(back)
    signed = form.cleaned_data["signed_on"]
    return act(
        request,
        lambda: hire_missing(
            actor=actor_of(request), cards=standing.unhired(signed), signed_on=signed
        ),
        done=lambda made: _("已签订聘任合同 %(n)s 份。") % {"n": made},
        back=reverse("personnel_office:home"),
    )


@office_view(Act.PEOPLE_VIEW, methods=("GET",))
def print_form(request: HttpRequest, slug: str, pk: UUID | None = None) -> HttpResponse:
    """One printed form; the trail records it."""
    kind, about = record_documents.get(slug), find(slug, pk)
    if kind is None:
        raise Http404
    actor = actor_of(request)
    parts = list(kind.render(about, actor))
    if not parts:
        messages.warning(request, _("“%(form)s”还没有可以打印的内容。") % {"form": kind.label})
        return redirect("personnel_office:home")
    if about is not None:
        record(
            actor=actor,
            verb="printed.render",
            subject=about.subject,
            payload={"form": kind.slug, "parts": len(parts)},
        )
    return _sent(parts)


def _sent(parts: list[tuple[str, bytes]]) -> HttpResponse:
    """A single form opens in the browser, several come in one file."""
    stem, content = parts[0]
    name, kind, attached = f"{stem}.pdf", "application/pdf", False
    if len(parts) > 1:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as folder:
            for each, data in parts:
                folder.writestr(f"{each}.pdf", data)
        name, kind, content, attached = f"{stem}.zip", "application/zip", target.getvalue(), True
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(attached, name) or ""
    return response
