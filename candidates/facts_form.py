"""The form of a candidate's own facts: it gathers; the services decide."""

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.professional_titles import professional_titles
from assessment_center.people.labels import SCHOOLING_LABELS
from candidates import selectors
from candidates.claim_form import claim_fields, claim_initial, claim_of
from candidates.enums import Source
from candidates.form_groups import FieldGroup, grouped
from candidates.labels import (
    EDUCATION_LABELS,
    SOURCE_LABELS,
)
from candidates.models import Application
from candidates.peoples import as_written
from candidates.plain_form import PlainCharField, PlainForm, day_field
from candidates.policies import asks_post_code
from candidates.rules.declaration import Declaration
from candidates.rules.facts import CertificateFact, TitleFact, WorkSpell
from candidates.rules.requirements import TITLE_WORDS
from candidates.sheets import LEVELS
from candidates.signature import FACT_FIELDS
from candidates.validators import POST_CODE

EMPTY = [("", "——")]
MORE_WORK = ("2", "3")
MORE_WORK_FIELDS = tuple(
    f"{n}_{i}" for i in MORE_WORK for n in ("employer", "work_since", "work_until")
)
EXAM_ONLY = (
    "intends_to_work",
    "employer",
    "work_since",
    "work_until",
    *MORE_WORK_FIELDS,
    "certificate_level",
    "certificate_occupation",
    "certificate_number",
    "certificate_issued",
)
WORKING_AGE = 16
MAY_LIE_AHEAD = frozenset({"one_x_until"})


def _birthday(birth: date, years: int) -> date:
    """The day on which somebody has that age; who was born on 29 February, on 1 March."""
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        return date(birth.year + years, 3, 1)


def _titles() -> list[tuple[Any, Any]]:
    """The national series as groups; each title says which grade it counts as."""
    groups = itertools.groupby(professional_titles().values(), key=lambda each: each.series)
    return [
        *EMPTY,
        *(
            (series, [(each.key, f"{each.name}（{TITLE_WORDS[each.grade]}）") for each in titles])
            for series, titles in groups
        ),
    ]


