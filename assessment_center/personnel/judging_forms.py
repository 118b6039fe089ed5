"""Forms of appraisals and misconduct; what they cannot know, the services check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.conduct import acts_for
from assessment_center.personnel.judging_enums import Branch
from assessment_center.personnel.judging_labels import (
    EFFECT_LABELS,
    FOLLOWS_LABELS,
    GROUP_LABELS,
    TAKEN_LABELS,
)
from assessment_center.personnel.models import Appraisal, MisconductCase, StaffMember
from assessment_center.personnel.rules.appraisal import Follows, Taken
from assessment_center.rulebooks.rules.rulebook import Rulebook

CONTENT = "content"
MEASURES = ("", Follows.PAUSE, Follows.DISMISS)


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WriteForm(forms.Form):
    """What people write into an appraisal; the fields follow from the rulebook and the branch."""

    grade = forms.ChoiceField(label=_("等次"), required=False)
    manager_opinion = forms.CharField(
        label=_("管理人员评议意见"), required=False, max_length=1000, widget=_area(2)
    )
    supervisor_opinion = forms.CharField(
        label=_("督导员评议意见"), required=False, max_length=1000, widget=_area(2)
    )
    summary = forms.CharField(
        label=_("个人考评工作小结"), required=False, max_length=3000, widget=_area(4)
    )

    def __init__(self, *args: Any, row: Appraisal, rules: Rulebook, **more: Any) -> None:
        first = {
            "grade": row.grade,
            "manager_opinion": row.manager_opinion,
            "supervisor_opinion": row.supervisor_opinion,
            "summary": row.summary,
        }
        more["initial"] = first
        super().__init__(*args, **more)
        self.labels: tuple[str, ...] = ()
        settings = rules.settings
        grades = settings.appraisal_grades.value if settings.appraisal_grades else ()
        if row.branch == Branch.ASSESSOR and settings.appraisal_bands:
            del self.fields["grade"]
        else:
            choices = [("", "—"), *((each, each) for each in grades)]
            self.fields["grade"].choices = choices  # type: ignore[attr-defined]
        if row.branch == Branch.SUPERVISOR:
            self._measures(row)
        elif settings.appraisal_content:
            self.labels = settings.appraisal_content.value
            for number, label in enumerate(self.labels):
                self.fields[f"{CONTENT}{number}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=600,
                    widget=_area(2),
                    initial=row.content.get(label, ""),
                )

    def _measures(self, row: Appraisal) -> None:
        choices = [(str(each), FOLLOWS_LABELS[Follows(each)] if each else "—") for each in MEASURES]
        self.fields["measure"] = forms.ChoiceField(
            label=_("不合格的处理"),
            choices=choices,
            required=False,
            initial=next(iter(row.follows), ""),
        )
        self.fields["pause_until"] = DayField(
            label=_("暂停至"), required=False, initial=row.pause_until
        )

    @property
    def content(self) -> dict[str, str]:
        given = self.cleaned_data
        return {label: given[f"{CONTENT}{n}"] for n, label in enumerate(self.labels)}


class RatingForm(forms.Form):
    score = forms.DecimalField(
        label=_("认定分数"), min_value=0, max_value=100, decimal_places=2, required=False
    )
    grade = forms.ChoiceField(label=_("评价"), required=False)
    opinion = forms.CharField(label=_("认定意见"), max_length=600, required=False)

    def __init__(self, *args: Any, rules: Rulebook, **more: Any) -> None:
        super().__init__(*args, **more)
        grades = rules.settings.session_rating_grades
        if grades is None:
            del self.fields["grade"]
            return
        choices = [("", "—"), *((each, each) for each in grades.value)]
        self.fields["grade"].choices = choices  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    taken = forms.TypedChoiceField(
        label=_("参加情况"), choices=[(t.value, TAKEN_LABELS[t]) for t in Taken], coerce=Taken
    )
    reason = forms.CharField(label=_("更正原因"), max_length=200)


class ReportForm(forms.Form):
    on = DayField(label=_("报送日期"))
    receipt = forms.CharField(label=_("回执或文号"), max_length=80, required=False)


class CaseForm(forms.Form):
    """`act` names group and act together: "assessor:A-1"."""

    member = forms.ModelChoiceField(StaffMember.objects.none(), label=_("当事人"))
    act = forms.ChoiceField(label=_("行为"))
    happened_on = DayField(label=_("发生日期"))
    session = forms.CharField(label=_("认定批次"), max_length=160, required=False)
    description = forms.CharField(label=_("经过和证据"), max_length=2000, widget=_area(4))

    def __init__(self, *args: Any, rules: Rulebook | None, **more: Any) -> None:
        super().__init__(*args, **more)
        members = StaffMember.objects.select_related("person").order_by("person__pinyin", "id")
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        choices = []
        for group, label in GROUP_LABELS.items():
            acts = acts_for(rules, group) if rules else []
            if acts:
                rows = [(f"{group}:{each.code}", each.act) for each in acts]
                choices.append((str(label), rows))
        self.fields["act"].choices = choices  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    chosen = forms.MultipleChoiceField(
        label=_("酌情处理"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pause_until = DayField(label=_("暂停至"), required=False)
    correct_by = DayField(label=_("改正期限"), required=False)
    text = forms.CharField(label=_("处理意见"), max_length=1000, widget=_area(3))

    def __init__(self, *args: Any, case: MisconductCase, **more: Any) -> None:
        super().__init__(*args, **more)
        possible = {*case.always, *case.discretion}
        choices = [(code, EFFECT_LABELS[code]) for code in case.discretion]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["chosen"]
        if "pause_duty" not in possible:
            del self.fields["pause_until"]
        if "correct_in_time" not in possible:
            del self.fields["correct_by"]


class AppealForm(forms.Form):
    on = DayField(label=_("申诉结果日期"))
    note = forms.CharField(label=_("申诉情况和结果"), max_length=1000, widget=_area(2))
    upheld = forms.BooleanField(
        label=_("申诉成立，撤销处理；被注销的证卡按原有效期补发"), required=False
    )


class CorrectedForm(forms.Form):
    on = DayField(label=_("改正日期"))
