import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.pdf import Face
from assessment_center.pdf.table import TEXT_SIZE, Column, grid, measure
from assessment_center.pdf.text import normalise, width
from assessment_center.pdf.wrap import MIN_SIZE, NOT_FIRST, fit, fit_list, unbreakable, wrap
from tests.assessment_center.pdf import samples

WORDS = st.text(alphabet="张三，。（）“”甲 Ab12.、：", max_size=60)


@given(WORDS, st.floats(min_value=30, max_value=300))
def test_nothing_is_lost_and_nothing_is_wider_than_the_line(text: str, limit: float) -> None:
    lines = wrap(text, Face.SONG, 10, limit)
    assert "".join(lines).replace(" ", "") == normalise(text).replace(" ", "")
    assert all(width(line, Face.SONG, 10) <= limit + 0.1 for line in lines)


@given(WORDS, st.floats(min_value=8, max_value=200))
def test_a_fitted_text_is_whole_and_never_below_the_smallest_size(text: str, limit: float) -> None:
    fitted = fit(text, Face.SONG, 12.0, limit)
    assert fitted.size >= MIN_SIZE
    assert "".join(fitted.lines).replace(" ", "") == normalise(text).replace(" ", "")


def test_closing_marks_do_not_begin_a_line() -> None:
    lines = wrap("甲乙丙丁，戊己庚辛。（壬）", Face.SONG, 10, 42)
    assert all(line[0] not in NOT_FIRST for line in lines)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("甲，乙", ["甲，", "乙"]),
        ("（甲）乙", ["（甲）", "乙"]),
        ("第 30 分", ["第", " ", "30", " ", "分"]),
        ("见3.不得", ["见", "3.不", "得"]),
        ("选（　　）。", ["选", "（　　）。"]),
        ("0.5米", ["0.5", "米"]),
    ],
)
def test_pieces_that_stay_together(text: str, pieces: list[str]) -> None:
    assert unbreakable(text) == pieces


def test_a_number_slightly_too_long_is_set_smaller_not_broken() -> None:
    fitted = fit("500101200405061234", Face.SONG, 10.5, 85)
    assert fitted.lines == ("500101200405061234",)
    assert MIN_SIZE <= fitted.size < 10.5


def test_a_long_name_takes_two_lines() -> None:
    fitted = fit(samples.LONG, Face.KAI, 10.5, 90)
    assert len(fitted.lines) == 2
    assert "".join(fitted.lines) == samples.LONG


def test_a_first_line_may_be_indented() -> None:
    assert wrap("甲乙丙丁", Face.SONG, 10, 40, indent=20) == ["甲乙", "丙丁"]


def test_line_breaks_are_kept() -> None:
    assert wrap("甲\n乙", Face.SONG, 10, 100) == ["甲", "乙"]


@given(
    st.lists(st.text("王李赵伟丽·𠮷ab", min_size=1, max_size=12), min_size=1, max_size=30),
    st.floats(min_value=20, max_value=300),
)
def test_a_list_loses_nothing_and_keeps_its_items_whole(items: list[str], limit: float) -> None:
    found = fit_list("、".join(items), Face.KAI, 10.5, limit)
    assert found.size == 10.5
    assert "".join(found.lines) == normalise("、".join(items))
    if all(width(f"{item}、", Face.KAI, 10.5) <= limit for item in items):
        assert all(line.endswith("、") for line in found.lines[:-1])


def test_a_listing_makes_its_row_grow_instead_of_its_letters_small() -> None:
    names = "、".join(f"欧阳{place}明" for place in "甲乙丙丁戊己庚辛壬癸")
    columns = Column("岗位", 1), Column("人员", 2, listing=True), Column("职责", 2)
    made = measure(grid(columns, 0, 300), ("监考员", names, "布置考场"), 0)
    assert made.cells[1].size == TEXT_SIZE
    assert len(made.cells[1].lines) > 2
    assert made.height > len(made.cells[1].lines) * TEXT_SIZE
