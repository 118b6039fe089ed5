from dataclasses import replace

import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples


def test_values_photo_and_code_are_on_the_form() -> None:
    data = pdf.form_table(samples.form(), imprint=samples.IMPRINT)
    text = reading.text(data)
    for words in (
        samples.RARE,
        "500101200405061234",
        "——",
        "填报的信息真实。" * 12,
        "签名：",
        "注：由考务办归档。",
    ):
        assert words in text
    assert reading.codes(data) == ["https://example.org/a/1"]
    assert samples.photo() in data


def test_a_long_form_goes_on_over_the_page() -> None:
    form = samples.form()
    long = replace(form, rows=form.rows * 6)
    pages = reading.pages(pdf.form_table(long, imprint=samples.IMPRINT))
    assert len(pages) > 1
    assert f"第 {len(pages)} 页  共 {len(pages)} 页" in pages[-1]
    assert "由考务办归档" not in pages[0]
    assert "由考务办归档" in pages[-1]


def test_rows_joined_by_a_cell_stay_on_one_page() -> None:
    joined = (
        pdf.FormRow((pdf.Cell("左", rows=2), pdf.Cell("上")), 100),
        pdf.FormRow((pdf.Cell("下"),), 100),
    )
    form = pdf.Form("表", (1, 1), (pdf.FormRow((pdf.Cell("先", span=2),), 100), *joined))
    first, second = reading.pages(pdf.form_table(form, imprint=pdf.Imprint()))
    assert "左" not in first
    assert all(words in second for words in "左上下")


def test_a_heading_goes_over_with_the_row_below_it() -> None:
    rows = (
        pdf.FormRow((pdf.Cell("先"),), 190),
        pdf.FormRow((pdf.Cell("标题", label=True),), 20, heads=True),
        pdf.FormRow((pdf.Cell("表头", label=True),), 20, heads=True),
        pdf.FormRow((pdf.Cell("首行"),), 40),
    )
    form = pdf.Form("表", (1,), rows)
    first, second = reading.pages(pdf.form_table(form, imprint=pdf.Imprint()))
    assert "标题" not in first
    assert all(words in second for words in ("标题", "表头", "首行"))


def test_a_row_grows_with_what_spans_it() -> None:
    rows = (
        pdf.FormRow((pdf.Cell("说明", rows=2), pdf.Cell("甲" * 300, block=True, rows=2)), 9),
        pdf.FormRow((), 9),
    )
    form = pdf.Form("表", (1, 3), rows, subtitle="副题")
    assert "甲" * 300 in reading.text(pdf.form_table(form, imprint=pdf.Imprint()))


def test_too_many_cells_are_refused() -> None:
    form = pdf.Form("表", (1, 1), (pdf.FormRow((pdf.Cell("甲", span=3),)),))
    with pytest.raises(ValueError, match="Row 1 has more cells"):
        pdf.form_table(form, imprint=pdf.Imprint())
