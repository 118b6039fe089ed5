"""Forms of safety agreements and of fraud in applications."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor
from candidates.cases import false_paper_rules, unsigned
from candidates.selectors import visible


class SafetyForm(forms.Form):
    signed_on = forms.DateField(
        label=_("签订日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    applications = forms.MultipleChoiceField(
        label=_("已签的考生"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, batch: AssessmentBatch, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_on"].initial = timezone.localdate()
        self.fields["applications"].choices = [  # type: ignore[attr-defined]
            (str(each.pk), f"{each.number} {each.person.name}")
            for each in visible(actor, unsigned(batch))
        ]


class FraudForm(forms.Form):
    number = forms.CharField(label=_("申报号"), max_length=40)
    act_code = forms.ChoiceField(label=_("行为"))
    facts = forms.CharField(
        label=_("查明的事实和证据"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("写明如何查明、与谁核实、证据存放在哪里。"),
    )

    def __init__(self, *args: Any, batch: AssessmentBatch, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = batch.rules
        self.fields["act_code"].choices = [  # type: ignore[attr-defined]
            (each.code, f"{each.act}：{rules.penalty(each.penalty).label}")
            for each in false_paper_rules(rules)
        ]
