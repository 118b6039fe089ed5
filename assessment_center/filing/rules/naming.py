"""Names as the classification writes them (FIL-04): exact, or the nearest to be shown."""

from collections.abc import Iterable
from difflib import get_close_matches

NEAR = 3
LIKENESS = 0.5


def exact(wanted: str, names: Iterable[str]) -> str | None:
    """Return the name written exactly so; blanks around it do not count."""
    text = wanted.strip()
    return next((name for name in names if name == text), None)


def near(wanted: str, names: Iterable[str]) -> list[str]:
    """Return up to three names that look like it, the most alike first."""
    return get_close_matches(wanted.strip(), list(names), n=NEAR, cutoff=LIKENESS)
