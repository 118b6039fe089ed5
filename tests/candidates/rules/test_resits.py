"""Passed subjects count for their time; a resit is allowed so many times."""

from datetime import date

import pytest

from candidates.rules.resits import PassedSubject, ResitProblem, ToSit, subjects_to_sit

ON = date(2026, 5, 23)
BOTH = ("theory", "practical")
THEORY = PassedSubject("theory", date(2025, 6, 1), date(2026, 5, 31))
GONE = PassedSubject("theory", date(2025, 5, 1), date(2026, 4, 30))
FOREVER = PassedSubject("practical", date(2020, 5, 1))


@pytest.mark.parametrize(
    ("passes", "used", "limit", "expected"),
    [
        ([], 0, 1, ToSit(BOTH)),
        ([THEORY], 0, 1, ToSit(("practical",), is_resit=True)),
        ([THEORY], 5, None, ToSit(("practical",), is_resit=True)),
        ([THEORY], 1, 1, ToSit(("practical",), True, ResitProblem.TOO_MANY)),
        ([GONE], 1, 1, ToSit(BOTH)),
        ([THEORY, FOREVER], 0, 1, ToSit((), True, ResitProblem.NOTHING_LEFT)),
    ],
)
def test_what_is_left_to_sit(
    passes: list[PassedSubject], used: int, limit: int | None, expected: ToSit
) -> None:
    found = subjects_to_sit(offered=BOTH, passes=passes, on=ON, resits_used=used, resit_max=limit)
    assert found == expected
