from dataclasses import replace

from assessment_center import pdf
from assessment_center.pdf.faces import Face
from assessment_center.pdf.flow import Line, pour
from assessment_center.pdf.layouts.notice import _poured
from tests.assessment_center.pdf import reading, samples


def test_a_notice_carries_all_its_parts() -> None:
    text = reading.text(pdf.notice(samples.notice(), imprint=samples.IMPRINT))
    for words in (
        "示院认〔2026〕15号",
        "各二级学院：",
        "一、认定职业",
        "表1",
        "化工总控工",
        "附件：1.申报条件",
        "2.申报表",
        "2026年9月28日",
    ):
        assert words in text


def test_a_long_notice_counts_its_pages() -> None:
    pages = reading.pages(pdf.notice(samples.notice(paragraphs=14), imprint=samples.IMPRINT))
    assert len(pages) > 2
    assert f"第 2 页  共 {len(pages)} 页" in pages[1]
    assert "示院认" not in pages[1]


def test_lines_stand_closer_where_only_the_end_of_the_list_would_go_over() -> None:
    """GB/T 9704: the distance of lines makes room for the signature; not for a page of text."""
    lines = [
        Line("甲乙丙丁。", Face.FANGSONG, 16, 28, keep=number in {19, 20}) for number in range(22)
    ]
    assert [len(page) for page in pour(lines, 560, 560)] == [19, 3]
    assert [len(page) for page in _poured(lines, 560, 560)] == [22]
    much = [*lines, *lines[:10]]
    assert _poured(much, 560, 560) == pour(much, 560, 560)


def test_a_letter_without_red_head_and_with_one_attachment() -> None:
    item = replace(samples.notice(), red_head=False, attachments=("申报表",), number="")
    text = reading.text(pdf.notice(item, imprint=pdf.Imprint()))
    assert "附件：申报表" in text
    assert "15号" not in text


def test_a_long_issuer_is_set_smaller() -> None:
    item = replace(samples.notice(), issuer="示范化工职业技术学院职业技能等级认定中心")
    assert item.issuer in reading.text(pdf.notice(item, imprint=pdf.Imprint()))


def test_a_paper_without_signer_has_no_signature() -> None:
    item = pdf.Notice("示范学院", "试卷", ("1. 题目",), "", "", red_head=False)
    assert reading.text(pdf.notice(item, imprint=pdf.Imprint())) == "第1页共1页试卷1.题目"


def test_long_addressees_and_attachments_stay_on_the_paper() -> None:
    long = "各二级学院、各有关单位" * 3
    item = replace(
        samples.notice(paragraphs=1), addressee=f"{long}：", attachments=("申报表", long, long)
    )
    data = pdf.notice(item, imprint=pdf.Imprint())
    assert reading.text(data).count(long) == 3
    assert reading.is_inside_the_paper(data)
