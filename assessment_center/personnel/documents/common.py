"""What the printed forms of the staff share: the corner, the names forms go by, days in words."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from assessment_center import pdf
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import active_centre
from assessment_center.personnel.models import Qualification, StaffMember
from assessment_center.personnel.policies import rules_for
from assessment_center.printed import imprint as printed
from assessment_center.registry import Actor, RefusedError, SubjectRef

Parts = Sequence[tuple[str, bytes]]
NUMERALS = "〇一二三四五六七八九十"


def centre() -> AssessmentCentre:
    found = active_centre()
    if found is None:
        raise RefusedError("还没有登记认定中心，不能打印。")
    return found


def form_name(code: str, otherwise: str) -> str:
    """The form's name in the rulebook of today, where it has one."""
    rules = rules_for(timezone.localdate())
    return rules.form_name(code, otherwise) if rules else otherwise


def form_name_for(code: str, kind: str, otherwise: str) -> str:
    """The same, where the rulebook has a name of its own for this kind of it."""
    rules = rules_for(timezone.localdate())
    named = rules.form(code) if rules else None
    return named.name_for(kind) if named else otherwise


def imprint(
    actor: Actor, *, form: tuple[str, str, str], subject: SubjectRef, content: object
) -> pdf.Imprint:
    """Register the sheet (form code if any, slug, title) of this content, give its corner."""
    rules = rules_for(timezone.localdate())
    named = rules.form(form[0]) if rules and form[0] else None
    cite = named.cite if named else ()
    return printed.imprint(actor=actor, form=form, subject=subject, content=content, cite=cite)


def photo_of(member: StaffMember) -> bytes | None:
    if not member.person.photo:
        return None
    with member.person.photo.open("rb") as kept:
        return bytes(kept.read())


def levels_text(levels: Iterable[int]) -> str:
    """五级/初级工、四级/中级工; nothing for any level."""
    return "、".join(str(LEVEL_LABELS.get(level, level)) for level in sorted(levels, reverse=True))


def short_level(level: int) -> str:
    """五级: a card or a column has no room for the whole name of each level."""
    return str(LEVEL_LABELS[level]).partition("/")[0]


def occupations_text(card: Qualification) -> str:
    return "、".join(str(each) for each in card.occupations.all())


def told_day(day: date | None) -> str:
    """2026 年 5 月 20 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if day else "　　　年　　月　　日"


def years_text(years: int) -> str:
    return f"{NUMERALS[years]}年" if years < len(NUMERALS) else f"{years} 年"
