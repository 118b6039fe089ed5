"""Reading the centre, its filings and their scope."""

from datetime import date

from django.db import models
from django.db.models import Q

from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of


def active_centre() -> AssessmentCentre | None:
    """The one centre in use; None before it is set up."""
    return AssessmentCentre.objects.filter(is_active=True).first()


def filings_on(centre: AssessmentCentre, on: date) -> list[Filing]:
    """Filings valid that day, the latest first."""
    live = Q(valid_until=None) | Q(valid_until__gte=on)
    rows = centre.filings.filter(live, valid_from__lte=on).select_related("rulebook_version")
    return list(rows.order_by("-valid_from"))


def rules_on(centre: AssessmentCentre, on: date) -> Rulebook | None:
    """The rulebook under which the centre is filed that day; None without a valid filing."""
    filing = next(iter(filings_on(centre, on)), None)
    return rules_of(filing.rulebook_version) if filing else None


def scope_lines(centre: AssessmentCentre, on: date) -> list[FiledScope]:
    """All lines of the scope that holds that day, initial and incremental filings together."""
    return list(
        FiledScope.objects.filter(filing__in=filings_on(centre, on)).select_related(
            "occupation", "job", "standard", "filing"
        )
    )


def latest_filing(centre: AssessmentCentre) -> Filing | None:
    """The filing that ends last, whether it still holds or not; None where none was entered."""
    rows = centre.filings.select_related("rulebook_version").order_by(
        models.F("valid_until").desc(nulls_first=True), "-valid_from"
    )
    return rows.first()
