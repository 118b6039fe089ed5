"""Forms of filing; what they check again is the services' business."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Occupation
from assessment_center.filing.labels import AUDIENCE_LABELS, KIND_LABELS
from assessment_center.filing.models import FilingApplication, OwnSpecification, SchoolProfile
from assessment_center.personnel.models import StaffMember
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.rulebook import Rulebook

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
LEVELS = [(str(level), label) for level, label in LEVEL_LABELS.items()]


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DAY)


class BeginForm(forms.Form):
    """Which rulebook, kind and way: one choice of those that exist together."""

    choice = forms.ChoiceField(label=_("规程、类别和途径"), widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, versions: Iterable[tuple[RulebookVersion, Rulebook]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.found = {
            f"{version.code}/{kind}/{way.code}": (version, kind, way.code, way, rules)
            for version, rules in versions
            for way in rules.filing_routes
            for kind in way.kinds
        }
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            (key, f"{rules.identity.name} · {KIND_LABELS[kind]} · {way.label}")
            for key, (_version, kind, _code, way, rules) in self.found.items()
        ]

    def chosen(self) -> dict[str, Any]:
        version, kind, route, _way, _rules = self.found[self.cleaned_data["choice"]]
        return {"version": version, "kind": kind, "route": route}


class DescribeForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = FilingApplication
        fields = (
            "letter_number",
            "former_code",
            "advantage_unit",
            "advantage_major",
            "systems",
        )
        widgets = {"advantage_unit": area(), "advantage_major": area(), "systems": area()}


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    website = forms.URLField(label=_("技能等级认定工作网址"), required=False, assume_scheme="https")

    class Meta:
        model = SchoolProfile
        exclude = ("centre",)  # noqa: DJ006 - the form is the whole record


class LineForm(forms.Form):
    occupation = forms.CharField(
        label=_("职业编码或名称"), max_length=80, help_text=_("按职业分类大典的写法。")
    )
    job = forms.CharField(label=_("工种"), max_length=80, required=False)
    levels = forms.TypedMultipleChoiceField(
        label=_("等级"),
        choices=LEVELS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    major = forms.CharField(label=_("对应专业"), max_length=120, required=False)
    is_near = forms.BooleanField(label=_("没有对应职业，选用相近职业"), required=False)
    audience = forms.MultipleChoiceField(
        label=_("面向"),
        choices=list(AUDIENCE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    specification = forms.ModelChoiceField(
        OwnSpecification.objects.none(),
        label=_("自主评价规范"),
        required=False,
        help_text=_("没有国家职业标准时选用。"),
    )
    whole_reason = forms.CharField(label=_("不分工种的原因"), max_length=200, required=False)

    def __init__(self, *args: Any, application: FilingApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = application.rules.settings.levels
        if known is not None:
            offered = [pair for pair in LEVELS if int(pair[0]) in known.value]
            self.fields["levels"].choices = offered  # type: ignore[attr-defined]
        specs = OwnSpecification.objects.filter(centre=application.centre)
        self.fields["specification"].queryset = specs  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    title = forms.CharField(label=_("名称"), max_length=160, required=False)
    file = forms.FileField(label=_("文件"))


class OpinionForm(forms.Form):
    expert = forms.CharField(label=_("专家"), max_length=60)
    unit = forms.CharField(label=_("单位"), max_length=120, required=False)
    opinion = forms.CharField(label=_("意见"), widget=area())
    supports = forms.BooleanField(label=_("同意推荐"), required=False)
    signed_on = day(_("签字日期"))


class ReplyForm(forms.Form):
    """The reply; a field for the levels of every line, ticked as asked for."""

    reply_number = forms.CharField(label=_("回执文号"), max_length=60)
    reply_date = day(_("回执日期"))
    replied_by = forms.CharField(label=_("出具部门"), max_length=120, required=False)
    filing_number = forms.CharField(label=_("机构备案号"), max_length=30, required=False)
    valid_from = forms.DateField(label=_("有效期起"), widget=DAY, required=False)
    valid_until = forms.DateField(label=_("有效期止"), widget=DAY, required=False)

    def __init__(self, *args: Any, application: FilingApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.application = application
        self.fields["replied_by"].initial = application.way.decides
        if application.base is not None:
            for name in ("filing_number", "valid_from", "valid_until"):
                del self.fields[name]
        for line in application.lines.select_related("occupation", "job"):
            self.fields[f"line_{line.pk}"] = forms.TypedMultipleChoiceField(
                label=str(line),
                choices=[(str(n), LEVEL_LABELS[n]) for n in line.levels] or [("0", _("准予备案"))],
                initial=[str(n) for n in line.levels] or ["0"],
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def granted(self) -> dict[Any, tuple[int, ...]]:
        """Levels by line; a line without a tick was not filed."""
        found = {}
        for line in self.application.lines.all():
            ticked = self.cleaned_data[f"line_{line.pk}"]
            if ticked:
                found[line.pk] = tuple(level for level in ticked if level)
        return found

    def facts(self) -> dict[str, Any]:
        return {k: v for k, v in self.cleaned_data.items() if not k.startswith("line_")}


class RegulationForm(forms.Form):
    code = forms.ChoiceField(label=_("对应的规定"), required=False)
    title = forms.CharField(label=_("名称"), max_length=160)
    number = forms.CharField(label=_("文号"), max_length=60)
    issuer = forms.CharField(label=_("发文部门"), max_length=80)
    issued_on = day(_("制定日期"))

    def __init__(self, *args: Any, rules: Rulebook | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = [(each.code, each.label) for each in rules.regulations_due] if rules else []
        choices = [("", _("其他制度")), *due]
        self.fields["code"].choices = choices  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    code = forms.ChoiceField(label=_("机构"))
    name = forms.CharField(label=_("名称"), max_length=120, required=False)
    document = forms.CharField(label=_("设置文件"), max_length=160, required=False)
    since = day(_("成立日期"))

    def __init__(self, *args: Any, rules: Rulebook, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(e.code, e.label) for e in rules.org_units if e.kind != "authority"]
        self.fields["code"].choices = units  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    member = forms.ModelChoiceField(
        StaffMember.objects.filter(is_active=True).select_related("person"), label=_("姓名")
    )
    post = forms.CharField(label=_("岗位"), max_length=40)
    duty = forms.CharField(label=_("主要职责"), max_length=120, required=False)
    is_head = forms.BooleanField(label=_("负责人"), required=False)
    is_fulltime = forms.BooleanField(label=_("专职"), required=False)


class SpecificationForm(forms.Form):
    occupation = forms.CharField(label=_("职业编码或名称"), max_length=80)
    job = forms.CharField(label=_("工种"), max_length=80, required=False)
    levels = forms.TypedMultipleChoiceField(
        label=_("等级"),
        choices=LEVELS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    title = forms.CharField(label=_("名称"), max_length=120)
    edition = forms.CharField(label=_("版本"), max_length=20)
    overview = forms.CharField(label=_("职业概况"), widget=area())
    basics = forms.CharField(label=_("基本要求"), widget=area())
    demands = forms.CharField(label=_("工作要求"), widget=area(5))
    weights = forms.CharField(
        label=_("权重表"),
        widget=area(5),
        help_text=_("表格每行一项，各列用竖线“|”隔开，第一行是表头。"),
    )

    def occupation_found(self) -> Occupation | None:
        """The occupation of this code or name, None for one unknown."""
        text = self.cleaned_data["occupation"].strip()
        active = Occupation.objects.filter(is_active=True)
        return active.filter(code=text).first() or active.filter(name=text).first()


class SignatureForm(forms.Form):
    expert = forms.ModelChoiceField(
        StaffMember.objects.filter(is_active=True, qualifications__grade="expert")
        .select_related("person")
        .distinct(),
        label=_("专家"),
    )
    approves = forms.BooleanField(label=_("同意"), required=False)
    opinion = forms.CharField(label=_("意见"), max_length=300, required=False)
    signed_on = day(_("签字日期"))
