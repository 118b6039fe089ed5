"""Forms of planning, announcing and reporting; what they check again is the services' business."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.labels import PAPER_ORIGIN_LABELS, ROUTE_LABELS
from assessment_center.batches.models import AnnualPlan
from assessment_center.catalog.labels import LEVEL_LABELS, SUBJECT_LABELS
from assessment_center.catalog.models import Occupation
from assessment_center.organization.models import FiledScope
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.rulebook import Rulebook

LEVELS = [("", _("（不分等级）")), *LEVEL_LABELS.items()]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _moment() -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])


def _level(text: str) -> int | None:
    return int(text) if text else None


class PlanForm(forms.Form):
    year = forms.IntegerField(label=_("年度"), min_value=2020, max_value=2100)
    training = forms.CharField(
        label=_("考评人员培训安排"), required=False, widget=forms.Textarea({"rows": 2})
    )
    notes = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea({"rows": 3}))


class PlanFilingForm(forms.Form):
    filed_on = forms.DateField(
        label=_("报送日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    receipt_number = forms.CharField(
        label=_("回执号或文号"), max_length=80, required=False,
        help_text=_("回执还没有收到的，可以以后补登。"),
    )  # fmt: skip


class PlanLineForm(forms.Form):
    occupation = forms.ModelChoiceField(Occupation.objects.none(), label=_("职业"))
    level = forms.TypedChoiceField(
        label=_("等级"), choices=LEVELS, coerce=_level, empty_value=None, required=False
    )
    forecast = forms.IntegerField(label=_("预计人数"), min_value=1)
    planned_month = forms.IntegerField(label=_("计划月份"), min_value=1, max_value=12)

    def __init__(self, *args: Any, scope: list[FiledScope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        filed = Occupation.objects.filter(pk__in=[line.occupation_id for line in scope])
        self.fields["occupation"].queryset = filed  # type: ignore[attr-defined]


class BatchForm(forms.Form):
    code = forms.SlugField(
        label=_("批次号"), max_length=20, help_text=_("字母和数字，如 CQ202601；打印和归档都用它。")
    )
    name = forms.CharField(label=_("名称"), max_length=120)
    plan = forms.ModelChoiceField(AnnualPlan.objects.all(), label=_("年度计划"), required=False)
    rulebook_code = forms.ChoiceField(
        label=_("规程"), help_text=_("开设后即冻结，以后的调整不影响这个批次。")
    )
    registration_opens = _moment()
    registration_closes = _moment()
    exam_starts = forms.DateField(label=_("考试开始日"), widget=DAY)
    exam_ends = forms.DateField(label=_("考试结束日"), widget=DAY)
    exam_place = forms.CharField(label=_("考试地点"), max_length=200)
    is_unified = forms.BooleanField(
        label=_("全国或全省统一鉴定"),
        required=False,
        help_text=_("有的规程对统一鉴定的申报规定更长的提前期。"),
    )
    relax_reason = forms.CharField(
        label=_("人手说明"),
        max_length=120,
        required=False,
        help_text=_("人员不齐而规程没有硬性要求时，写明先开设批次的原因。"),
    )

    def __init__(self, *args: Any, rulebooks: list[RulebookVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rulebook_code"].choices = [  # type: ignore[attr-defined]
            (version.code, version.name) for version in rulebooks
        ]
        self.fields["registration_opens"].label = _("报名开始")
        self.fields["registration_closes"].label = _("报名截止")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens, closes = data.get("registration_opens"), data.get("registration_closes")
        if isinstance(opens, datetime) and isinstance(closes, datetime) and closes <= opens:
            self.add_error("registration_closes", _("报名截止须晚于报名开始。"))
        starts, ends = data.get("exam_starts"), data.get("exam_ends")
        if starts and ends and ends < starts:
            self.add_error("exam_ends", _("考试结束日不能早于开始日。"))
        return data


class OfferingForm(forms.Form):
    line = forms.ModelChoiceField(FiledScope.objects.none(), label=_("备案职业（工种）"))
    level = forms.TypedChoiceField(
        label=_("等级"), choices=LEVELS, coerce=_level, empty_value=None, required=False
    )
    route = forms.ChoiceField(label=_("评价方式"), choices=list(ROUTE_LABELS.items()))
    fee = forms.DecimalField(
        label=_("收费（元）"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text=_("留空按登记的收费标准；没有登记标准的，留空为不收费。"),
    )
    subjects = forms.MultipleChoiceField(
        label=_("科目"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("不选则按规程。"),
    )
    paper_source = forms.ChoiceField(label=_("试卷来源"), required=False)

    def __init__(self, *args: Any, scope: list[FiledScope], rules: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = FiledScope.objects.filter(pk__in=[line.pk for line in scope])
        self.fields["line"].queryset = lines.select_related("occupation", "job")  # type: ignore[attr-defined]
        self._choose("subjects", rules.settings.subjects, SUBJECT_LABELS)
        self._choose("paper_source", rules.settings.paper_source, PAPER_ORIGIN_LABELS)

    def _choose(self, name: str, allowed: Any, labels: Mapping[Any, Any]) -> None:
        """Only what the rulebook allows; all where it is silent."""
        keys = [
            key for key in labels if not (allowed and allowed.citations) or key in allowed.value
        ]
        self.fields[name].choices = [(str(key), labels[key]) for key in keys]  # type: ignore[attr-defined]


class AnnouncementForm(forms.Form):
    title = forms.CharField(label=_("标题"), max_length=160)
    body = forms.CharField(label=_("正文"), widget=forms.Textarea({"rows": 18}))
    reason = forms.CharField(label=_("变更原因"), max_length=300, required=False)
    consent_number = forms.CharField(label=_("主管部门核准文号"), max_length=80, required=False)


class ChangeForm(forms.Form):
    """What a change changes; a field left as it is changes nothing."""

    registration_closes = _moment()
    exam_starts = forms.DateField(label=_("考试开始日"), widget=DAY, required=False)
    exam_ends = forms.DateField(label=_("考试结束日"), widget=DAY, required=False)
    exam_place = forms.CharField(label=_("考试地点"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("变更原因"),
        max_length=300,
        help_text=_("写进变更公告，如“因场地维修”写“场地维修”。"),
    )
    consent_number = forms.CharField(label=_("主管部门核准文号"), max_length=80, required=False)

    def __init__(self, *args: Any, open_still: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["registration_closes"].label = _("报名截止")
        self.fields["registration_closes"].required = False
        if not open_still:
            del self.fields["registration_closes"]

    def changes(self) -> dict[str, str]:
        """The values in ISO form, by the batch's field."""
        named = ("registration_closes", "exam_starts", "exam_ends", "exam_place")
        given = {name: self.cleaned_data.get(name) for name in named}
        return {
            name: value if isinstance(value, str) else value.isoformat()
            for name, value in given.items()
            if value
        }


class ReceiptForm(forms.Form):
    number = forms.CharField(label=_("平台回执号"), max_length=80)
    happened_at = _moment()
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_at"].label = _("收到时间")


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        label=_("批复"), choices=[("approve", _("核准")), ("return", _("退回"))]
    )
    receipt_number = forms.CharField(label=_("平台回执号或批复文号"), max_length=80, required=False)
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def __init__(self, *args: Any, notice: str = "", **more: Any) -> None:
        """`notice`: how the authority's own notice is called, where the rulebook names one."""
        super().__init__(*args, **more)
        if notice:
            number = self.fields["receipt_number"]
            number.label = _("《%(name)s》编号") % {"name": notice}
            number.help_text = _("登记后批次才算核准，才能发准考证。原件留存，考后随材料上报。")
