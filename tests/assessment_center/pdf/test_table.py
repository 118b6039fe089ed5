from typing import Any

import pytest

from assessment_center.pdf import Column, Face
from assessment_center.pdf.table import MeasuredRow, grid, measure, split
from tests.assessment_center.pdf import samples

ROW = MeasuredRow((), 10)


def test_columns_share_the_width() -> None:
    table = grid((Column("甲", 1), Column("乙", 3)), 50, 400)
    assert table.widths == (100, 300)
    assert table.width == 400


def test_names_are_set_in_kai_unless_the_rulebook_says_otherwise() -> None:
    assert Column("姓名", 1, names=True).cell_face is Face.KAI
    assert Column("姓名", 1, names=True, face=Face.FANGSONG).cell_face is Face.FANGSONG
    assert Column("职业", 1).cell_face is Face.SONG


def test_a_row_grows_with_its_text() -> None:
    table = grid((Column("姓名", 1, names=True),), 0, 60)
    assert measure(table, ("李明",), 20).height == 20
    row = measure(table, (samples.LONG,), 20)
    assert row.height > 20
    assert "".join(row.cells[0].lines) == samples.LONG


def test_a_row_must_have_a_cell_for_every_column() -> None:
    with pytest.raises(ValueError, match="zip"):
        measure(grid((Column("甲", 1), Column("乙", 1)), 0, 100), ("一",), 10)


@pytest.mark.parametrize(
    ("rows", "first", "rest", "expected"),
    [
        (0, 25, 45, [0]),
        (2, 25, 45, [2]),
        (3, 25, 45, [2, 1]),
        (9, 25, 45, [2, 4, 3]),
        (2, 5, 5, [1, 1]),
        (5, 45, 45, [3, 2]),
    ],
)
def test_rows_are_split_over_pages(rows: int, first: int, rest: int, expected: Any) -> None:
    assert [len(part) for part in split([ROW] * rows, first, rest)] == expected
