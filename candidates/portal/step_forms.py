"""The small forms of an application: photo, evidence, undertaking."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from candidates.labels import EVIDENCE_LABELS
from candidates.plain_form import PlainCharField, PlainForm
from candidates.validators import require_size


class UploadField(forms.FileField):
    """A file whose size is judged before a byte of it is read."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        if isinstance(data, UploadedFile):
            require_size(data.size or 0)
        return super().clean(data, initial)


class PhotoForm(PlainForm):
    photo = UploadField(
        label=_("选照片或现在拍"),
        help_text=_("近期免冠证件照，JPG 或 PNG，不超过 5 MB。"),
        error_messages={"required": _("请先选一张照片，或现在拍一张。")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


class EvidenceForm(PlainForm):
    """One piece of evidence; no kind is chosen beforehand, or all would be filed under one."""

    kind = forms.ChoiceField(
        label=_("材料类别"), choices=[("", _("请选择")), *EVIDENCE_LABELS.items()]
    )
    title = PlainCharField(
        label=_("说明"),
        max_length=80,
        required=False,
        help_text=_("可不填，例如“第一段工作”。"),
    )
    file = UploadField(
        label=_("文件"),
        help_text=_("拍照或扫描，JPG、PNG 或 PDF，每份不超过 5 MB。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )


class CommitmentForm(PlainForm):
    agreed = forms.BooleanField(
        label=_("我已阅读并作出上述承诺"),
        error_messages={"required": _("请先阅读承诺内容并勾选。")},
    )
    typed_name = forms.CharField(
        label=_("输入姓名即为签名"),
        max_length=80,
        error_messages={"required": _("请输入您证件上的姓名。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
