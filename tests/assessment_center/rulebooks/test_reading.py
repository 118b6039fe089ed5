"""Everything a rulebook states, in words: no key of the program ever shows."""

import re
from dataclasses import fields

import pytest

from assessment_center.rulebooks import CODES, load
from assessment_center.rulebooks.reading import further, note, setting_words
from assessment_center.rulebooks.rules.settings_fields import Settings
from assessment_center.rulebooks.rules.statements import statements
from assessment_center.rulebooks.rules.tables import LeadWorkdays

KEY = re.compile(r"[a-z]+_[a-z_]+|\{|\\d|[A-Z]-\d")
LATIN = {
    "query_urls",
    "certificate_english",
    "fill_font",
    "ephoto",
    "page",
    "seat_numbering",
    "certno_pattern",
}


@pytest.mark.parametrize("code", CODES)
def test_no_statement_shows_a_key(code: str) -> None:
    rules = load(code)
    told = [(each, note(rules, each)) for each in (*statements(rules), *further(rules))]
    assert len(told) > 90
    texts = {(s.kind, s.key): f"{n.title} {n.value} {n.detail}" for s, n in told}
    assert {where: text for where, text in texts.items() if KEY.search(text)} == {}
    latin = {
        where: text
        for where, text in texts.items()
        if where[1] not in LATIN and where[0] == "settings" and re.search(r"[a-z]{3}", text)
    }
    assert latin == {}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            "report_lead_workdays",
            LeadWorkdays(plan=10, data=15),
            "计划 10 个工作日，报名数据 15 个工作日",
        ),
        ("pass_score", 60, "60 分"),
        ("ticket_issue_workdays_before", (3, 5), "3 至 5 个工作日"),
        ("t_meeting", -45, "开考前 45 分钟"),
        ("t_paper_open", 0, "开考时"),
        ("absence_mark_at_min", 30, "开考后 30 分钟"),
        ("t_candidate_entry", {"theory": -15}, "理论：开考前 15 分钟"),
        ("end_reminder_min", -15, "结束前 15 分钟"),
        ("familiarisation_day", -1, "考前 1 天"),
        ("levels", (5, 4), "五级、四级"),
        ("levels", (), "不分等级"),
        ("grade_levels", {"assessor": (5, 4)}, "考评员：五级、四级"),
        ("rotation_min_ratio", (1, 3), "1/3"),
        ("annual_plan_due", "12-31", "12 月 31 日"),
        ("expense_cap_inside", 0.7, "70%"),
        ("points_weight_factor", 1.5, "1.5 倍"),
        ("forbidden_pairs", (("supervisor", "assessor"),), "督导员与考评员"),
        ("seal_name", "{name}认定专用章", "（机构名称）认定专用章"),
        ("certno_pattern", r"^[A-Z]\d{21}$", "1 位大写字母 21 位数字"),
        ("video_required", True, "是"),
    ],
)
def test_a_value_is_said_with_its_unit(key: str, value: object, said: str) -> None:
    assert setting_words(key, value) == said


@pytest.mark.parametrize("code", CODES)
def test_the_form_is_said_by_its_name(code: str) -> None:
    rules = load(code)
    assert rules.settings.application_form_code is not None
    said = setting_words("application_form_code", rules.settings.application_form_code.value, rules)
    assert re.fullmatch(r"《.+》", said)


def test_every_setting_belongs_to_an_area() -> None:
    from assessment_center.rulebooks.comparing import keys_by_area

    grouped = keys_by_area()
    assert {key for keys in grouped.values() for key in keys} == {f.name for f in fields(Settings)}
    assert [number for number, _name in grouped] == sorted(number for number, _name in grouped)
    assert "合格" not in {name for _number, name in grouped}
    assert "pass_score" in grouped[18, "评分、成绩"]
