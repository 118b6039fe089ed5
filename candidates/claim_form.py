"""The fields of the application form by which a candidate claims a recognition."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.enums import Route
from assessment_center.batches.models import RecognitionBasis
from assessment_center.batches.rules.recognition import Course, read_terms
from candidates.models import Application
from candidates.recognition import bases_for
from candidates.rules.claims import (
    GRADE_WORDS,
    ORGANISER_WORDS,
    PART_WORDS,
    Claim,
    ContestFact,
    OneXFact,
)
from candidates.rules.declaration import Declaration

Fields = dict[str, forms.Field]
BY_COURSES = (Route.PROCESS, Route.CREDIT)
BASIS_LABELS = {
    Route.DIRECT: _("1+X 证书名称"),
    Route.PROCESS: _("课证融通方案"),
    Route.CREDIT: _("学分方案"),
    Route.CONTEST: _("竞赛"),
}
DAILY_CHOICES = [("优秀", _("优秀")), ("良好", _("良好")), ("合格", _("合格"))]


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def courses_of(application: Application) -> list[Course]:
    """The courses of the basis, for the routes that rest on courses."""
    if application.offering.route not in BY_COURSES:
        return []
    first = bases_for(application.offering).first()
    return list(read_terms(first.terms).courses) if first else []


def claim_fields(application: Application) -> Fields:
    """The fields of the offering's route; none for an examination."""
    route = application.offering.route
    if route not in BASIS_LABELS:
        return {}
    bases = list(bases_for(application.offering))
    chosen: Fields = {"basis": _basis_field(Route(route), bases)}
    makers = {Route.DIRECT: _one_x_fields, Route.CONTEST: _contest_fields}
    maker = makers.get(Route(route))
    return chosen | (maker() if maker else _course_fields(application))


def _basis_field(route: Route, bases: list[RecognitionBasis]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=BASIS_LABELS[route],
        choices=[("", "——"), *((str(b.pk), f"{b.title}（{b.document}）") for b in bases)],
        initial=str(bases[0].pk) if len(bases) == 1 else "",
        help_text="" if bases else _("本职业还没有公布的目录，暂不能申报。"),
        required=route != Route.PROCESS,
    )


def _one_x_fields() -> Fields:
    return {
        "one_x_grade": forms.ChoiceField(
            label=_("1+X 证书等级"), choices=[("", "——"), *GRADE_WORDS.items()]
        ),
        "one_x_number": forms.CharField(label=_("1+X 证书编号"), max_length=60),
        "one_x_issued": _day(_("1+X 证书发证日期")),
        "one_x_until": _day(
            _("1+X 证书有效期至"), required=False, help_text=_("证书上没有写的留空。")
        ),
    }


def _contest_fields() -> Fields:
    return {
        "contest_organiser": forms.ChoiceField(
            label=_("竞赛级别"), choices=[("", "——"), *ORGANISER_WORDS.items()]
        ),
        "contest_rank": forms.IntegerField(label=_("名次"), min_value=1, max_value=999),
        "contest_award": forms.CharField(label=_("奖项"), max_length=40, required=False),
        "contest_held": _day(_("竞赛日期")),
    }


def _course_fields(application: Application) -> Fields:
    credit = application.offering.route == Route.CREDIT
    found: Fields = {}
    for place, course in enumerate(courses_of(application)):
        part = PART_WORDS.get(course.part, "")
        label = (
            _("%(name)s 已得学分") % {"name": course.name}
            if credit
            else _("%(name)s（%(part)s）成绩") % {"name": course.name, "part": part}
        )
        found[f"course_{place}"] = forms.DecimalField(
            label=label,
            min_value=0,
            max_value=100,
            max_digits=5,
            decimal_places=2,
            required=credit,
        )
    if not credit:
        found["daily"] = forms.ChoiceField(
            label=_("平时表现"), choices=[("", "——"), *DAILY_CHOICES], required=False
        )
    return found


def claim_initial(application: Application) -> dict[str, Any]:
    """What was claimed before, by the fields' names."""
    claim = Declaration.from_json(application.declaration).claim
    if claim is None:
        return {}
    told: dict[str, Any] = {"basis": claim.basis, "daily": claim.daily}
    for place, course in enumerate(courses_of(application)):
        told[f"course_{place}"] = claim.courses.get(course.name)
    if claim.one_x:
        fact = claim.one_x
        told |= {
            "one_x_grade": fact.grade,
            "one_x_number": fact.number,
            "one_x_issued": fact.issued_on,
            "one_x_until": fact.valid_until,
        }
    if claim.contest:
        told |= {
            "contest_organiser": claim.contest.organiser,
            "contest_rank": claim.contest.rank,
            "contest_award": claim.contest.award,
            "contest_held": claim.contest.held_on,
        }
    return told


def claim_of(application: Application, given: Mapping[str, Any]) -> Claim | None:
    """The claim in the cleaned data of a valid form; None for an examination."""
    if not given.get("basis"):
        return None
    one_x = contest = None
    if isinstance(issued := given.get("one_x_issued"), date):
        one_x = OneXFact(
            given["one_x_grade"], given["one_x_number"].strip(), issued, given["one_x_until"]
        )
    if isinstance(held := given.get("contest_held"), date):
        contest = ContestFact(
            given["contest_rank"], given["contest_organiser"], held, given["contest_award"].strip()
        )
    courses: dict[str, Decimal] = {
        course.name: given[f"course_{place}"]
        for place, course in enumerate(courses_of(application))
        if given.get(f"course_{place}") is not None
    }
    return Claim(given["basis"], one_x, contest, courses, given.get("daily", ""))
