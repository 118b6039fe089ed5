import pytest

from assessment_center import pdf
from tests.assessment_center.pdf import reading, samples


@pytest.mark.parametrize("paper", [pdf.Paper.A4, pdf.Paper.A4_LANDSCAPE])
@pytest.mark.parametrize("name", [samples.RARE, samples.LONG])
def test_every_prescribed_fact_is_printed(paper: pdf.Paper, name: str) -> None:
    data = pdf.certificate(samples.certificate(name=name), imprint=samples.IMPRINT, paper=paper)
    text = reading.text(data)
    for fact in samples.certificate(name=name).facts:
        assert f"{fact.label}：" in text
        assert "".join(fact.value.split()) in text
        assert fact.label_en.replace(" ", "") in text
    for words in (
        "职业技能等级证书",
        "示范学院职业技能等级认定中心",
        "2026年12月08日",
        "（盖章）",
        "No.000128",
    ):
        assert words in text
    assert reading.codes(data) == ["https://example.org/v/Y000041019001263000128"]
    assert samples.photo() in data


@pytest.mark.parametrize(
    ("face", "file"), [(pdf.Face.KAI, "ac-kai"), (pdf.Face.FANGSONG, "ac-fangsong")]
)
def test_values_are_set_in_the_face_of_the_rulebook(face: pdf.Face, file: str) -> None:
    data = pdf.certificate(samples.certificate(name="李明"), imprint=pdf.Imprint(), face=face)
    assert file in reading.font_names(data)


def test_facts_stand_in_the_official_order_without_english() -> None:
    facts = pdf.certificate_facts(
        name="甲", id_type="乙", id_number="丙", occupation="丁", job="—", level="戊", number="己"
    )
    assert [(fact.label, fact.value, fact.label_en) for fact in facts] == [
        ("姓名", "甲", ""),
        ("证件类型", "乙", ""),
        ("证件号码", "丙", ""),
        ("职业名称", "丁", ""),
        ("工种/职业方向", "—", ""),
        ("职业技能等级", "戊", ""),
        ("证书编号", "己", ""),
    ]


def test_one_certificate_a_page() -> None:
    data = pdf.certificate([samples.certificate()] * 3, imprint=samples.IMPRINT)
    assert len(reading.pages(data)) == 3
    assert data.count(samples.photo()) == 1


def test_a_bare_certificate_and_a_long_title() -> None:
    item = pdf.Certificate("专项职业能力证书" * 4, (), "中心", "2026 年")
    text = reading.text(pdf.certificate(item, imprint=pdf.Imprint()))
    assert "专项职业能力证书" * 4 in text