class FactsForm(PlainForm):
    """Personal facts; what only some conditions need is left empty by the others."""

    ethnicity = PlainCharField(
        label=_("民族"),
        max_length=20,
        widget=forms.TextInput(attrs={"list": "peoples", "autocomplete": "off"}),
    )
    education = forms.ChoiceField(label=_("文化程度"), choices=[*EMPTY, *EDUCATION_LABELS.items()])
    source = forms.ChoiceField(
        label=_("考生来源"), choices=SOURCE_LABELS.items(), initial=Source.SCHOOL.value
    )
    address = PlainCharField(
        label=_("通讯地址"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    post_code = forms.RegexField(
        POST_CODE,
        label=_("邮政编码"),
        max_length=6,
        strip=True,
        error_messages={"invalid": _("邮政编码应为 6 位数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    condition_id = forms.ChoiceField(label=_("申报条件"), widget=forms.RadioSelect, required=False)
    intends_to_work = forms.BooleanField(
        label=_("我拟从事或正在从事本职业或相关职业"), required=False
    )
    excellent = forms.BooleanField(
        label=_("我是学校认定的优秀毕业生"),
        required=False,
        help_text=_("请在“其他材料”中上传学校证明。"),
    )
    employer = PlainCharField(
        label=_("工作单位"), max_length=120, required=False, help_text=_("没有工作的留空。")
    )
    work_since = day_field(_("从事本职业起始日期"), help_text=_("按工作年限申报的填写。"))
    work_until = day_field(_("从事本职业截止日期"), help_text=_("仍在从事的留空。"))
    employer_2 = PlainCharField(label=_("第二个单位"), max_length=120, required=False)
    work_since_2 = day_field(_("第二段起始日期"))
    work_until_2 = day_field(_("第二段截止日期"))
    employer_3 = PlainCharField(label=_("第三个单位"), max_length=120, required=False)
    work_since_3 = day_field(_("第三段起始日期"))
    work_until_3 = day_field(_("第三段截止日期"))
    certificate_level = forms.TypedChoiceField(
        label=_("已有证书的等级"),
        choices=[*EMPTY, *LEVELS[:-1]],
        required=False,
        coerce=int,
        empty_value=None,
    )
    certificate_occupation = forms.ChoiceField(label=_("证书上的职业"), required=False)
    certificate_number = PlainCharField(label=_("已有证书的编号"), max_length=40, required=False)
    certificate_issued = day_field(_("已有证书的发证日期"))
    title = forms.ChoiceField(
        label=_("职称"),
        choices=_titles,
        required=False,
        help_text=_(
            "名称和级别按国家公布的《职称系列（专业）各层级名称》；"
            "没有列出的系列和专业技术人员职业资格，选最后一组中对应的级别。"
        ),
    )
    title_granted = day_field(_("取得职称的日期"))
    diploma_kind = forms.ChoiceField(
        label=_("毕业学校类别"),
        choices=[*EMPTY, *SCHOOLING_LABELS.items()],
        required=False,
        help_text=_("本校在校生不用填，学籍由学校核对。"),
    )
    graduated_on = day_field(_("毕业日期"))
    major = PlainCharField(label=_("所学专业"), max_length=80, required=False)

    def __init__(
        self, *args: Any, application: Application, suggested: str = "", **kwargs: Any
    ) -> None:
        initial = facts_initial(application)
        outside = selectors.student_of(application.person) is None
        if outside and not application.education:
            initial["source"] = ""  # nothing is told yet, and “student” would be wrong
        chosen = initial["condition_id"] or suggested
        kwargs.setdefault("initial", {**initial, "condition_id": chosen})
        super().__init__(*args, **kwargs)
        offering = application.offering
        self.application = application
        claimed = claim_fields(application)
        self.fields.update(claimed)
        for name in EXAM_ONLY if claimed else ():
            del self.fields[name]
        self._occupations()
        if outside:
            self._choice("source").choices = [*EMPTY, *SOURCE_LABELS.items()]
        if not asks_post_code(application.batch):
            del self.fields["post_code"]
        conditions = [
            c
            for c in selectors.conditions_for(offering, application.batch)
            if c.level == offering.level and (not c.routes or offering.route in c.routes)
        ]
        if not any(part.predicate == "excellent" for c in conditions for part in c.all):
            del self.fields["excellent"]
        fitting = [(c.id, c.label) for c in conditions]
        field = self._choice("condition_id")
        field.choices = fitting
        field.required = bool(fitting)
        if suggested and not initial["condition_id"]:
            field.help_text = _("已按学校登记的情况选好符合的一条，也可以改选。")
        if not fitting:
            del self.fields["condition_id"]
        self.tell_plainly()

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def _occupations(self) -> None:
        """A certificate of a related occupation says of which; without such a list none asks."""
        if "certificate_occupation" not in self.fields:
            return
        related = selectors.related_names(self.application.offering)
        if not related:
            del self.fields["certificate_occupation"]
            return
        field = self._choice("certificate_occupation")
        own = str(self.application.offering.occupation)
        field.choices = [("", own), *((name, name) for name in related)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        spells = ("", *(f"_{each}" for each in MORE_WORK))
        pairs = (
            ("certificate_level", "certificate_issued", _("请填写发证日期。")),
            ("certificate_number", "certificate_level", _("请选择已有证书的等级。")),
            ("certificate_issued", "certificate_level", _("请选择已有证书的等级。")),
            ("title", "title_granted", _("请填写取得职称的日期。")),
            ("title_granted", "title", _("请选择职称。")),
            *((f"work_until{each}", f"work_since{each}", _("请填写起始日期。")) for each in spells),
            *(
                (f"employer{each}", f"work_since{each}", _("请填写起始日期。"))
                for each in spells[1:]
            ),
        )
        for first, second, words in pairs:
            if given.get(first) and not given.get(second) and not self.errors.get(second):
                self.add_error(second, words)
        for each in spells:
            since, until = given.get(f"work_since{each}"), given.get(f"work_until{each}")
            if since and until and until < since:
                self.add_error(f"work_until{each}", _("截止日期不能早于起始日期。"))
        self._past(given)
        self._old_enough(given)
        return given

    def clean_ethnicity(self) -> str:
        text = as_written("".join(self.cleaned_data["ethnicity"].split()))
        if not text.replace("·", "").isalpha():
            raise forms.ValidationError(_("民族只写汉字，例如“汉族”。"))
        return text

    def _old_enough(self, given: dict[str, Any]) -> None:
        """Nobody is employed before sixteen, so an earlier beginning is a slip."""
        birth = self.application.person.birth
        for name in ("work_since", *(f"work_since_{each}" for each in MORE_WORK)):
            day = given.get(name)
            if birth and day and birth < day and day < _birthday(birth, WORKING_AGE):
                self.add_error(
                    name, _("那时还不满 16 周岁，依法不能就业（劳动法第十五条），请核对日期。")
                )

    def _past(self, given: dict[str, Any]) -> None:
        """What has happened lies before today and after the candidate's birth."""
        today, birth = timezone.localdate(), self.application.person.birth
        for name, field in self.fields.items():
            day = given.get(name)
            if not isinstance(field, forms.DateField) or not isinstance(day, date):
                continue
            if day > today and name not in MAY_LIE_AHEAD:
                self.add_error(name, _("日期晚于今天，请核对。"))
            elif birth is not None and day <= birth:
                self.add_error(name, _("日期早于出生日期，请核对。"))

    def groups(self) -> list[FieldGroup]:
        """The fields in the order they are asked; what only some conditions need is folded."""
        return grouped(self)

    def overlaps(self) -> bool:
        """Whether two of the declared spells of work cover the same time."""
        spells = sorted(self._work(self.cleaned_data), key=lambda spell: spell.starts)
        return any(
            one.ends is None or other.starts < one.ends for one, other in itertools.pairwise(spells)
        )

    def _work(self, given: dict[str, Any]) -> tuple[WorkSpell, ...]:
        spells = ("", *(f"_{each}" for each in MORE_WORK))
        return tuple(
            WorkSpell(since, given.get(f"work_until{each}"), given.get(f"employer{each}") or "")
            for each in spells
            if (since := given.get(f"work_since{each}"))
        )

    def declaration(self) -> Declaration:
        """The declared facts of a valid form."""
        given: dict[str, Any] = {**dict.fromkeys(EXAM_ONLY), **self.cleaned_data}
        work = self._work(given)
        certificates: tuple[CertificateFact, ...] = ()
        if given["certificate_level"]:
            certificates = (
                CertificateFact(
                    given["certificate_level"],
                    given["certificate_issued"],
                    given["certificate_number"],
                    occupation=given.get("certificate_occupation") or "",
                ),
            )
        titles: tuple[TitleFact, ...] = ()
        if given["title"]:
            grade = professional_titles()[given["title"]].grade
            titles = (TitleFact(grade, given["title_granted"], title=given["title"]),)
        return Declaration(
            intends_to_work=given["intends_to_work"] or None,
            works_in_occupation=True if any(spell.ends is None for spell in work) else None,
            work=work,
            certificates=certificates,
            titles=titles,
            diploma_kind=given["diploma_kind"],
            graduated_on=given["graduated_on"],
            major=given["major"],
            excellent=given.get("excellent") or None,
            claim=claim_of(self.application, given),
        )

    def columns(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in FACT_FIELDS}


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
        "post_code": application.post_code,
        "employer": application.employer,
        "condition_id": application.condition_id,
        "intends_to_work": declared.intends_to_work,
        "work_since": work.starts if work else None,
        "work_until": work.ends if work else None,
        **_more_work(declared.work[1:]),
        "certificate_level": certificate.level if certificate else None,
        "certificate_number": certificate.number if certificate else "",
        "certificate_occupation": certificate.occupation if certificate else "",
        "certificate_issued": certificate.issued_on if certificate else None,
        "title": title.title if title else "",
        "title_granted": title.granted_on if title else None,
        "diploma_kind": declared.diploma_kind,
        "graduated_on": declared.graduated_on,
        "major": declared.major,
        "excellent": declared.excellent,
        **claim_initial(application),
    }


def _more_work(spells: Iterable[WorkSpell]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for each, spell in zip(MORE_WORK, spells, strict=False):
        told |= {
            f"employer_{each}": spell.employer,
            f"work_since_{each}": spell.starts,
            f"work_until_{each}": spell.ends,
        }
    return told
