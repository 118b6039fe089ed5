"""Forms of the portal and the office: they gather; the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.people.rules.id_document import IdKind
from candidates import selectors
from candidates.claim_form import claim_fields, claim_initial, claim_of
from candidates.enums import Source
from candidates.labels import (
    EDUCATION_LABELS,
    EVIDENCE_LABELS,
    ID_KIND_LABELS,
    PART_LABELS,
    SOURCE_LABELS,
)
from candidates.models import Application
from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact, TitleFact, WorkSpell
from candidates.sheets import LEVELS

EMPTY = [("", "——")]
GRADES = [("junior", _("初级")), ("intermediate", _("中级")), ("senior", _("高级"))]
DIPLOMAS = [
    ("technical_school", _("技工学校")),
    ("secondary_vocational", _("中等职业学校")),
    ("higher_vocational", _("高等职业学校")),
    ("college", _("大专及以上")),
    ("senior_worker_class", _("技工院校高级工班")),
]
EXAM_ONLY = (
    "intends_to_work",
    "employer",
    "work_since",
    "work_until",
    "certificate_level",
    "certificate_number",
    "certificate_issued",
)
MOBILE = r"^1[3-9]\d{9}$"


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, **more)


class _OwnPassword(forms.Form):
    """A password of one's own choice, typed twice."""

    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        help_text=_("至少 8 个字符，不要与姓名、手机号相同。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输入一次密码"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的密码不一样。"))
        return given


class RegisterForm(_OwnPassword):
    name = forms.CharField(label=_("姓名"), max_length=80, help_text=_("与证件上的姓名一致。"))
    id_kind = forms.ChoiceField(
        label=_("证件类型"), choices=ID_KIND_LABELS.items(), initial=IdKind.RESIDENT.value
    )
    id_number = forms.CharField(
        label=_("证件号码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.RegexField(
        label=_("手机号码"),
        regex=MOBILE,
        error_messages={"invalid": _("请填写 11 位手机号码。")},
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )
    field_order = ("name", "id_kind", "id_number", "phone", "password", "again")


class ActivationForm(_OwnPassword):
    """What stands on a slip, and the password that is chosen with it."""

    number = forms.CharField(
        label=_("学号"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    code = forms.CharField(
        label=_("激活码"),
        max_length=40,
        help_text=_("激活条上的 12 位字母和数字，不分大小写，横线可不输。"),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    field_order = ("number", "code", "password", "again")


class SignInForm(forms.Form):
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class FactsForm(forms.Form):
    """Personal facts; what only some conditions need is left empty by the others."""

    ethnicity = forms.CharField(label=_("民族"), max_length=20)
    education = forms.ChoiceField(label=_("文化程度"), choices=[*EMPTY, *EDUCATION_LABELS.items()])
    source = forms.ChoiceField(
        label=_("考生来源"), choices=SOURCE_LABELS.items(), initial=Source.SCHOOL.value
    )
    address = forms.CharField(label=_("通讯地址"), max_length=200)
    condition_id = forms.ChoiceField(label=_("申报条件"), widget=forms.RadioSelect, required=False)
    intends_to_work = forms.BooleanField(
        label=_("我拟从事或正在从事本职业或相关职业"), required=False
    )
    employer = forms.CharField(
        label=_("工作单位"), max_length=120, required=False, help_text=_("没有工作的留空。")
    )
    work_since = _day(_("从事本职业起始日期"), help_text=_("按工作年限申报的填写。"))
    work_until = _day(_("从事本职业截止日期"), help_text=_("仍在从事的留空。"))
    certificate_level = forms.TypedChoiceField(
        label=_("已有证书的等级"),
        choices=[*EMPTY, *LEVELS[:-1]],
        required=False,
        coerce=int,
        empty_value=None,
    )
    certificate_number = forms.CharField(label=_("已有证书的编号"), max_length=40, required=False)
    certificate_issued = _day(_("已有证书的发证日期"))
    title_grade = forms.ChoiceField(label=_("职称"), choices=[*EMPTY, *GRADES], required=False)
    title_granted = _day(_("取得职称的日期"))
    diploma_kind = forms.ChoiceField(
        label=_("毕业学校类别"),
        choices=[*EMPTY, *DIPLOMAS],
        required=False,
        help_text=_("本校在校生不用填，学籍由学校核对。"),
    )
    graduated_on = _day(_("毕业日期"))
    major = forms.CharField(label=_("所学专业"), max_length=80, required=False)

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        kwargs.setdefault("initial", facts_initial(application))
        super().__init__(*args, **kwargs)
        offering = application.offering
        self.application = application
        claimed = claim_fields(application)
        self.fields.update(claimed)
        for name in EXAM_ONLY if claimed else ():
            del self.fields[name]
        fitting = [
            (c.id, c.label)
            for c in selectors.conditions_for(offering, application.batch)
            if c.level == offering.level and (not c.routes or offering.route in c.routes)
        ]
        field = self.fields["condition_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = fitting
        field.required = bool(fitting)
        if not fitting:
            del self.fields["condition_id"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        pairs = (
            ("certificate_level", "certificate_issued", _("请填写发证日期。")),
            ("title_grade", "title_granted", _("请填写取得职称的日期。")),
            ("work_until", "work_since", _("请填写起始日期。")),
        )
        for first, second, words in pairs:
            if given.get(first) and not given.get(second):
                self.add_error(second, words)
        since, until = given.get("work_since"), given.get("work_until")
        if since and until and until < since:
            self.add_error("work_until", _("截止日期不能早于起始日期。"))
        return given

    def declaration(self) -> Declaration:
        """The declared facts of a valid form."""
        given: dict[str, Any] = {**dict.fromkeys(EXAM_ONLY), **self.cleaned_data}
        work: tuple[WorkSpell, ...] = ()
        if given["work_since"]:
            work = (WorkSpell(given["work_since"], given["work_until"], given["employer"] or ""),)
        certificates: tuple[CertificateFact, ...] = ()
        if given["certificate_level"]:
            certificates = (
                CertificateFact(
                    given["certificate_level"],
                    given["certificate_issued"],
                    given["certificate_number"],
                ),
            )
        titles: tuple[TitleFact, ...] = ()
        if given["title_grade"]:
            titles = (TitleFact(given["title_grade"], given["title_granted"]),)
        return Declaration(
            intends_to_work=given["intends_to_work"] or None,
            works_in_occupation=True if work and work[0].ends is None else None,
            work=work,
            certificates=certificates,
            titles=titles,
            diploma_kind=given["diploma_kind"],
            graduated_on=given["graduated_on"],
            major=given["major"],
            claim=claim_of(self.application, given),
        )

    def columns(self) -> dict[str, str]:
        names = ("ethnicity", "education", "source", "employer", "address", "condition_id")
        return {name: self.cleaned_data.get(name, "") for name in names}


def facts_initial(application: Application) -> dict[str, Any]:
    """What was entered before; a new draft starts with what the college knows."""
    declared = Declaration.from_json(application.declaration)
    work = declared.work[0] if declared.work else None
    certificate = declared.certificates[0] if declared.certificates else None
    title = declared.titles[0] if declared.titles else None
    return {
        "ethnicity": application.ethnicity,
        "education": application.education,
        "source": application.source,
        "address": application.address,
        "employer": application.employer,
        "condition_id": application.condition_id,
        "intends_to_work": declared.intends_to_work,
        "work_since": work.starts if work else None,
        "work_until": work.ends if work else None,
        "certificate_level": certificate.level if certificate else None,
        "certificate_number": certificate.number if certificate else "",
        "certificate_issued": certificate.issued_on if certificate else None,
        "title_grade": title.grade if title else "",
        "title_granted": title.granted_on if title else None,
        "diploma_kind": declared.diploma_kind,
        "graduated_on": declared.graduated_on,
        "major": declared.major,
        **claim_initial(application),
    }


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("照片"),
        help_text=_("近期免冠证件照，竖幅，JPG 或 PNG，不超过 5 MB。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("材料类别"), choices=EVIDENCE_LABELS.items())
    title = forms.CharField(label=_("说明"), max_length=80, required=False)
    file = forms.FileField(
        label=_("文件"),
        help_text=_("拍照或扫描，JPG、PNG 或 PDF，每份不超过 5 MB。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )


class CommitmentForm(forms.Form):
    typed_name = forms.CharField(
        label=_("输入姓名即为签名"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=300)


class ReturnForm(ReasonForm):
    part = forms.ChoiceField(label=_("要补正的部分"), choices=PART_LABELS.items())


class SearchForm(forms.Form):
    """Searched by POST: what is typed may be an ID number and never stands in an address."""

    words = forms.CharField(label=_("查找"), max_length=60, required=False)


class FeeForm(forms.Form):
    receipt_number = forms.CharField(label=_("票据号"), max_length=40)
    paid_on = _day(_("缴费日期"))


class FeeListForm(forms.Form):
    lines = forms.CharField(
        label=_("申报号和票据号"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("每行一份：申报号、空格或制表符、票据号；可从表格直接粘贴。"),
    )

    def receipts(self) -> dict[str, str]:
        pairs = (line.split(maxsplit=1) for line in self.cleaned_data["lines"].splitlines())
        return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}  # noqa: PLR2004 - two words


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
