from assessment_center import pdf
from assessment_center.pdf.layouts.exam_paper import Options, _options
from tests.assessment_center.pdf import reading, samples


def test_items_are_numbered_on_through_the_sections() -> None:
    pages = reading.pages(pdf.exam_paper(samples.exam_paper(), imprint=samples.IMPRINT))
    text = "".join("".join(pages).split())
    for number in range(1, 38):
        assert f"{number}." in text
    assert "37.简述开车步骤。" in text
    assert "姓名：" in pages[0]
    assert "准考证号：" not in pages[1]
    assert f"第 {len(pages)} 页  共 {len(pages)} 页" in pages[-1]


def test_options_stand_in_as_many_columns_as_hold_the_widest() -> None:
    four, two = _options(("甲",) * 4, 440), _options(("甲" * 12,) * 4, 440)
    assert [len(row.texts) for row in four if isinstance(row, Options)] == [4]
    assert [len(row.texts) for row in two if isinstance(row, Options)] == [2, 2]
    assert [row.keep for row in two] == [True, False]
    assert len(_options(("甲" * 60,) * 2, 440)) == 4
    assert _options((), 440) == []


def test_an_item_is_not_torn_from_its_options() -> None:
    for page in reading.pages(pdf.exam_paper(samples.exam_paper(), imprint=pdf.Imprint())):
        first = next(line for line in page.splitlines() if "页" not in line)
        assert not first.startswith(("A.", "B.", "C.", "D."))


def test_a_bare_paper() -> None:
    item = pdf.ExamPaper("试卷", (), blanks=())
    assert reading.text(pdf.exam_paper(item, imprint=pdf.Imprint())) == "第1页共1页试卷"
