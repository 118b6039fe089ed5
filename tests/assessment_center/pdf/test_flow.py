import pytest

from assessment_center.pdf import Column, Face
from assessment_center.pdf.flow import Line, Placed, Space, TableRows, centred, paragraph, pour
from assessment_center.pdf.table import MeasuredRow, grid


def line(height: float = 10.0, *, keep: bool = False) -> Line:
    return Line("甲", Face.SONG, 10, height, keep=keep)


def heights(pages: list[list[Placed]]) -> list[list[float]]:
    return [[y for y, _ in page] for page in pages]


def test_lines_are_poured_into_pages() -> None:
    assert heights(pour([line()] * 5, 20, 30)) == [[0, 10], [0, 10, 20]]


def test_a_heading_goes_over_with_its_text() -> None:
    assert heights(pour([line(), line(keep=True), line()], 20, 30)) == [[0], [0, 10]]


def test_space_is_dropped_at_the_top_of_a_page() -> None:
    assert heights(pour([line(), line(), Space(5), line()], 20, 30)) == [[0, 10], [0]]


def test_a_block_higher_than_a_page_is_broken() -> None:
    assert heights(pour([line(keep=True)] * 4, 20, 20)) == [[0, 10], [0, 10]]


def test_a_table_is_continued_on_the_next_page_with_its_header() -> None:
    table = grid((Column("甲", 1),), 0, 100)
    rows = tuple(MeasuredRow((), 10) for _ in range(10))
    room = table.header.height + 40
    pages = pour([line(), TableRows(table, rows), line()], room + 10, room)
    assert [[len(unit.rows) for _, unit in page if isinstance(unit, TableRows)] for page in pages] == [
        [4], [4], [2],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "face", "kept"),
    [
        ("一、报名", Face.HEI, True),
        ("（二）方式", Face.KAI, True),
        ("一、报名时间为 9 月。", Face.FANGSONG, False),
        ("报名", Face.FANGSONG, False),
    ],
)
def test_headings_are_recognised(text: str, face: Face, kept: bool) -> None:
    (unit,) = paragraph(text, 400)
    assert (unit.face, unit.keep, unit.left) == (face, kept, 32)


def test_only_the_last_line_of_a_paragraph_is_not_filled() -> None:
    units = paragraph("认定工作" * 20, 400)
    assert [unit.full for unit in units] == [True] * (len(units) - 1) + [False]


def test_a_long_title_is_balanced_and_a_broken_one_left_as_it_is() -> None:
    first, second = centred("关于开展职业技能等级认定工作的公告", 240, face=Face.TITLE, size=22)
    assert abs(len(first.text) - len(second.text)) <= 3
    assert [unit.text for unit in centred("甲甲甲\n乙", 240, face=Face.TITLE, size=22)] == [
        "甲甲甲",
        "乙",
    ]


def test_a_title_breaks_beside_a_term_and_not_within_it() -> None:
    title = "关于开展2026年第二批职业技能等级认定的公告"
    told = [unit.text for unit in centred(title, 340, face=Face.TITLE, size=22)]
    assert told == ["关于开展2026年第二批", "职业技能等级认定的公告"]
