"""The earliest moment of opening, for every way a rulebook says it."""

from datetime import datetime, time
from types import SimpleNamespace

import pytest

from questionbank.rules.release_time import earliest_release

START = datetime(2026, 5, 23, 9)


@pytest.mark.parametrize(
    ("offset", "wanted"),
    [
        ((-3, None, None), datetime(2026, 5, 20)),
        ((0, None, None), datetime(2026, 5, 23)),
        ((-1, None, time(14, 30)), datetime(2026, 5, 22, 14, 30)),
        ((None, -30, None), datetime(2026, 5, 23, 8, 30)),
        ((None, -60, None), datetime(2026, 5, 23, 8)),
    ],
)
def test_the_rulebook_is_reckoned_from_the_start(offset, wanted):
    day, minutes, hour = offset
    assert earliest_release(SimpleNamespace(day=day, min=minutes, time=hour), START) == wanted


def test_a_silent_rulebook_means_the_day_itself():
    assert earliest_release(None, START) == datetime(2026, 5, 23)
