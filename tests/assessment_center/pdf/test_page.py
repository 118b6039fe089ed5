from io import BytesIO

import pypdf
import pytest
from reportlab.lib.colors import Color

from assessment_center.pdf import Box, Document, Face, Imprint, Paper
from tests.assessment_center.pdf import reading, samples


def test_page_numbers_code_and_basis_stand_on_the_page() -> None:
    document = Document("表", imprint=samples.IMPRINT)
    document.page(1, 2)
    document.page(2, 2)
    first, second = reading.pages(document.finish())
    assert "第 1 页  共 2 页" in first
    assert "第 2 页  共 2 页" in second
    assert "KW-07  v1" in first
    assert "依据：考务管理规程第十二条" in second


def test_a_number_without_total() -> None:
    document = Document("表")
    document.page(3)
    assert reading.text(document.finish()) == "第3页"


def test_metadata_name_the_title_and_the_language() -> None:
    reader = pypdf.PdfReader(BytesIO(Document("考场签到表", imprint=Imprint("KW-07")).finish()))
    assert reader.metadata.title == "考场签到表"
    assert reader.metadata.subject == "KW-07"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


@pytest.mark.parametrize("paper", list(Paper))
def test_paper_sizes(paper: Paper) -> None:
    box = pypdf.PdfReader(BytesIO(Document("", paper=paper).finish())).pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(paper.value, abs=0.01)


def test_spacing_does_not_leak_into_the_next_text() -> None:
    plain, after = Document(""), Document("")
    page = plain.page()
    page.text(50, 100, "甲乙", spacing=0)
    expected = reading.picture(plain.finish())
    page = after.page()
    page.text(50, 700, "甲乙", spacing=9, color=Color(1, 1, 1))
    page.text(50, 100, "甲乙")
    assert reading.picture(after.finish()).tobytes() == expected.tobytes()


@pytest.mark.parametrize("align", ["left", "center", "right"])
def test_text_returns_its_width(align: str) -> None:
    page = Document("").page()
    assert page.text(200, 100, "甲乙", face=Face.KAI, size=10, align=align) == pytest.approx(20)


def test_boxes_know_their_edges() -> None:
    box = Box(10, 20, 30, 40)
    assert (box.right, box.bottom, box.centre, box.middle) == (40, 60, 25, 40)
    assert box.inset(5) == Box(15, 25, 20, 30)
    assert box.inset(5, 0) == Box(15, 20, 20, 40)


def test_a_long_basis_is_wrapped_and_takes_its_room_from_the_body() -> None:
    basis = "职业技能等级认定考务管理规程第十二条、质量管理办法第三条；" * 6
    short, long = Document(""), Document("", imprint=Imprint(basis=basis))
    assert long.page().body.h < short.page().body.h
    assert basis in reading.text(long.finish())
