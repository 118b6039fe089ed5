"""How long a record is kept, and the one root over a closed volume."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessment_center.workdays.rules.months import MONTHS_A_YEAR, add_months


@dataclass(frozen=True, slots=True)
class Term:
    """`until` is None for permanent keeping; `years`/`months` as the rulebook says."""

    until: date | None
    permanent: bool


def keep_until(start: date, *, years: int | None, months: int | None) -> Term:
    """The last day a record must be kept, counted from the last exam day (RULES X-39).

    Neither years nor months means permanent. The day of the event is not counted, so a term of
    three years from 2026-05-16 ends with 2029-05-16.
    """
    if years is None and months is None:
        return Term(None, permanent=True)
    total = (years or 0) * MONTHS_A_YEAR + (months or 0)
    return Term(add_months(start, total), permanent=False)


def volume_root(digests: Iterable[tuple[int, str]]) -> str:
    """One SHA-256 over the items' numbers and digests in order; any change alters it."""
    total = hashlib.sha256()
    for number, digest in sorted(digests):
        total.update(f"{number}:{digest}\n".encode())
    return total.hexdigest()
