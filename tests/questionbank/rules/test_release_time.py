"""The earliest moment of opening, for every way a rulebook says it."""

from datetime import UTC, datetime, time
from types import SimpleNamespace

import pytest

from questionbank.rules.release_time import earliest_release

START = datetime(2026, 5, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("offset", "wanted"),
    [
        ((-3, None, None), datetime(2026, 5, 20, tzinfo=UTC)),
        ((0, None, None), datetime(2026, 5, 23, tzinfo=UTC)),
        ((-1, None, time(14, 30)), datetime(2026, 5, 22, 14, 30, tzinfo=UTC)),
        ((None, -30, None), datetime(2026, 5, 23, 8, 30, tzinfo=UTC)),
        ((None, -60, None), datetime(2026, 5, 23, 8, tzinfo=UTC)),
    ],
)
def test_the_rulebook_is_reckoned_from_the_start(offset, wanted):
    day, minutes, hour = offset
    assert earliest_release(SimpleNamespace(day=day, min=minutes, time=hour), START) == wanted


def test_a_silent_rulebook_means_the_day_itself():
    assert earliest_release(None, START) == datetime(2026, 5, 23, tzinfo=UTC)
