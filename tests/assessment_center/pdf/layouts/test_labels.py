import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples


@pytest.mark.parametrize(("across", "down", "pages"), [(2, 5, 2), (1, 2, 6), (3, 8, 1)])
def test_labels_fill_sheets(across: int, down: int, pages: int) -> None:
    data = pdf.labels(samples.labels(11), across=across, down=down)
    assert len(reading.pages(data)) == pages
    text = reading.text(data)
    assert text.count(samples.LONG) == 11
    for number in range(11):
        assert f"2026{number:08d}" in text


def test_a_packet_label_with_code() -> None:
    item = pdf.Label("第 03 考场", ("理论知识", "A 卷 30 份"), qr="AC1:P:7")
    data = pdf.labels(item, across=1, down=2)
    assert reading.codes(data) == ["AC1:P:7"]


def test_a_missing_glyph_names_the_label() -> None:
    with pytest.raises(pdf.GlyphMissing, match="“张三”"):
        pdf.labels([pdf.Label("张三", ("\U0003fffd",))])


def test_text_without_room_is_refused_not_cut() -> None:
    with pytest.raises(ValueError, match="more text than its place"):
        pdf.labels(pdf.Label("张三", ("一行",) * 20), across=3, down=8)
