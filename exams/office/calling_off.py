"""The page on which a sitting is put off, arranged anew or cancelled (VAL-05)."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.rulebooks import Rulebook
from exams import services
from exams.labels import CALL_OFF_LABELS
from exams.models import CallOff
from exams.selectors import sitting_by_id

MOMENT = "%Y-%m-%dT%H:%M"


def _moment(label: Any, hint: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(
        label=label, required=False, widget=widget, input_formats=[MOMENT], help_text=hint
    )


class CallOffForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("决定"),
        choices=[(str(key), label) for key, label in CALL_OFF_LABELS.items()],
    )
    reason = forms.CharField(
        label=gettext_lazy("原因"), max_length=300, widget=forms.Textarea({"rows": 3})
    )
    consent = forms.CharField(
        label=gettext_lazy("同意的单位和文号"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("主管部门的文号，或领导小组会议的日期。"),
    )
    free_next = forms.BooleanField(
        label=gettext_lazy("下次考试免收该科目费用"),
        required=False,
        help_text=gettext_lazy(
            "因大量考生无法按时到达而取消的，可作这项决定；下次缴费时会提示免收。"
        ),
    )
    starts_at = _moment(gettext_lazy("新开考时间"), gettext_lazy("重新安排的须填写。"))
    ends_at = _moment(gettext_lazy("新结束时间"))

    def __init__(self, *args: Any, rules: Rulebook, **more: Any) -> None:
        """What the rulebook orders must be filled in; what it does not know is not asked."""
        super().__init__(*args, **more)
        self.fields["consent"].required = rules.settings.call_off_by is not None
        if not rules.settings.cancelled_subject_free.value:
            del self.fields["free_next"]


@office_view(Act.PLAN_APPROVE)
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was decided so far, and the next decision."""
    sitting = sitting_by_id(pk)
    form = CallOffForm(request.POST or None, rules=sitting.batch.rules)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.call_off(
                actor=actor_of(request), sitting=sitting, **form.cleaned_data
            ),
            done=_("决定已登记。请通知考生；时间有变的，准考证须重新打印。"),
            back=reverse("exams_office:day", args=[sitting.batch.code]),
            otherwise=reverse("exams_office:call_off", args=[pk]),
        )
    context = {
        "sitting": sitting,
        "batch": sitting.batch,
        "form": form,
        "rows": CallOff.objects.filter(sitting=sitting).select_related("decided_by"),
        "rule": sitting.batch.rules.settings.call_off_by,
    }
    return render_office(request, "office/exams/call_off.html", context)
