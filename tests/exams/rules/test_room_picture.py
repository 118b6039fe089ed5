"""A room drawn as text is read as it was drawn, and what cannot be read is told with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.rules import room_picture

ROW = st.integers(1, 12)


@given(
    rows=ROW, columns=ROW, marks=st.dictionaries(st.tuples(ROW, ROW), st.sampled_from("空坏备轮"))
)
def test_what_is_drawn_is_read_again(rows, columns, marks):
    inside = {place: mark for place, mark in marks.items() if place <= (rows, 99)}
    inside = {place: mark for place, mark in inside.items() if place[1] <= columns}
    kinds = {
        kind: tuple(sorted(place for place, own in inside.items() if own == mark))
        for kind, mark in zip(
            ("blocked", "broken", "reserved", "accessible"), "空坏备轮", strict=True
        )
    }
    text = room_picture.draw(rows, columns, **kinds)
    if len(kinds["blocked"]) + len(kinds["broken"]) == rows * columns:
        with pytest.raises(room_picture.PictureError):
            room_picture.read(text)
        return
    found = room_picture.read(text)
    assert found == room_picture.Picture(rows, columns, **kinds)
    assert found.seats == text.count("座") + text.count("备") + text.count("轮")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", ("empty", 0, "")),
        ("空空", ("empty", 0, "")),
        ("座座\n座", ("width", 2, "")),
        ("座x", ("mark", 1, "x")),
        ("座" * 41, ("size", 0, "")),
        ("座\n" * 41, ("size", 0, "")),
    ],
)
def test_what_cannot_be_read_is_told(text, fault):
    with pytest.raises(room_picture.PictureError) as found:
        room_picture.read(text)
    assert (found.value.kind, found.value.row, found.value.mark) == fault


def test_spaces_and_empty_lines_say_nothing():
    assert room_picture.read(" 座 空 座\n\n座空座 \n").blocked == ((1, 2), (2, 2))
