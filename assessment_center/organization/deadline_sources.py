"""When a filing ends and must have been renewed (FIL-02)."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.organization.models import AssessmentCentre, Filing
from assessment_center.registry.entries import DeadlineSpec, centre_deadline_sources
from assessment_center.rulebooks.selectors import rules_of
from assessment_center.workdays.counting import on

DAY = timedelta(days=1)


def filing_deadlines(centre: AssessmentCentre) -> Sequence[DeadlineSpec]:
    """One for every filing that ends; met when another takes over the day after."""
    return list(_ends(centre))


def _ends(centre: AssessmentCentre) -> Iterator[DeadlineSpec]:
    own = centre.filings.filter(base=None)  # an increment ends with its base
    ending = own.exclude(valid_until=None).select_related("rulebook_version")
    for filing in ending.order_by("valid_until"):
        years = rules_of(filing.rulebook_version).settings.filing_valid_years
        yield DeadlineSpec(
            "organization.filing_ends",
            str(_("备案期满前续办（%(number)s）") % {"number": filing.number}),
            filing.valid_until,
            years.citations if years else (),
            done=_followed(filing),
            responsible=Act.CENTRE_MANAGE,
            counting=on(_("备案有效期止"), filing.valid_until) if filing.valid_until else None,
            subject=filing.subject,
        )


def _followed(filing: Filing) -> bool:
    """Another filing holds on the day after the end of this one."""
    if filing.valid_until is None:
        return True
    after = filing.valid_until + DAY
    holds = Q(valid_until=None) | Q(valid_until__gte=after)
    others = Filing.objects.filter(holds, centre=filing.centre, valid_from__lte=after, base=None)
    return others.exclude(pk=filing.pk).exists()


centre_deadline_sources.register("organization", filing_deadlines, order=10)
