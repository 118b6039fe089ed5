"""Forms of supervision and of answers to a dispatch; what they cannot know, the services check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.personnel.enums import Post
from assessment_center.personnel.judging_labels import TAKEN_LABELS
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.rules.appraisal import Taken
from exams.labels import POST_LABELS, SUPERVISION_LABELS
from exams.selectors import staff_on_duty
from exams.supervision_reading import supervisors_of

SENT = (Post.ASSESSOR, Post.PANEL_LEADER, Post.SUPERVISOR)
AWAY = (Taken.REFUSED, Taken.EXCUSED, Taken.MISSED)


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class AnswerForm(forms.Form):
    member = forms.ModelChoiceField(StaffMember.objects.none(), label=_("姓名"))
    post = forms.ChoiceField(label=_("岗位"), choices=[(p.value, POST_LABELS[p]) for p in SENT])
    taken = forms.TypedChoiceField(
        label=_("情况"), choices=[(t.value, TAKEN_LABELS[t]) for t in AWAY], coerce=Taken
    )
    reason = forms.CharField(label=_("说明"), max_length=200)
    prefix = "answer"

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["member"].queryset = staff_on_duty()  # type: ignore[attr-defined]


class SupervisionForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=SUPERVISION_LABELS.items())
    signed_by = forms.ModelMultipleChoiceField(
        StaffMember.objects.none(), label=_("签名的督导员"), widget=forms.CheckboxSelectMultiple
    )
    ended_on = DayField(label=_("督导结束日期"))
    submitted_on = DayField(label=_("提交日期"))
    text = forms.CharField(
        label=_("督导情况"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    proposals = forms.CharField(
        label=_("处理建议"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, batch: AssessmentBatch, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["signed_by"].queryset = supervisors_of(batch)  # type: ignore[attr-defined]


class FindingForm(forms.Form):
    text = forms.CharField(label=_("发现的问题"), max_length=400)
    owner = forms.ModelChoiceField(StaffMember.objects.none(), label=_("责任人"))
    due_on = DayField(label=_("整改期限"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"].queryset = staff_on_duty()  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    correction = forms.CharField(label=_("整改情况"), max_length=400)
    on = DayField(label=_("整改日期"))
