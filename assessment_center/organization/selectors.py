"""Reading the centre, its filings and their scope."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q

from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of


def active_centre() -> AssessmentCentre | None:
    """The one centre in use; None before it is set up."""
    return AssessmentCentre.objects.filter(is_active=True).first()


def _live(on: date, of: str = "") -> Q:
    """Valid that day; `of` is the path to the filing."""
    ends = Q(**{f"{of}valid_until": None}) | Q(**{f"{of}valid_until__gte": on})
    return ends & Q(**{f"{of}valid_from__lte": on})


def filings_on(centre: AssessmentCentre, on: date) -> list[Filing]:
    """Filings valid that day, the latest first."""
    rows = centre.filings.filter(_live(on)).select_related("rulebook_version")
    return list(rows.order_by("-valid_from"))


def rules_on(centre: AssessmentCentre, on: date) -> Rulebook | None:
    """The rulebook under which the centre is filed that day; None without a valid filing."""
    filing = next(iter(filings_on(centre, on)), None)
    return rules_of(filing.rulebook_version) if filing else None


def scope_lines(centre: AssessmentCentre, on: date) -> list[FiledScope]:
    """All lines of the scope that holds that day, initial and incremental filings together."""
    lines = FiledScope.objects.filter(_live(on, "filing__"), filing__centre=centre)
    return list(lines.select_related("occupation", "job", "standard", "filing"))


def lines_of(centre: AssessmentCentre, occupation_id: UUID, on: date) -> list[FiledScope]:
    """Of that scope the lines of one occupation, the oldest first, in one query."""
    lines = FiledScope.objects.filter(
        _live(on, "filing__"), filing__centre=centre, occupation=occupation_id
    )
    return list(lines.order_by("created_at"))


def latest_filing(centre: AssessmentCentre) -> Filing | None:
    """The filing that ends last, whether it still holds or not; None where none was entered."""
    rows = centre.filings.select_related("rulebook_version").order_by(
        models.F("valid_until").desc(nulls_first=True), "-valid_from"
    )
    return rows.first()
