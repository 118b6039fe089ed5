"""Forms of the equipment's pages; what they cannot know, the services check."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Occupation
from assessment_center.personnel.models import StaffMember
from exams.equipment.enums import ChangeKind, CheckMoment
from exams.equipment.labels import (
    CARE_LABELS,
    CHANGE_LABELS,
    DAMAGE_LABELS,
    HANDLING_LABELS,
    KEEPER_EDUCATION,
    SETTLEMENT_LABELS,
    VERDICT_LABELS,
)
from exams.equipment.services.ledger import FIELDS
from exams.forms import MomentField
from exams.models import Equipment, Sitting
from exams.selectors import active_rooms, staff_on_duty

NO_CHOICE = ("", "——")


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **more)


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **more: Any) -> None:
        super().__init__(StaffMember.objects.none(), **more)


class _Staffed(forms.Form):
    """A form with fields of members of the staff, filled when it is built."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in self.fields.values():
            if isinstance(field, MemberField):
                field.queryset = staff_on_duty()


class LedgerForm(forms.ModelForm):  # type: ignore[type-arg]
    """A line of the ledger; only reads and checks, the service writes."""

    bought_on = DayField(label=_("购置日期"), required=False)

    class Meta:
        model = Equipment
        fields = FIELDS

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["occupation"].queryset = Occupation.objects.filter(is_active=True)  # type: ignore[attr-defined]
        self.fields["occupation"].empty_label = str(_("通用"))  # type: ignore[attr-defined]
        self.fields["room"].queryset = active_rooms().select_related("site")  # type: ignore[attr-defined]
        self.fields["room"].empty_label = str(_("不在考场"))  # type: ignore[attr-defined]


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


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)


class CareForm(_Staffed):
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


class LoanForm(_Staffed):
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


class DamageForm(_Staffed):
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


class CheckForm(_Staffed):
    moment = forms.ChoiceField(
        label=_("时点"),
        choices=[
            (CheckMoment.BEFORE.value, _("考前检查")),
            (CheckMoment.AFTER.value, _("考后归位")),
        ],
    )
    member = MemberField(label=_("检查人"))
    faulty = forms.BooleanField(label=_("不符合要求"), required=False)
    findings = forms.CharField(label=_("检查情况"), max_length=300, required=False)
    adjusted = forms.CharField(label=_("调试、补充情况"), max_length=300, required=False)


class KeeperForm(_Staffed):
    member = MemberField(label=_("人员"))
    education = forms.ChoiceField(label=_("文化程度"), choices=KEEPER_EDUCATION)
    qualification = forms.CharField(label=_("职业资格（等级）证书"), max_length=80)
    level = forms.TypedChoiceField(
        label=_("等级"), choices=list(LEVEL_LABELS.items()), coerce=int, initial=4
    )
    since = DayField(label=_("任职日期"))
    full_time = forms.BooleanField(label=_("专职"), required=False)


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


class PurchaseForm(forms.Form):
    text = forms.CharField(label=_("购置内容与理由"), max_length=300)
    cost = forms.DecimalField(
        label=_("预计费用（元）"), min_value=0, max_digits=12, decimal_places=2, required=False
    )


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("台账文件"),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
        help_text=_("Excel 工作簿（.xlsx），列与模板相同。"),
    )


class PeriodForm(forms.Form):
    first = DayField(label=_("自"))
    last = DayField(label=_("至"))
