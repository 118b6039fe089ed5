"""Cards of the staff and letters of appointment: nothing is cut, rare characters stay."""

import pytest
from pypdfium2 import PdfDocument

from assessment_center import pdf
from assessment_center.pdf.page import MM

IMPRINT = pdf.Imprint("F-802", "v1")
FACTS = (
    ("类别", "高级考评员"),
    ("职业", "电工、化学检验员、机床装调维修工、工业机器人系统操作员"),
    ("等级", "五级至一级"),
    ("编号", "GK-2026-0001"),
    ("有效期", "2026-05-20 至 2029-05-19"),
)
LONG = "买买提·阿卜杜热合曼·努尔买买提"


def card(name: str = "𬎆昭", facts: object = FACTS) -> pdf.StaffCard:
    return pdf.StaffCard("考评员资格证书", name, facts, "试验职业学院", qr="GK-2026-0001")  # type: ignore[arg-type]


def text_of(data: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(data)]
    return "".join("".join(pages).split())


def test_a_card_has_the_size_of_a_card_and_loses_nothing() -> None:
    data = pdf.staff_cards([card(), card(LONG)], imprint=IMPRINT, paper=pdf.Paper.CARD)
    pages = PdfDocument(data)
    assert [round(side / MM, 1) for side in pages[0].get_size()] == [85.6, 54.0]
    assert len(pages) == 2
    found = text_of(data)
    for part in ("𬎆昭", LONG, "2029-05-19", "工业机器人系统操作员"):
        assert part in found
    assert "F-802" not in found


def test_what_stands_below_the_code_has_the_whole_width() -> None:
    short = (("类别", "外部质量督导员"), ("编号", "WD-1"), ("有效期", "2026-05-20 至 2029-05-19"))
    page = PdfDocument(pdf.staff_cards(card(facts=short), imprint=IMPRINT))[0]
    assert "有效期：2026-05-20 至 2029-05-19" in page.get_textpage().get_text_range()


def test_eleven_cards_take_two_sheets() -> None:
    data = pdf.staff_cards([card()] * 11, imprint=IMPRINT)
    assert len(PdfDocument(data)) == 2
    assert text_of(data).count("𬎆昭") == 11
    assert data == pdf.staff_cards([card()] * 11, imprint=IMPRINT)


def test_a_card_that_cannot_hold_its_text_says_whose() -> None:
    endless = (("职业", "电工、" * 90),)
    with pytest.raises(ValueError, match="𬎆昭"):
        pdf.staff_cards(card(facts=endless), imprint=IMPRINT)


def test_a_letter_stands_on_one_page_with_its_seal() -> None:
    one = pdf.Letter("聘书", f"兹聘请 {LONG} 同志为专家。", "试验职业学院", "2026 年 5 月 1 日")
    data = pdf.letter([one, one], imprint=pdf.Imprint("F-809"))
    assert len(PdfDocument(data)) == 2
    assert LONG in text_of(data)
    assert "（盖章）" in text_of(data)
