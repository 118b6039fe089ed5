"""Forms of the registers; what they cannot know, the services check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.registers.enums import Series
from assessment_center.registers.labels import SECRECY_LABELS, SERIES_LABELS

MOMENT = "%Y-%m-%dT%H:%M"


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **more)


class MomentField(forms.DateTimeField):
    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **more)


def _chosen(*series: Series) -> list[tuple[str, Any]]:
    return [(each.value, SERIES_LABELS[each.value]) for each in series]


class EntryForm(forms.Form):
    """What every register asks for; a correction also says why."""

    matter = forms.CharField(
        label=_("批次编号"),
        max_length=40,
        required=False,
        help_text=_("属于某一批次的填写，归入该批次档案。"),
    )
    reason = forms.CharField(label=_("更正原因"), max_length=200)

    def __init__(self, *args: Any, correcting: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("matter", "reason"):
            self.fields[name] = self.fields.pop(name)
        if not correcting:
            del self.fields["reason"]
        elif "series" in self.fields:
            self.fields["series"].disabled = True


class DocumentForm(EntryForm):
    series = forms.ChoiceField(label=_("收发"), choices=_chosen(Series.IN, Series.OUT))
    title = forms.CharField(label=_("文件名称"), max_length=200)
    document_number = forms.CharField(label=_("文号"), max_length=60, required=False)
    counterpart = forms.CharField(label=_("来文（发往）单位"), max_length=120)
    dated = DayField(label=_("文件日期"))
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=9999, initial=1)
    secrecy = forms.ChoiceField(label=_("密级"), choices=list(SECRECY_LABELS.items()))
    keeper = forms.CharField(label=_("保管人"), max_length=80)
    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.ClearableFileInput({"accept": ".pdf,.png,.jpg,.jpeg"}),
        help_text=_("PDF、PNG 或 JPG，不超过 10 MB；更正时不选即沿用原文件。"),
    )


class TransferForm(EntryForm):
    document = forms.CharField(label=_("文件名称"), max_length=200)
    moved_at = MomentField(label=_("移交时间"))
    place = forms.CharField(label=_("移交地点"), max_length=120)
    giver = forms.CharField(label=_("保管员"), max_length=80)
    receiver = forms.CharField(label=_("接收人"), max_length=80)
    important = forms.BooleanField(label=_("重要文件"), required=False, initial=True)
    leaves = forms.BooleanField(label=_("带离存放场所"), required=False)
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)


class MinutesForm(EntryForm):
    series = forms.ChoiceField(label=_("类别"), choices=_chosen(Series.MEETING, Series.WORK))
    title = forms.CharField(label=_("会议（工作）名称"), max_length=200)
    held_at = MomentField(label=_("时间"))
    place = forms.CharField(label=_("地点"), max_length=120)
    chair = forms.CharField(label=_("主持人"), max_length=80)
    recorder = forms.CharField(label=_("记录人"), max_length=80)
    present = forms.CharField(label=_("参加人员"), widget=forms.Textarea({"rows": 2}))
    agenda = forms.CharField(label=_("议题（工作内容）"), widget=forms.Textarea({"rows": 3}))
    resolutions = forms.CharField(label=_("决议（结果）"), widget=forms.Textarea({"rows": 3}))
    signed = forms.CharField(label=_("签名人"), max_length=200)


class SealForm(EntryForm):
    seal = forms.CharField(label=_("印章"), max_length=160)
    document = forms.CharField(label=_("用印文件"), max_length=200)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=9999, initial=1)
    purpose = forms.CharField(label=_("用途"), max_length=200)
    applicant = forms.CharField(label=_("申请人"), max_length=80)


class UseForm(forms.Form):
    on = DayField(label=_("用印日期"))
    used_by = forms.CharField(label=_("监印人"), max_length=80)
    kept_by = forms.CharField(label=_("文件留存人"), max_length=80)


class PeriodForm(forms.Form):
    first = DayField(label=_("自"))
    last = DayField(label=_("至"))
