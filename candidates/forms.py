"""Small forms of the portal and the office: they gather; the services decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.plain_form import day_field


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=300)


class SearchForm(forms.Form):
    """Searched by POST: what is typed may be an ID number and never stands in an address."""

    words = forms.CharField(label=_("查找"), max_length=60, required=False)


class FeeForm(forms.Form):
    receipt_number = forms.CharField(label=_("票据号"), max_length=40)
    paid_on = day_field(_("缴费日期"))


class FeeListForm(forms.Form):
    lines = forms.CharField(
        label=_("申报号和票据号"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("每行一份：申报号、空格或制表符、票据号；可从表格直接粘贴。"),
    )

    def clean_lines(self) -> dict[str, str]:
        """Application number → receipt; a line of another shape is told, none is passed over."""
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["lines"].splitlines(), start=1):
            words = line.strip().split("\t" if "\t" in line.strip() else None)
            if not words:
                continue
            if len(words) != 2 or not all(map(str.strip, words)):  # noqa: PLR2004 - two words
                raise forms.ValidationError(
                    _("第 %(row)d 行应只有申报号和票据号两项：“%(line)s”。"),
                    params={"row": number, "line": line.strip()[:40]},
                )
            application, receipt = map(str.strip, words)
            if application in found:
                raise forms.ValidationError(
                    _("第 %(row)d 行的申报号 %(number)s 前面已有一行。"),
                    params={"row": number, "number": application},
                )
            found[application] = receipt
        return found

    def receipts(self) -> dict[str, str]:
        kept: dict[str, str] = self.cleaned_data["lines"]
        return kept


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("集中报名表"),
        help_text=_("用模板填写的 .xlsx 文件，最多 5000 行。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    photos = forms.FileField(
        label=_("照片包"),
        required=False,
        help_text=_("每人一张照片，文件名为证件号码，打成一个 .zip，最大 500 MB；可以不传。"),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )
