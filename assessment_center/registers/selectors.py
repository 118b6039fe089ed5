"""Reads of the registers: what stands now, what was found, what waits for the leader."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from assessment_center.organization.selectors import active_centre, rules_on
from assessment_center.registers.enums import Consent
from assessment_center.registers.models import DocumentEntry, Line, Minutes, SealUse, Transfer
from assessment_center.registry import Citation
from assessment_center.rulebooks import Rulebook

M = TypeVar("M", bound=Model)
SEARCHED: dict[type[Line], tuple[str, ...]] = {
    DocumentEntry: ("title", "document_number", "counterpart", "keeper"),
    Transfer: ("document", "place", "giver", "receiver", "remark"),
    Minutes: ("title", "place", "chair", "present", "agenda", "resolutions"),
    SealUse: ("seal", "document", "purpose", "applicant"),
}
RELATED = ("entered_by", "corrects", "corrected_by")


def rules_now() -> Rulebook | None:
    """The rulebook under which the centre is filed today."""
    centre = active_centre()
    return rules_on(centre, timezone.localdate()) if centre else None


def form_citations(code: str) -> tuple[Citation, ...]:
    """The articles that order a form, in the centre's own rulebook; empty where it is silent."""
    rules = rules_now()
    form = rules.form(code) if rules else None
    return form.cite if form else ()


def lines(
    model: type[Line], *, words: str = "", year: int | None = None, matter: UUID | None = None
) -> QuerySet[Any]:
    """A register, the latest first; `words` finds what is written in it."""
    found: QuerySet[Any] = model._default_manager.select_related(*RELATED)  # noqa: SLF001
    if hasattr(model, "decided_by"):
        found = found.select_related("decided_by")
    if year:
        found = found.filter(year=year)
    if matter:
        found = found.filter(matter_id=matter)
    if words:
        wanted = Q(matter__iexact=words)
        for name in SEARCHED[model]:
            wanted |= Q(**{f"{name}__icontains": words})
        found = found.filter(wanted)
    return found.order_by("-entered_on", "-created_at")


def period(model: type[Line], first: date, last: date) -> QuerySet[Any]:
    """The lines entered from `first` to `last`, as they are printed: by series and number."""
    found = lines(model).filter(entered_on__range=(first, last))
    return found.order_by("series", "year", "number")


def of_matter(model: type[Line], matter: UUID) -> QuerySet[Any]:
    """The lines that belong to a batch, as they are printed."""
    return lines(model, matter=matter).order_by("series", "year", "number")


def years(model: type[Line]) -> list[int]:
    """The years in which something was entered, the latest first."""
    found = model._default_manager.order_by("-year").values_list("year", flat=True)  # noqa: SLF001
    return list(found.distinct())


def waiting() -> list[Transfer | SealUse]:
    """What waits for a leader's consent and was not put right meanwhile."""
    asked = {"consent": Consent.ASKED, "corrected_by": None}
    return [
        *SealUse.objects.filter(**asked).select_related("entered_by").order_by("created_at"),
        *Transfer.objects.filter(**asked).select_related("entered_by").order_by("created_at"),
    ]
