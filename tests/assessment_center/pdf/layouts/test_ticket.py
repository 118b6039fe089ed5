import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples


@pytest.mark.parametrize("name", [samples.RARE, samples.LONG])
@pytest.mark.parametrize("per_page", [1, 2])
def test_a_ticket_says_who_where_when(name: str, per_page: int) -> None:
    data = pdf.ticket(samples.ticket(name=name), imprint=samples.IMPRINT, per_page=per_page)
    text = reading.text(data)
    for words in (
        name,
        "准考证",
        "20260301000128",
        "2026-11-21（周六）",
        "第03考场",
        "17",
        "考生须知",
    ):
        assert words in text
    assert reading.codes(data) == ["AC1:T:20260301000128"]


@pytest.mark.parametrize(("per_page", "pages"), [(1, 5), (2, 3)])
def test_tickets_on_a_page(per_page: int, pages: int) -> None:
    data = pdf.ticket([samples.ticket()] * 5, imprint=samples.IMPRINT, per_page=per_page)
    assert len(reading.pages(data)) == pages


def test_a_ticket_without_photo_code_and_rules() -> None:
    item = pdf.Ticket("中心", "李明", "1", (), ())
    assert "照片" in reading.text(pdf.ticket(item, imprint=pdf.Imprint()))
    assert "考生须知" not in reading.text(pdf.ticket(item, imprint=pdf.Imprint(), per_page=2))


@pytest.mark.parametrize("rules", [16, 20])
def test_without_room_for_two_there_is_one_on_a_page(rules: int) -> None:
    items = [samples.ticket(rules=rules)] * 2
    data = pdf.ticket(items, imprint=samples.IMPRINT, per_page=2)
    assert len(reading.pages(data)) == 2
    assert f"{rules}.凭本准考证" in reading.text(data)


def test_text_without_room_is_refused_not_cut() -> None:
    with pytest.raises(ValueError, match="20260301000128"):
        pdf.ticket(samples.ticket(rules=60), imprint=samples.IMPRINT, per_page=2)


def test_three_on_a_page_are_refused() -> None:
    with pytest.raises(ValueError, match="1 or 2"):
        pdf.ticket([], imprint=samples.IMPRINT, per_page=3)
