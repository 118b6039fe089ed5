"""Forms of the review: reasons of the list, the article of a refusal, facts put right."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.forms import ReasonForm
from candidates.labels import PART_LABELS, REASON_PARTS, RETURN_REASONS
from candidates.models import Application
from candidates.policies import asks_post_code
from candidates.samples import ALL, USUAL
from candidates.services.reopening import CORRECTED


class ReturnForm(forms.Form):
    """Reasons ticked, words, or both; the part is that of the first reason unless chosen."""

    reasons = forms.MultipleChoiceField(
        label=_("退回原因"), choices=list(RETURN_REASONS.items()), required=False
    )
    part = forms.ChoiceField(
        label=_("要补正的部分"),
        choices=[("", _("按所勾原因；没有勾选的，全部可改")), *PART_LABELS.items()],
        required=False,
    )
    reason = forms.CharField(label=_("补充说明"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("reasons") and not data.get("reason", "").strip():
            raise forms.ValidationError(_("请勾选退回的原因，或写明原因。"))
        return data

    def grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The reasons under the parts they concern, in the order of the application."""
        return [
            (
                str(label),
                [(k, str(RETURN_REASONS[k])) for k, at in REASON_PARTS.items() if at == part],
            )
            for part, label in PART_LABELS.items()
        ]


class RefuseForm(ReasonForm):
    article = forms.CharField(label=_("依据"), max_length=200, required=False)


class SampleForm(forms.Form):
    percent = forms.IntegerField(
        label=_("抽查比例（%）"), min_value=1, max_value=ALL, initial=USUAL
    )


class CorrectForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Application
        fields: ClassVar = list(CORRECTED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_post_code(self.instance.batch):
            del self.fields["post_code"]
