"""Forms of the papers from the authority."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.models import StaffMember
from exams.forms import MomentField
from exams.models import RequisitionLine
from exams.selectors import staff_on_duty


class _Pair(forms.Form):
    """A form that two members of the staff sign."""

    people: tuple[str, ...] = ()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in self.people:
            self.fields[name].queryset = staff_on_duty()  # type: ignore[attr-defined]


class RequisitionForm(forms.Form):
    spare = forms.IntegerField(
        label=_("每种试卷备用份数"), min_value=0, max_value=20, help_text=_("每个考场另装一袋。")
    )


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: RequisitionLine) -> str:
        room = obj.sitting_room
        return str(
            _("%(sitting)s %(room)s · %(offering)s · %(kind)s %(form)s · %(count)s 份")
            % {
                "sitting": room.sitting,
                "room": room,
                "offering": obj.offering,
                "kind": obj.get_kind_display(),
                "form": obj.form,
                "count": obj.count,
            }
        )


class ReceiptForm(_Pair):
    people = ("receiver", "second")
    line = LineField(RequisitionLine.objects.none(), label=_("试卷袋"), empty_label=None)
    number = forms.CharField(label=_("袋号"), max_length=40)
    count = forms.IntegerField(label=_("实收份数"), min_value=1)
    giver = forms.CharField(label=_("主管部门交卷人"), max_length=80)
    receiver = forms.ModelChoiceField(StaffMember.objects.none(), label=_("接收人"))
    second = forms.ModelChoiceField(StaffMember.objects.none(), label=_("同行接收人"))
    at = MomentField(label=_("接收时间"), required=False)
    seal_broken = forms.BooleanField(label=_("封签有破损"), required=False)
    note = forms.CharField(label=_("检查情况"), required=False, max_length=200)

    def __init__(self, *args: Any, lines: QuerySet[RequisitionLine], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["line"].queryset = lines.select_related(  # type: ignore[attr-defined]
            "sitting_room__sitting", "offering__occupation", "offering__job"
        ).order_by("sitting_room__sitting__number", "sitting_room__number", "kind", "form")


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label=_("处理决定"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class DisposalForm(_Pair):
    people = ("first", "second")
    sent_back = forms.IntegerField(label=_("退回主管部门份数"), min_value=0, initial=0)
    destroyed = forms.IntegerField(label=_("销毁份数"), min_value=0, initial=0)
    first = forms.ModelChoiceField(StaffMember.objects.none(), label=_("经办人"))
    second = forms.ModelChoiceField(StaffMember.objects.none(), label=_("监督人"))
    at = MomentField(label=_("时间"), required=False)
    taker = forms.CharField(label=_("主管部门接收人"), max_length=80, required=False)
    note = forms.CharField(label=_("说明"), required=False, max_length=200)
