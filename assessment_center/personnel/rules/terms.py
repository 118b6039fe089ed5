"""How long cards and contracts run and how they stand (ASR-09, ASR-10, SUP-03, EXP-04)."""

from datetime import date, timedelta

from assessment_center.personnel.enums import ASSESSORS, EXPERTS, SUPERVISORS, Light
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.settings_fields import Settings
from assessment_center.workdays.rules.months import add_years

ENDING_DAYS = 60
DAY = timedelta(days=1)


def last_day(start: date, years: int) -> date:
    """The last day of a term of whole years: 2026-03-01 and three years end on 2029-02-28."""
    return add_years(start, years) - DAY


def full_years(since: date, on: date) -> int:
    """Whole years from `since` to `on`; none before `since`."""
    years = on.year - since.year
    return max(0, years if add_years(since, years) <= on else years - 1) if on >= since else 0


def card_years(settings: Settings, grade: str) -> Cited[int] | None:
    """How many years a card of this grade is good for; None: the rulebook is silent."""
    if grade in ASSESSORS:
        return settings.assessor_card_years
    return settings.supervisor_years if grade in SUPERVISORS else None


def hire_years(settings: Settings, grade: str) -> Cited[int] | None:
    """The longest term of hire for this grade."""
    if grade in ASSESSORS:
        return settings.hire_years
    if grade in SUPERVISORS:
        return settings.supervisor_years
    return settings.expert_years if grade in EXPERTS else None


def light(
    on: date,
    first: date,
    last: date | None,
    revoked: date | None = None,
    *,
    soon: int = ENDING_DAYS,
) -> Light:
    """How a term stands that day; its last day is still good, the day of revocation is not."""
    if revoked is not None and revoked <= on:
        return Light.REVOKED
    if on < first:
        return Light.NOT_YET
    if last is None:
        return Light.VALID
    if last < on:
        return Light.EXPIRED
    return Light.ENDING if (last - on).days < soon else Light.VALID


def latest_end(start: date, years: int | None, card_until: date | None) -> date | None:
    """The last day a contract may run to: the rulebook's years and the card's own end, if any."""
    ends = [last_day(start, years)] if years else []
    return min([*ends, *([card_until] if card_until else [])], default=None)
