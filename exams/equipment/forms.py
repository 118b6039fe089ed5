"""Forms of the equipment's pages; what they cannot know, the services check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Occupation
from assessment_center.personnel.models import StaffMember
from exams.equipment.enums import CheckMoment
from exams.equipment.labels import (
    KEEPER_EDUCATION,
)
from exams.equipment.services.columns import FIELDS
from exams.models import Equipment
from exams.selectors import active_rooms, staff_on_duty

NO_CHOICE = ("", "——")


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **more)


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def __init__(self, **more: Any) -> None:
        super().__init__(StaffMember.objects.none(), **more)


class Staffed(forms.Form):
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


class CheckForm(Staffed):
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


class KeeperForm(Staffed):
    member = MemberField(label=_("人员"))
    education = forms.ChoiceField(label=_("文化程度"), choices=KEEPER_EDUCATION)
    qualification = forms.CharField(label=_("职业资格（等级）证书"), max_length=80)
    level = forms.TypedChoiceField(
        label=_("等级"), choices=list(LEVEL_LABELS.items()), coerce=int, initial=4
    )
    since = DayField(label=_("任职日期"))
    full_time = forms.BooleanField(label=_("专职"), required=False)


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
