from dataclasses import replace

import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples


@pytest.mark.parametrize("name", [samples.RARE, samples.LONG, "李明"])
def test_every_name_and_number_is_found(name: str) -> None:
    text = reading.text(pdf.roster(samples.roster(12, name=name), imprint=samples.IMPRINT))
    assert text.count(name) == 12
    for number in range(1, 13):
        assert f"2026{number:010d}" in text


def test_the_header_is_repeated_and_pages_are_counted_within_each_sheet() -> None:
    data = pdf.roster([samples.roster(40), samples.roster(3)], imprint=samples.IMPRINT)
    pages = reading.pages(data)
    assert len(pages) == 3
    for page, words in zip(
        pages, ["第 1 页  共 2 页", "第 2 页  共 2 页", "第 1 页  共 1 页"], strict=True
    ):
        assert words in page
        assert "考场签到表" in page
        assert "准考证号" in page
        assert "监考员：" in page


@pytest.mark.parametrize(("rows", "pages"), [(28, 1), (30, 1), (40, 2)])
def test_rows_close_up_to_stay_on_one_page_but_not_further_than_allowed(rows, pages) -> None:
    sheet = replace(samples.roster(rows), row_height=8.6, tightest=6.5)
    assert len(reading.pages(pdf.roster(sheet, imprint=samples.IMPRINT))) == pages
    assert len(reading.pages(pdf.roster(replace(sheet, tightest=0.0), imprint=samples.IMPRINT))) > 1


def test_blank_rows_are_drawn_for_late_entries() -> None:
    sheet = pdf.Roster("表", samples.COLUMNS, [], blank_rows=60)
    assert len(reading.pages(pdf.roster(sheet, imprint=samples.IMPRINT))) > 1


def test_a_missing_glyph_names_the_row() -> None:
    with pytest.raises(pdf.GlyphMissing) as refusal:
        pdf.roster(samples.roster(2, name="张\U0003fffd"), imprint=samples.IMPRINT)
    assert refusal.value.who == "张\U0003fffd"


def test_without_a_name_column_the_sheet_is_named() -> None:
    sheet = pdf.Roster("物品清单", (pdf.Column("物品", 1),), [("\U0003fffd",)])
    with pytest.raises(pdf.GlyphMissing, match="“物品清单”"):
        pdf.roster(sheet, imprint=samples.IMPRINT)


def test_a_single_long_fact_is_wrapped() -> None:
    sheet = pdf.Roster("表", samples.COLUMNS, [], meta=(("事由", "情况说明" * 30),))
    assert "情况说明" * 30 in reading.text(pdf.roster(sheet, imprint=samples.IMPRINT))
