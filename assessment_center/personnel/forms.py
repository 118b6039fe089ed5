"""Forms of the staff's file."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Occupation
from assessment_center.people.enums import TieKind
from assessment_center.people.models import Person
from assessment_center.people.selectors import by_full_number
from assessment_center.personnel.enums import Applying, Early, TrainingKind, UndertakingKind
from assessment_center.personnel.labels import (
    APPLYING_LABELS,
    EARLY_LABELS,
    GRADE_LABELS,
    TRAINING_LABELS,
    UNDERTAKING_LABELS,
)
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.entries import open_sessions

GRADES = [(grade.value, label) for grade, label in GRADE_LABELS.items()]
LEVELS = [(str(level), label) for level, label in sorted(LEVEL_LABELS.items(), reverse=True)]
FACTS = (
    "employment",
    "employer",
    "title",
    "title_rank",
    "title_since",
    "skill_level",
    "skill_occupation",
    "skill_since",
    "education",
    "major",
    "occupation_since",
    "assessor_since",
    "manager_since",
    "other_institutions",
    "in_authority",
    "resume",
)


def day(label: Any, *, required: bool = True, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput({"type": "date"}), **more
    )


def text(label: Any, length: int, *, required: bool = True, rows: int = 0) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else None
    return forms.CharField(label=label, max_length=length, required=required, widget=widget)


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = StaffMember
        fields = FACTS
        widgets = {
            **{
                name: forms.DateInput({"type": "date"}, format="%Y-%m-%d")
                for name in FACTS
                if name.endswith("_since")
            },
            "resume": forms.Textarea({"rows": 3}),
        }


class ApplyForm(forms.Form):
    grade = forms.ChoiceField(label=_("申报资格"), choices=GRADES)
    kind = forms.ChoiceField(
        label=_("申报类别"), choices=[(each.value, APPLYING_LABELS[each]) for each in Applying]
    )
    occupations = forms.ModelMultipleChoiceField(
        Occupation.objects.none(), label=_("申报职业"), required=False
    )
    levels = forms.MultipleChoiceField(
        label=_("可考评等级"),
        choices=LEVELS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    statement = text(_("本人申请及业绩"), 2000, required=False, rows=3)
    recommended_by = text(_("推荐单位"), 120, required=False)
    recommendation = text(_("单位推荐意见"), 1000, required=False, rows=2)
    early = forms.ChoiceField(
        label=_("提前申报"),
        required=False,
        choices=[("", _("不提前")), *((each.value, EARLY_LABELS[each]) for each in Early)],
    )
    early_grounds = text(_("提前申报的材料"), 300, required=False)
    consent_number = text(_("主管部门同意文号"), 80, required=False)
    exception = text(_("破格理由"), 300, required=False)
    leads = forms.BooleanField(label=_("拟任专家组组长"), required=False)
    is_new_occupation = forms.BooleanField(label=_("新开发的职业"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offered = Occupation.objects.filter(is_active=True).order_by("code")
        self.fields["occupations"].queryset = offered  # type: ignore[attr-defined]

    def clean_levels(self) -> list[int]:
        return [int(each) for each in self.cleaned_data["levels"]]


class ExamForm(forms.Form):
    taken_on = day(_("考核日期"))
    general_score = forms.DecimalField(
        label=_("通用知识"), required=False, min_value=0, max_value=100, decimal_places=1
    )
    professional_score = forms.DecimalField(
        label=_("专业技能"), required=False, min_value=0, max_value=100, decimal_places=1
    )
    organiser = text(_("考核单位"), 120, required=False)
    passed = forms.BooleanField(label=_("合格"), required=False)


class CardForm(forms.Form):
    valid_from = day(_("有效期起"), initial=timezone.localdate)
    card_number = forms.CharField(
        label=_("证卡编号"), max_length=40, required=False, help_text=_("不填则自动编号。")
    )
    decision = text(_("审定意见"), 300, required=False)


class ReasonForm(forms.Form):
    reason = text(_("原因"), 300)


class HireForm(forms.Form):
    grade = forms.ChoiceField(label=_("聘任为"), choices=GRADES)
    starts = day(_("聘期起"), initial=timezone.localdate)
    ends = day(_("聘期止"), required=False, help_text=_("不填则按规程和证卡允许的最长期限。"))
    number = forms.CharField(
        label=_("编号"), max_length=40, required=False, help_text=_("不填则自动编号。")
    )
    signed_on = day(_("签订日期"), required=False)
    speciality = text(_("专业专家组"), 60, required=False)
    leads = forms.BooleanField(label=_("组长"), required=False)


class SignForm(forms.Form):
    signed_on = day(_("签订日期"), initial=timezone.localdate)


class ReviewForm(forms.Form):
    review = text(_("聘期综合评价"), 1000, rows=2)
    renew = forms.BooleanField(label=_("同意续聘"), required=False)


class PromiseForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("种类"),
        choices=[(each.value, UNDERTAKING_LABELS[each]) for each in UndertakingKind],
    )
    signed_name = text(_("本人签名"), 80)
    signed_on = day(_("签订日期"), initial=timezone.localdate)
    valid_until = day(_("有效期止"), required=False)


class TieForm(forms.Form):
    other = text(_("对方姓名或证件号码"), 80)
    kind = forms.ChoiceField(
        label=_("关系"),
        choices=[
            (TieKind.KIN.value, _("亲属")),
            (TieKind.TEACHER.value, _("师生、师徒")),
            (TieKind.FRIEND.value, _("其他利害关系")),
        ],
    )
    note = text(_("说明"), 120, required=False)

    def clean_other(self) -> Person:
        words = self.cleaned_data["other"].strip()
        found = list(by_full_number(words)[:2]) or list(Person.objects.filter(name=words)[:2])
        if len(found) == 1:
            return found[0]
        message = (
            _("没有找到这个人，请先登记人员。") if not found else _("有多人同名，请填证件号码。")
        )
        raise forms.ValidationError(message)


class TrainingForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("类别"), choices=[(each.value, TRAINING_LABELS[each]) for each in TrainingKind]
    )
    title = text(_("名称"), 120)
    starts_on = day(_("开始日期"))
    ends_on = day(_("结束日期"))
    hours = forms.IntegerField(
        label=_("学时"), min_value=1, max_value=999, help_text=_("不含实习的标准学时。")
    )
    organiser = text(_("主办单位"), 120, required=False)
    place = text(_("地点或方式"), 120, required=False)
    session = forms.ChoiceField(
        label=_("认定批次"), required=False, help_text=_("考前集训须选所为的批次，其他培训不选。")
    )
    topics = forms.CharField(
        label=_("内容"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("每行一项；不填则用该类培训的规定内容。"),
    )
    members = forms.ModelMultipleChoiceField(
        StaffMember.objects.none(),
        label=_("参加人员"),
        widget=forms.SelectMultiple({"size": 12}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        active = StaffMember.objects.filter(is_active=True).select_related("person")
        self.fields["members"].queryset = active  # type: ignore[attr-defined]
        self.sessions = {str(key): name for part in open_sessions for key, name in part()}
        choices = [("", "—"), *self.sessions.items()]
        self.fields["session"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        briefing = data.get("kind") == TrainingKind.BRIEFING
        if briefing and not data.get("session"):
            self.add_error("session", _("请选考前集训所为的批次。"))
        if not briefing and data.get("session"):
            self.add_error("session", _("只有考前集训才选批次。"))
        return data

    def batch(self) -> dict[str, Any]:
        """The batch the panel is trained for, as the service takes it."""
        key = self.cleaned_data["session"]
        return {"batch_id": UUID(key), "session": self.sessions[key]} if key else {}
