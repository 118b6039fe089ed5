"""What every paper of an application shares: its code and version, its basis, its words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessment_center import pdf
from assessment_center.filing.models import FilingApplication, SchoolProfile, ScopeRequest
from assessment_center.organization.models import FiledScope
from assessment_center.printed import imprint as printed
from assessment_center.registry import Actor, Citation
from assessment_center.rulebooks.rules.rulebook import Rulebook

NO_JOB = "——"
NATIONAL = "国家标准"
OWN = "自主评价规范"
Line = ScopeRequest | FiledScope


@dataclass(frozen=True, slots=True)
class Made:
    """A paper made here: its name, its kind of file, its bytes."""

    title: str
    suffix: str
    content: bytes


def chinese_day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "    年  月  日"


def basis_of(rules: Rulebook, code: str) -> str:
    """The articles that name the form; the route's where the rulebook names no form."""
    form = rules.form(code)
    return "、".join(str(each) for each in form.cite) if form else ""


def words(citations: Iterable[Citation]) -> str:
    return "、".join(str(each) for each in citations)


def imprint(
    application: FilingApplication,
    actor: Actor,
    *,
    code: str,
    slug: str,
    title: str,
    content: object,
) -> pdf.Imprint:
    """Register the sheet: the same content keeps its version, changed content is the next."""
    form = application.rules.form(code)
    return printed.imprint(
        actor=actor,
        form=(code, slug, title),
        subject=application.subject,
        content=json.dumps(content, ensure_ascii=False, default=str),
        cite=form.cite if form else (),
    )


def profile_of(application: FilingApplication) -> SchoolProfile:
    """The school's facts; an empty record where they are not entered yet."""
    centre = application.centre
    return getattr(centre, "profile", None) or SchoolProfile(centre=centre, school_name=centre.name)


def level_figures(line: Line) -> str:
    """“5、4、3”, as the lists write levels."""
    return "、".join(str(level) for level in line.levels) or NO_JOB


def standard_words(line: Line) -> str:
    """National standard or own specification, with its name."""
    specification = getattr(line, "specification", None)
    if specification is not None:
        return f"{OWN}：{specification.title}"
    standard = line.standard
    if standard is None:
        return ""
    own = hasattr(standard, "own_specification")
    return f"{OWN if own else NATIONAL}（{standard.edition}）"
