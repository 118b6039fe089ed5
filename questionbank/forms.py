"""Forms of the office's bank and paper pages."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import LEVEL_LABELS, SUBJECT_LABELS
from assessment_center.catalog.models import Job
from assessment_center.catalog.selectors import occupation_by_code
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import RefusedError
from questionbank.enums import ItemKind
from questionbank.labels import ITEM_KIND_LABELS
from questionbank.models import Bank, Point
from questionbank.policies import first_start, serving_holders
from questionbank.services.banks import PointRow
from questionbank.services.items import ItemDraft
from questionbank.services.sealing import LEAST_PASSPHRASE
from questionbank.validators import LETTERS, read_answer

HALF = Decimal("0.50")
OFF = {"autocomplete": "off"}
LEVELS = [("", _("不分等级")), *((str(int(k)), v) for k, v in LEVEL_LABELS.items())]


class OwnIds(forms.Form):
    """Several forms stand on one page: each gives its fields ids of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)


class BankForm(OwnIds):
    """Which bank to open."""

    code = forms.CharField(label=_("职业编码"), max_length=20, help_text=_("如 6-31-01-03"))
    job = forms.CharField(label=_("工种"), max_length=80, required=False)
    level = forms.ChoiceField(label=_("等级"), choices=LEVELS, required=False)
    subject = forms.ChoiceField(label=_("科目"), choices=list(SUBJECT_LABELS.items()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            data["occupation"] = occupation_by_code(data.get("code", ""))
        except RefusedError as refused:
            raise forms.ValidationError(str(refused.refusal.reason)) from refused
        name = data.get("job")
        data["job"] = Job.objects.filter(occupation=data["occupation"], name=name).first()
        if name and data["job"] is None:
            self.add_error("job", _("这个职业没有这个工种。"))
        return data

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        level = int(data["level"]) if data["level"] else None
        return {
            "occupation": data["occupation"],
            "job": data["job"],
            "level": level,
            "subject": data["subject"],
        }


class PointForm(OwnIds):
    """One line of the breakdown table."""

    code = forms.CharField(label=_("代码"), max_length=20)
    area = forms.CharField(label=_("鉴定范围"), max_length=80)
    name = forms.CharField(label=_("鉴定点"), max_length=160)
    weight = forms.DecimalField(label=_("权重（%）"), min_value=0, max_value=100, decimal_places=2)

    def row(self) -> PointRow:
        return PointRow(**self.cleaned_data)


class ItemForm(OwnIds):
    """One item; options one a line, the answer by letters."""

    point = forms.ModelChoiceField(Point.objects.none(), label=_("鉴定点"))
    kind = forms.ChoiceField(label=_("题型"), choices=list(ITEM_KIND_LABELS.items()))
    stem = forms.CharField(label=_("题干"), widget=forms.Textarea({"rows": 3}), max_length=2000)
    options = forms.CharField(
        label=_("选项"),
        widget=forms.Textarea({"rows": 4}),
        required=False,
        help_text=_("选择题每行一个选项，不写 A、B。"),
    )
    answer = forms.CharField(
        label=_("答案"),
        max_length=4000,
        help_text=_("选择题填字母，判断题填“正确”或“错误”，操作题填评分要点。"),
    )
    difficulty = forms.DecimalField(
        label=_("难度"), min_value=0, max_value=1, decimal_places=2, initial=HALF
    )

    def __init__(self, bank: Bank, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = bank.points.all()  # type: ignore[attr-defined]

    def draft(self) -> ItemDraft:
        data = self.cleaned_data
        choice = data["kind"] in (ItemKind.SINGLE, ItemKind.MULTIPLE)
        lines = [line.strip() for line in data["options"].splitlines() if line.strip()]
        return ItemDraft(
            point=data["point"],
            kind=data["kind"],
            stem=data["stem"],
            answer=read_answer(data["kind"], data["answer"]),
            options=tuple(lines) if choice else (),
            difficulty=data["difficulty"],
        )


def initial_of(item: Any) -> dict[str, Any]:
    """The form's values for an item that is revised."""
    answer = item.answer
    if item.kind == ItemKind.TRUE_FALSE:
        answer = _("正确") if answer else _("错误")
    elif item.kind != ItemKind.PRACTICAL:
        answer = "".join(LETTERS[n] for n in answer)
    return {
        "point": item.point_id,
        "kind": item.kind,
        "stem": item.stem,
        "options": "\n".join(item.options),
        "answer": answer,
        "difficulty": item.difficulty,
    }


class BlueprintForm(OwnIds):
    """Counts and marks by kind; empty kinds are left out."""

    name = forms.CharField(label=_("名称"), max_length=80)
    minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=10, max_value=600, initial=90)
    difficulty = forms.DecimalField(
        label=_("目标难度"), min_value=0, max_value=1, decimal_places=2, initial=HALF
    )
    tolerance = forms.DecimalField(
        label=_("难度允差"), min_value=0, max_value=1, decimal_places=2, initial=Decimal("0.10")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, label in ITEM_KIND_LABELS.items():
            self.fields[f"count_{kind}"] = forms.IntegerField(
                label=_("%(kind)s题数") % {"kind": label}, min_value=0, required=False
            )
            self.fields[f"marks_{kind}"] = forms.FloatField(
                label=_("%(kind)s每题分值") % {"kind": label}, min_value=0, required=False
            )

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        counts = {kind: data[f"count_{kind}"] for kind in ITEM_KIND_LABELS}
        marks = {kind: data[f"marks_{kind}"] for kind in ITEM_KIND_LABELS}
        plain = {name: data[name] for name in ("name", "minutes", "difficulty", "tolerance")}
        return {
            **plain,
            "counts": {kind: n for kind, n in counts.items() if n},
            "marks": {kind: mark for kind, mark in marks.items() if mark},
        }


class AcceptForm(OwnIds):
    """Who signed the acceptance, and their opinion."""

    experts = forms.ModelMultipleChoiceField(
        StaffMember.objects.none(), label=_("验收专家"), widget=forms.CheckboxSelectMultiple
    )
    opinion = forms.CharField(
        label=_("验收意见"), max_length=300, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        serving = StaffMember.objects.filter(is_active=True).select_related("person")
        self.fields["experts"].queryset = serving  # type: ignore[attr-defined]


class ImportForm(OwnIds):
    file = forms.FileField(
        label=_("试题表（.xlsx）"), widget=forms.ClearableFileInput({"accept": ".xlsx"})
    )
    dry_run = forms.BooleanField(label=_("只检查，不导入"), required=False, initial=True)


class AssembleForm(OwnIds):
    """How many forms, the spare included; the page draws the field itself, once a subject."""

    forms_count = forms.IntegerField(label=_("套数"), min_value=1, max_value=8)


class KeyForm(OwnIds):
    """A passphrase, twice."""

    passphrase = forms.CharField(
        label=_("钥匙口令"),
        min_length=LEAST_PASSPHRASE,
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("至少 12 个字符。忘记口令无法找回，用它封存的试卷也打不开。"),
    )
    again = forms.CharField(
        label=_("再次输入"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("passphrase") and data.get("passphrase") != data.get("again"):
            self.add_error("again", _("两次输入的口令不一样。"))
        return data


class SealForm(OwnIds):
    """Two holders, and when the first examination begins."""

    first = forms.ChoiceField(label=_("第一持钥人"))
    second = forms.ChoiceField(label=_("第二持钥人"))
    starts = forms.DateTimeField(
        label=_("首场开考时间"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("最早启封时间按规程由此推算。"),
    )

    def __init__(self, batch: AssessmentBatch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.batch = batch
        self.holders = {str(holder.pk): holder for holder in serving_holders()}
        choices = [(key, str(holder)) for key, holder in self.holders.items()]
        for place, name in enumerate(("first", "second")):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if place < len(choices):
                self.fields[name].initial = choices[place][0]
        self.fields["starts"].initial = first_start(batch)

    def clean_starts(self) -> Any:
        starts = self.cleaned_data["starts"]
        if not self.batch.exam_starts <= timezone.localdate(starts) <= self.batch.exam_ends:
            raise forms.ValidationError(_("开考时间不在本批次的考试日期内。"))
        return starts

    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"first": self.holders[data["first"]], "second": self.holders[data["second"]]}


class ReleaseForm(OwnIds):
    """Both passphrases; nothing of them is kept."""

    first = forms.CharField(
        label=_("第一持钥人口令"), strip=False, max_length=200, widget=forms.PasswordInput(OFF)
    )
    second = forms.CharField(
        label=_("第二持钥人口令"), strip=False, max_length=200, widget=forms.PasswordInput(OFF)
    )
