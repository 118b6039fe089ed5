"""The office's table of related occupations: which count, by what source, entered by whom."""

from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.catalog.enums import StandardStatus
from assessment_center.catalog.models import OccupationalStandard, RelatedOccupation
from assessment_center.catalog.selectors import occupation_named
from assessment_center.catalog.services import relate_occupation, unrelate_occupation
from assessment_center.office import (
    MenuLink,
    act,
    actor_of,
    menu_links,
    office_view,
    post_required,
    render_office,
)

menu_links.register(
    "related_occupations",
    MenuLink("centre", gettext_lazy("相关职业"), "catalog_office:related", Act.BATCH_VIEW),
    order=70,
)


class RelatedForm(forms.Form):
    standard = forms.ModelChoiceField(
        label=gettext_lazy("职业标准"), queryset=OccupationalStandard.objects.none()
    )
    occupation = forms.CharField(
        label=gettext_lazy("相关职业"),
        max_length=80,
        help_text=gettext_lazy("写名称或职业编码，须在职业分类大典中。"),
    )
    source = forms.CharField(
        label=gettext_lazy("出处"),
        max_length=200,
        help_text=gettext_lazy("如“电工国家职业标准（2022 年版）附表”。"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["standard"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = _current()


def _current() -> QuerySet[OccupationalStandard]:
    current = OccupationalStandard.objects.filter(status=StandardStatus.CURRENT)
    return current.select_related("occupation", "job").order_by("occupation__code", "job__name")


@office_view(Act.BATCH_VIEW)
def related(request: HttpRequest) -> HttpResponse:
    """The table; who keeps the catalogue adds to it here."""
    form = RelatedForm(request.POST or None)
    here = reverse("catalog_office:related")
    actor = actor_of(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return act(
            request,
            lambda: relate_occupation(
                actor=actor,
                standard=given["standard"],
                occupation=occupation_named(given["occupation"]),
                source=given["source"],
            ),
            done=_("相关职业已登记。"),
            back=here,
        )
    rows = RelatedOccupation.objects.select_related(
        "standard__occupation", "standard__job", "occupation", "entered_by"
    )
    context = {
        "form": form,
        "rows": rows.order_by("standard__occupation__code", "occupation__code"),
        "keeps": actor.may(Act.CENTRE_MANAGE),
    }
    return render_office(request, "office/catalog/related.html", context)


@office_view(Act.CENTRE_MANAGE)
@post_required
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = get_object_or_404(RelatedOccupation, pk=pk)
    return act(
        request,
        lambda: unrelate_occupation(
            actor=actor_of(request), related=row, reason=request.POST.get("reason", "")
        ),
        done=_("已删去。"),
        back=reverse("catalog_office:related"),
    )
