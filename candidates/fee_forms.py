"""Forms of the office's pages of money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.labels import EXPENSE_LABELS
from candidates.rules.money import cents


class AmountField(forms.CharField):
    """An amount as people write it; cleaned to cents."""

    default_error_messages = {"amount": _("不是金额；请填数字，如 300 或 300.00。")}

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=20, **more)

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return cents(text)
        except ValueError as fault:
            raise forms.ValidationError(self.error_messages["amount"]) from fault


class FinanceForm(forms.Form):
    file = forms.FileField(
        label=_("财务到账清单"),
        help_text=_("用模板填写的 .xlsx 文件。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


class ExpenseForm(forms.Form):
    kind = forms.ChoiceField(label=_("支出类别"), choices=EXPENSE_LABELS.items())
    amount_cents = AmountField(label=_("金额（元）"))
    spent_on = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    voucher = forms.CharField(label=_("凭证号"), max_length=40)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class ReissueForm(forms.Form):
    number = forms.CharField(label=_("证书编号"), max_length=40)
    amount_cents = AmountField(label=_("金额（元）"))
    receipt_number = forms.CharField(label=_("票据号"), max_length=40)
