"""Days and moments in the words of whoever reads them."""

from datetime import date

import pytest
from django.utils import translation

from candidates.spoken import spoken, spoken_day
from tests.factories import foundation as f


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [
        ("zh-hans", "2026 年 4 月 20 日 17:00", "4 月 20 日"),
        ("en", "20 April 2026, 17:00", "20 April"),
    ],
)
def test_days_are_spoken_in_the_language_of_the_reader(
    language: str, moment: str, day: str
) -> None:
    with translation.override(language):
        assert spoken(f.at(2026, 4, 20, 17)) == moment
        assert spoken_day(date(2026, 4, 20)) == day
