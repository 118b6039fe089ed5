"""What is filled in on the pages of the first day."""

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 5 * 1024 * 1024


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("填好的表"),
        help_text=_("用模板填写的 .xlsx 文件，最多 20000 行、5 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> object:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("文件超过 5 MB。"))
        return upload


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )
