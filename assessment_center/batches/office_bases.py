"""The register of what recognitions rest on: entered once, then only retired."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import services
from assessment_center.batches.forms import LEVELS
from assessment_center.batches.labels import ORGANISER_LABELS, RECOGNITION_ROUTES
from assessment_center.batches.models import RecognitionBasis
from assessment_center.batches.rules.recognition import (
    PASS_SCORE,
    Terms,
    fault_of,
    read_courses,
    read_terms,
)
from assessment_center.batches.selectors import active_centre
from assessment_center.office import (
    MenuLink,
    act,
    actor_of,
    menu_links,
    office_view,
    post_required,
    render_office,
)
from assessment_center.organization.models import FiledScope
from assessment_center.organization.selectors import scope_lines


class BasisForm(forms.Form):
    route = forms.ChoiceField(label=_("评价方式"), choices=RECOGNITION_ROUTES)
    title = forms.CharField(
        label=_("名称"), max_length=120, help_text=_("1+X 证书名称、课程或学分方案、竞赛名称。")
    )
    document = forms.CharField(label=_("公布的文件及文号"), max_length=160)
    line = forms.ModelChoiceField(FiledScope.objects.none(), label=_("备案职业（工种）"))
    level = forms.TypedChoiceField(
        label=_("等级"),
        choices=LEVELS,
        coerce=lambda text: int(text) if text else None,
        empty_value=None,
        required=False,
        help_text=_("按证书等级对应的不填。"),
    )
    courses = forms.CharField(
        label=_("课程"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("每行一门：过程化写“课程名 理论”或“课程名 操作”，学分写“课程名 学分”。"),
    )
    pass_score = forms.DecimalField(
        label=_("课程合格分"), min_value=0, max_value=100, initial=PASS_SCORE
    )
    max_rank = forms.IntegerField(
        label=_("竞赛取前几名"), required=False, min_value=1, max_value=999
    )
    organisers = forms.MultipleChoiceField(
        label=_("认可的竞赛级别"),
        choices=ORGANISER_LABELS.items(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        centre = active_centre()
        lines = scope_lines(centre, timezone.localdate()) if centre else []
        chosen = FiledScope.objects.filter(pk__in=[line.pk for line in lines])
        self.fields["line"].queryset = chosen.select_related("occupation", "job")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            courses = read_courses(data.get("route", ""), data.get("courses", ""))
        except ValueError as fault:
            told = _now("这一行读不懂：%(line)s") % {"line": fault}
            self.add_error("courses", told)
            return data
        terms = Terms(
            courses,
            data.get("pass_score") or Terms().pass_score,
            data.get("max_rank"),
            tuple(data.get("organisers") or ()),
        )
        if lacking := fault_of(data.get("route", ""), terms):
            self.add_error(None, lacking)
        return {**data, "terms": terms}


@office_view(Act.BATCH_VIEW)
def bases(request: HttpRequest) -> HttpResponse:
    """Every basis with its terms, and the form of a new one."""
    form = BasisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return act(
            request,
            lambda: services.enter_basis(
                actor=actor_of(request),
                route=given["route"],
                title=given["title"],
                document=given["document"],
                occupation=given["line"].occupation,
                job=given["line"].job,
                level=given["level"],
                terms=given["terms"],
            ),
            done=_now("认定依据已登记。"),
            back=request.path,
        )
    rows = RecognitionBasis.objects.select_related("occupation", "job").order_by(
        "-is_active", "route", "occupation__name", "title"
    )
    context = {
        "rows": [(each, read_terms(each.terms)) for each in rows],
        "form": form,
        "organisers": ORGANISER_LABELS,
    }
    status = 422 if request.method == "POST" else 200
    return render_office(request, "office/plan/bases.html", context, status=status)


@office_view(Act.BATCH_PLAN)
@post_required
def basis_retire(request: HttpRequest, key: UUID) -> HttpResponse:
    basis = get_object_or_404(RecognitionBasis, pk=key)
    return act(
        request,
        lambda: services.retire_basis(actor=actor_of(request), basis=basis),
        done=_now("认定依据已停用，已作的认定不受影响。"),
        back=reverse("batches_process:bases"),
    )


menu_links.register(
    "batches.bases",
    MenuLink("batches", _("认定依据"), "batches_process:bases", Act.BATCH_VIEW),
)
