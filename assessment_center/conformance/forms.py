from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.conformance.enums import Outcome
from assessment_center.conformance.labels import OUTCOME_LABELS


class ConfirmForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("结论"), choices=list(OUTCOME_LABELS.items()), initial=Outcome.KEPT
    )
    note = forms.CharField(
        label=_("核对了什么"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("写明看了哪些材料、在哪里、何时。"),
    )
    attachment = forms.FileField(
        label=_("附件"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ".png,.jpg,.jpeg,.pdf"}),
        help_text=_("可附照片或扫描件：PNG、JPG 或 PDF，不超过 10 MB。"),
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("撤回原因"), max_length=500, widget=forms.Textarea({"rows": 2})
    )
