"""Forms of the tickets' page: the hour of the arrangement, and what is printed how."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exams.forms import MomentField
from exams.labels import TICKET_SETS_LABELS


class HourForm(forms.Form):
    opens_at = MomentField(label=_("公开时间"))
    reason = forms.CharField(
        label=_("原因"), max_length=200, required=False, help_text=_("变更时必填。")
    )


class PrintForm(forms.Form):
    sets = forms.ChoiceField(label=_("装订方式"), choices=list(TICKET_SETS_LABELS.items()))
    only_wanted = forms.BooleanField(label=_("只印没印过的和要重印的"), required=False)
