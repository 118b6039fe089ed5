"""Forms of the public verification and of the office: they gather; the services decide."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FILE_LIMIT = 5 * 1024 * 1024


def _plain(label: Any, **more: Any) -> forms.CharField:
    attrs = {"autocomplete": "off"}
    return forms.CharField(
        label=label,
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs=attrs),
        **more,
    )


class FactsForm(forms.Form):
    """Two of three facts (CERT-35)."""

    number = _plain(_("证书编号"), help_text=_("22 位，印在证书上。"))
    name = _plain(_("姓名"))
    id_number = _plain(_("证件号码"))


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("二维码文字"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("证书 PDF 文件"),
        help_text=_("不超过 5 MB。文件只用来比对，不会保存。"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> bytes:
        given = self.cleaned_data["file"]
        if given.size > FILE_LIMIT:
            raise forms.ValidationError(_("文件超过 5 MB。"))
        content: bytes = given.read()
        return content


class DayForm(forms.Form):
    """The day on the certificates; its year is the year of their numbers."""

    on = forms.DateField(
        label=_("发证日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class HandOutForm(forms.Form):
    to = forms.CharField(
        label=_("领取人"), max_length=80, help_text=_("代领时填写代领人姓名，并查验委托书。")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReceiptForm(forms.Form):
    receipt_number = forms.CharField(label=_("平台批次号或回执号"), max_length=80)


class UploadForm(ReceiptForm):
    late_reason = forms.CharField(
        label=_("逾期原因"), max_length=300, required=False, help_text=_("没有逾期的不填。")
    )


class RequestForm(forms.Form):
    invoice = forms.CharField(
        label=_("缴费发票号"),
        max_length=60,
        required=False,
        help_text=_("主管部门凭缴费发票办证的，填在名册上。"),
    )


class DeliveryForm(forms.Form):
    """The authority's list with its numbers, and what lies on the table beside it."""

    file = forms.FileField(
        label=_("主管部门证书清单（Excel）"),
        help_text=_("用申领名册的列：填好证书编号、空白证书号和发证日期。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    count = forms.IntegerField(label=_("实收证书份数"), min_value=1)
    giver = forms.CharField(label=_("主管部门交证人"), max_length=80)
    received_on = forms.DateField(
        label=_("领取日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    dry_run = forms.BooleanField(label=_("只检查，不登记"), required=False)
