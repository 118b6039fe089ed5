"""Several sheets in one document: each on its own paper, under its own imprint and code."""

from io import BytesIO

import pypdf
import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples

ADDRESS = "HTTPS://OFFICE.EXAMPLE/P/K7Q2M9ABCD"


def test_every_leaf_has_its_paper_imprint_and_pages() -> None:
    leaves = [
        pdf.Leaf(samples.roster(60), pdf.Imprint("F-501 AAAA", "v1")),
        pdf.Leaf(samples.seating_chart(), pdf.Imprint("F-309 BBBB", "v2", "办法第一条" * 30),
                 pdf.Paper.A4_LANDSCAPE, 2),
        pdf.Leaf(samples.form(), pdf.Imprint("F-502 CCCC")),
    ]  # fmt: skip
    data = pdf.bind(leaves)
    pages = reading.pages(data)
    assert ["AAAA" in page for page in pages] == [True] * 3 + [False] * 3
    assert ["BBBB" in page for page in pages] == [False] * 3 + [True] * 2 + [False]
    assert "办法第一条" not in pages[5]
    boxes = [page.mediabox for page in pypdf.PdfReader(BytesIO(data)).pages]
    assert [box.width > box.height for box in boxes] == [False] * 3 + [True] * 2 + [False]
    assert data == pdf.bind(leaves)
    assert reading.text(pdf.bind([])) == ""


def test_the_code_in_the_corner_is_read_back_on_every_page() -> None:
    data = pdf.bind(pdf.Leaf(samples.roster(60), pdf.Imprint("F-501 AAAA", mark=ADDRESS)))
    for page in range(3):
        picture = reading.picture(data, page, scale=4)
        import zxingcpp

        assert [each.text for each in zxingcpp.read_barcodes(picture)] == [ADDRESS]


@pytest.mark.parametrize("name", samples.SHEETS)
def test_a_layout_loses_nothing_of_long_and_rare_names(name: str) -> None:
    data = pdf.bind(pdf.Leaf(samples.SHEETS[name], samples.IMPRINT))
    text = reading.text(data)
    assert reading.text_by_pdfium(data)
    for told in (samples.LONG, samples.RARE):
        assert told in text
    assert reading.is_inside_the_paper(data)


def test_a_leaf_with_an_undrawable_name_is_refused() -> None:
    roll = pdf.PhotoRoll("核对表", (pdf.Portrait("01", "张\U0003fffd"),))
    with pytest.raises(pdf.GlyphMissing, match="张"):
        pdf.bind(pdf.Leaf(roll))


def test_a_photo_is_read_when_it_is_drawn_and_the_frame_stays_without_one() -> None:
    asked = []

    def load() -> bytes:
        asked.append(1)
        return samples.photo()

    roll = pdf.PhotoRoll("核对表", (pdf.Portrait("01", "甲", photo=load), pdf.Portrait("02", "乙")))
    assert not asked
    data = pdf.bind(pdf.Leaf(roll))
    assert asked == [1]
    assert samples.photo() in data
    assert reading.text(data).count("照片") == 1
