"""The office's tariff: what each level costs, since when, by which document, entered by whom."""

from itertools import groupby
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.catalog.labels import LEVEL_LABELS, NO_LEVEL_LABEL, SUBJECT_LABELS
from assessment_center.catalog.models import FeeRate
from assessment_center.catalog.rules.tariff import in_force
from assessment_center.catalog.selectors import occupation_named
from assessment_center.catalog.services import set_rate
from assessment_center.office import (
    MenuLink,
    act,
    actor_of,
    menu_links,
    office_view,
    render_office,
)

HUNDRED = 100
menu_links.register(
    "fee_rates",
    MenuLink("centre", gettext_lazy("收费标准"), "catalog_office:rates", Act.BATCH_VIEW),
    order=71,
)


class RateForm(forms.Form):
    occupation = forms.CharField(
        label=gettext_lazy("职业"),
        max_length=80,
        help_text=gettext_lazy("写名称或职业编码，须在职业分类大典中。"),
    )
    level = forms.TypedChoiceField(
        label=gettext_lazy("等级"),
        choices=[*LEVEL_LABELS.items(), ("", NO_LEVEL_LABEL)],
        coerce=int,
        empty_value=None,
        required=False,
        initial=4,
    )
    subject = forms.ChoiceField(
        label=gettext_lazy("科目"),
        choices=[("", gettext_lazy("不分科目，按整场收费")), *SUBJECT_LABELS.items()],
        required=False,
        help_text=gettext_lazy("按科目收费的，每个科目登记一条；补考只收应考科目的费用。"),
    )
    yuan = forms.DecimalField(
        label=gettext_lazy("收费标准（元）"), min_value=0, max_digits=8, decimal_places=2
    )
    valid_from = forms.DateField(
        label=gettext_lazy("起用日期"), widget=forms.DateInput(attrs={"type": "date"})
    )
    basis = forms.CharField(
        label=gettext_lazy("收费依据"),
        max_length=200,
        help_text=gettext_lazy("价格文件的名称和文号，或学校公布的标准。"),
    )
    reason = forms.CharField(label=gettext_lazy("制定或调整的原因"), max_length=200)


@office_view(Act.BATCH_VIEW)
def rates(request: HttpRequest) -> HttpResponse:
    """The tariff with its history; who keeps the catalogue enters the next rate here."""
    form = RateForm(request.POST or None)
    actor = actor_of(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return act(
            request,
            lambda: set_rate(
                actor=actor,
                occupation=occupation_named(given["occupation"]),
                level=given["level"],
                subject=given["subject"],
                amount_cents=int(given["yuan"] * HUNDRED),
                valid_from=given["valid_from"],
                basis=given["basis"],
                reason=given["reason"],
            ),
            done=_("收费标准已登记。"),
            back=reverse("catalog_office:rates"),
        )
    context = {"form": form, "lines": _lines(), "keeps": actor.may(Act.CENTRE_MANAGE)}
    return render_office(request, "office/catalog/rates.html", context)


def _lines() -> list[dict[str, Any]]:
    """For each occupation and level: the rates, newest first, and which of them are in force."""
    today = timezone.localdate()
    found = FeeRate.objects.select_related("occupation", "entered_by")
    found = found.order_by("occupation__code", "-level", "-valid_from", "-subject_code")
    lines: list[dict[str, Any]] = []
    for _key, group in groupby(found, key=lambda rate: (rate.occupation_id, rate.level)):
        rates = list(group)
        now = in_force(rates, today)
        title = f"{rates[0].occupation} {rates[0].get_level_display() or ''}".strip()
        by_subject = any(rate.subject_code for rate in rates)
        total = sum(rate.amount_cents for rate in now)
        line = {"title": title, "rates": rates, "now": now, "total": total}
        lines.append({**line, "by_subject": by_subject})
    return lines
