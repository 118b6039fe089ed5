"""Forms of the page of one piece."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exams.equipment.enums import ChangeKind
from exams.equipment.forms import NO_CHOICE, DayField, MemberField, Staffed
from exams.equipment.labels import (
    CARE_LABELS,
    CHANGE_LABELS,
    DAMAGE_LABELS,
    HANDLING_LABELS,
    SETTLEMENT_LABELS,
    VERDICT_LABELS,
)
from exams.forms import MomentField
from exams.models import Equipment, Sitting


class CalibrationForm(forms.Form):
    done_on = DayField(label=_("检定日期"))
    verdict = forms.ChoiceField(label=_("结论"), choices=list(VERDICT_LABELS.items()))
    valid_until = DayField(label=_("有效期至"), required=False, help_text=_("合格的须填。"))
    handling = forms.ChoiceField(
        label=_("处理意见"),
        choices=[NO_CHOICE, *HANDLING_LABELS.items()],
        required=False,
        help_text=_("不合格的须填。"),
    )
    certificate = forms.CharField(label=_("检定证书编号"), max_length=60)
    body = forms.CharField(label=_("检定机构"), max_length=120)


class CareForm(Staffed):
    kind = forms.ChoiceField(label=_("类别"), choices=list(CARE_LABELS.items()))
    done_on = DayField(label=_("日期"))
    work = forms.CharField(label=_("维护维修内容"), max_length=300)
    indexes_after = forms.CharField(
        label=_("之后的技术指标与参数"),
        max_length=300,
        required=False,
        help_text=_("日常维护可不填。"),
    )
    member = MemberField(label=_("经手人"))


class LoanForm(Staffed):
    borrower = MemberField(label=_("借领人"))
    count = forms.IntegerField(label=_("数量"), min_value=1, initial=1)
    purpose = forms.CharField(label=_("用途"), max_length=200)
    starts_on = DayField(label=_("借出日期"))
    due_back = DayField(label=_("应还日期"))


class ReturnForm(forms.Form):
    on = DayField(label=_("归还日期"))
    condition = forms.CharField(label=_("归还时的状况"), max_length=200)
    faulty = forms.BooleanField(label=_("有缺损"), required=False)
    explanation = forms.CharField(label=_("借领人说明的原因"), max_length=200, required=False)


class DamageForm(Staffed):
    kind = forms.ChoiceField(label=_("类别"), choices=list(DAMAGE_LABELS.items()))
    count = forms.IntegerField(label=_("数量"), min_value=1, initial=1)
    at = MomentField(label=_("时间"))
    sitting = forms.ModelChoiceField(
        Sitting.objects.none(), label=_("场次"), required=False, empty_label=str(_("考试以外"))
    )
    what = forms.CharField(label=_("情况"), max_length=300)
    cause = forms.CharField(label=_("原因"), max_length=300)
    misuse = forms.BooleanField(label=_("违反安全操作规程"), required=False)
    stopped_by = forms.CharField(label=_("制止人"), max_length=80, required=False)
    liable = forms.CharField(label=_("责任人"), max_length=80, required=False)
    noted_by = MemberField(label=_("记录人"))

    def __init__(self, *args: Any, equipment: Equipment, **more: Any) -> None:
        super().__init__(*args, **more)
        if equipment.room_id:
            held = Sitting.objects.filter(
                rooms__room=equipment.room_id, starts_at__lte=timezone.now()
            )
            self.fields["sitting"].queryset = held.select_related("batch").order_by("-starts_at")  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    settlement = forms.ChoiceField(label=_("处理结果"), choices=list(SETTLEMENT_LABELS.items()))
    on = DayField(label=_("处理日期"))
    note = forms.CharField(label=_("处理说明"), max_length=200, required=False)
    liable = forms.CharField(label=_("责任人"), max_length=80, required=False)
    compensation = forms.DecimalField(
        label=_("赔偿（元）"), min_value=0, max_digits=12, decimal_places=2, required=False
    )


class PlanForm(forms.Form):
    """A plan for one piece; a purchase is asked for on the ledger's own page."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[(k, v) for k, v in CHANGE_LABELS.items() if k != ChangeKind.PURCHASE],
    )
    text = forms.CharField(label=_("内容与理由"), max_length=300)
    cost = forms.DecimalField(
        label=_("预计费用（元）"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
