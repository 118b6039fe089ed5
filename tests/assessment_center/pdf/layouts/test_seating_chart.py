from dataclasses import replace

import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples


@pytest.mark.parametrize("paper", list(pdf.Paper))
def test_every_seat_is_on_the_chart(paper: pdf.Paper) -> None:
    chart = samples.seating_chart()
    text = reading.text(pdf.seating_chart(chart, imprint=samples.IMPRINT, paper=paper))
    for seat in chart.seats:
        assert seat.number in text
    assert text.count(samples.RARE) == 15
    assert text.count(samples.LONG) == 4
    assert text.count("门") == 2
    assert "讲台" in text


def test_a_large_room_stays_on_one_page() -> None:
    seats = [pdf.Seat(r, c, f"{r}{c}", "李明", "A") for r in range(1, 13) for c in range(1, 9)]
    chart = pdf.SeatingChart("大教室", seats, 12, 8)
    pages = reading.pages(pdf.seating_chart(chart, imprint=pdf.Imprint()))
    assert len(pages) == 1
    assert pages[0].count("李明") == 96


@pytest.mark.parametrize(
    ("seat", "words"),
    [(pdf.Seat(1, 1, "99"), "same place"), (pdf.Seat(9, 9, "99"), "outside the chart")],
)
def test_impossible_seats_are_refused(seat: pdf.Seat, words: str) -> None:
    chart = samples.seating_chart()
    with pytest.raises(ValueError, match=words):
        pdf.seating_chart(replace(chart, seats=[*chart.seats, seat]), imprint=pdf.Imprint())
