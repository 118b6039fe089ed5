"""Values of settings in words."""

from dataclasses import fields

import pytest

from assessment_center.rulebooks import CODES, load
from assessment_center.rulebooks.labels import VALUE_LABELS
from assessment_center.rulebooks.rules.tables import Offset, ProctorRule, Term
from assessment_center.rulebooks.wording import words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (True, "是"),
        (False, "否"),
        (60, "60"),
        (0.7, "70%"),
        (1.5, "1.5"),
        ("serpentine", "S形"),
        ("楷体", "楷体"),
        ((), "无"),
        ((2, 1), "2、1"),
        ({"theory": -15}, "理论：-15"),
        (Term("workday", "publication", 5), "自成绩公布起 5 个工作日"),
        (Term("period", "publicity"), "公示期间"),
        (Offset(day=-3), "考前 3 天"),
        (Offset(day=0), "考试当天"),
        (Offset(min=-30), "开考前 30 分钟"),
        (ProctorRule(2), "至少 2"),
        (ProctorRule(2, 15), "至少 2，每名监考对应考生数 15"),
    ],
)
def test_words(value: object, said: str) -> None:
    assert words(value) == said


def test_a_time_of_day_is_said() -> None:
    imported = load("jilin").settings.computer_import_earliest
    assert imported is not None
    assert words(imported.value) == "考前 1 天 12:00"


@pytest.mark.parametrize("code", CODES)
def test_every_value_has_words_without_codes(code: str) -> None:
    settings = load(code).settings
    plain = {
        "query_urls",
        "certificate_english",
        "certno_pattern",
        "application_form_code",
        "annual_plan_due",
    }
    plain |= {"fill_font", "ephoto", "page", "seal_name", "seat_numbering", "site_sign"}
    texts = {
        f.name: words(getattr(settings, f.name).value)
        for f in fields(settings)
        if getattr(settings, f.name) is not None and f.name not in plain
    }
    assert [k for k, text in texts.items() if not text] == []
    assert [k for k, text in texts.items() if any(c.isascii() and c.isalpha() for c in text)] == []


def test_every_label_is_a_word() -> None:
    assert [key for key, label in VALUE_LABELS.items() if not str(label)] == []
