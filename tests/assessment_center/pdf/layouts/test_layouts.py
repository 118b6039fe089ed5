"""What holds for every layout."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pypdf
import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples

FIXED = {"ac-song", "ac-hei", "ac-kai", "ac-kai-rest", "ac-fangsong", "ac-song-bold", "ac-latin"}
EMPTY = {
    "roster": pdf.roster, "form_table": pdf.form_table, "ticket": pdf.ticket,
    "certificate": pdf.certificate, "notice": pdf.notice, "exam_paper": pdf.exam_paper, "wall_notice": pdf.wall_notice,
    "labels": pdf.labels, "seating_chart": pdf.seating_chart,
}  # fmt: skip


@pytest.mark.parametrize("name", samples.LAYOUTS)
def test_equal_input_gives_equal_bytes(name: str) -> None:
    assert samples.LAYOUTS[name]() == samples.LAYOUTS[name]()


@pytest.mark.parametrize("name", samples.LAYOUTS)
def test_only_our_own_embedded_faces_are_used(name: str) -> None:
    data = samples.LAYOUTS[name]()
    assert b"Helvetica" not in data
    assert reading.font_names(data) <= FIXED


@pytest.mark.parametrize("name", samples.LAYOUTS)
def test_both_readers_find_the_same_characters(name: str) -> None:
    data = samples.LAYOUTS[name]()
    assert sorted(reading.text(data)) == sorted(reading.text_by_pdfium(data))


@pytest.mark.parametrize("name", samples.LAYOUTS)
def test_code_and_basis_stand_on_every_page(name: str) -> None:
    for page in reading.pages(samples.LAYOUTS[name]()):
        assert "KW-07  v1" in page
        assert "依据：考务管理规程第十二条" in page


@pytest.mark.parametrize("name", samples.LAYOUTS)
def test_nothing_leaves_the_paper(name: str) -> None:
    assert reading.is_inside_the_paper(samples.LAYOUTS[name]())


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_print_gives_one_empty_page(name: str) -> None:
    data = EMPTY[name]([], imprint=pdf.Imprint())
    assert len(pypdf.PdfReader(BytesIO(data)).pages) == 1
    assert reading.text(data) == ""


@pytest.mark.parametrize(
    "item",
    [samples.form, samples.ticket, samples.certificate],
    ids=["form_table", "ticket", "certificate"],
)
def test_a_missing_glyph_names_the_person(item: Callable[..., Any]) -> None:
    name = "张\U0003fffd"
    layout = {samples.form: pdf.form_table, samples.ticket: pdf.ticket}.get(item, pdf.certificate)
    with pytest.raises(pdf.GlyphMissing) as refusal:
        layout([item(name="李明"), item(name=name)], imprint=samples.IMPRINT)
    assert (refusal.value.who, refusal.value.codepoint) == (name, "U+3FFFD")


def test_threads_print_the_same_as_one() -> None:
    alone = {name: layout() for name, layout in samples.LAYOUTS.items()}
    names = list(samples.LAYOUTS) * 3
    with ThreadPoolExecutor(6) as threads:
        printed = list(threads.map(lambda name: samples.LAYOUTS[name](), names))
    assert printed == [alone[name] for name in names]
