"""Pages about full ID numbers: finding by one, seeing one, and who has seen which."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from assessment_center.accounts.enums import Act
from assessment_center.office import (
    UNPROCESSABLE,
    MenuLink,
    actor_of,
    menu_links,
    office_view,
    refusal_text,
    render_office,
)
from assessment_center.people import selectors, services
from assessment_center.people.forms import NumberForm, RevealForm
from assessment_center.people.labels import place_word
from assessment_center.people.models import Disclosure, Person
from assessment_center.people.reach import covers_student
from assessment_center.registry import RefusedError

A_PAGE = 50
NAMED = 12
READERS = (Act.PEOPLE_VIEW, Act.APPLICATION_VIEW)

menu_links.register(
    "people_find",
    MenuLink("centre", _("按证件号码查找"), "people_office:find", Act.PEOPLE_VIEW),
    order=60,
)
menu_links.register(
    "disclosures",
    MenuLink("centre", _("证件号码使用记录"), "people_office:disclosures", Act.DISCLOSURE_VIEW),
    order=95,
)


@never_cache
@sensitive_post_parameters("number")
@sensitive_variables("form")
@office_view(Act.PEOPLE_VIEW)
def find(request: HttpRequest) -> HttpResponse:
    """Whose number this is; it is asked for by POST and answered without being shown again."""
    form = NumberForm(request.POST or None)
    found: list[Person] | None = None
    if request.method == "POST" and form.is_valid():
        rows = selectors.by_full_number(form.cleaned_data["number"])
        found = list(rows.select_related("student__school_class__department"))
        form = NumberForm()
    return render_office(request, "office/people/find.html", {"form": form, "found": found})


@never_cache
@office_view(READERS)
def reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person's full number, for a reason that is kept."""
    person, actor = get_object_or_404(Person, pk=pk), actor_of(request)
    if not actor.may(Act.PEOPLE_VIEW) and not covers_student(actor, Act.APPLICATION_VIEW, person):
        raise Http404
    form = RevealForm(request.POST or None)
    number = ""
    if request.method == "POST" and form.is_valid():
        try:
            number = services.reveal_id(
                actor=actor, person=person, reason=form.cleaned_data["reason"]
            )
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
    context = {"person": person, "form": form, "number": number}
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/people/reveal.html", context, status=status)


@office_view(Act.DISCLOSURE_VIEW, methods=("GET", "HEAD"))
def disclosures(request: HttpRequest) -> HttpResponse:
    """Who saw whose full number, when, how and why."""
    asked = {key: request.GET.get(key, "").strip() for key in ("actor", "person", "since", "until")}
    page = Paginator(chosen(asked), A_PAGE).get_page(request.GET.get("page"))
    names = _names(page.object_list)
    rows = [
        (
            row,
            row.purpose or place_word(row.place),
            [names[key] for key in row.people[:NAMED] if key in names],
        )
        for row in page
    ]
    context = {"asked": asked, "page": page, "rows": rows, "named": NAMED}
    return render_office(request, "office/people/disclosures.html", context)


def chosen(asked: dict[str, str]) -> QuerySet[Disclosure]:
    """The entries by who saw, whose number, and days."""
    rows = Disclosure.objects.all()
    if asked["actor"]:
        rows = rows.filter(actor_label__icontains=asked["actor"])
    if asked["person"]:
        people = list(selectors.search(asked["person"]).values_list("pk", flat=True)[:200])
        rows = rows.filter(people__overlap=people)
    for key, field in (("since", "created_at__date__gte"), ("until", "created_at__date__lte")):
        day = _day(asked[key])
        rows = rows.filter(**{field: day}) if day else rows
    return rows


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _names(rows: Iterable[Disclosure]) -> dict[UUID, Person]:
    keys = {key for row in rows for key in row.people[:NAMED]}
    return Person.objects.only("name", "id_masked").in_bulk(keys)
