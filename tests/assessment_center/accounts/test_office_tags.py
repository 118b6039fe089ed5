"""The tags of the pages: days, masks, audit content in words."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context
from django.utils import translation

from assessment_center.accounts.templatetags import office
from assessment_center.registry import Citation


@pytest.mark.parametrize(
    ("value", "language", "written"),
    [
        (date(2026, 11, 21), "zh-hans", "2026-11-21（周六）"),
        (date(2026, 11, 22), "zh-hans", "2026-11-22（周日）"),
        (date(2026, 11, 21), "en", "2026-11-21 (Sat)"),
        (datetime(2026, 11, 21, 23, 0, tzinfo=UTC), "zh-hans", "2026-11-22（周日）"),
        (None, "zh-hans", ""),
    ],
)
def test_day(value: Any, language: str, written: str) -> None:
    with translation.override(language):
        assert office.day(value) == written


def test_moment() -> None:
    assert office.moment(datetime(2026, 11, 21, 1, 12, tzinfo=UTC)) == "2026-11-21（周六）09:12"
    assert office.moment(None) == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("110101200001011234", "110101********1234"),
        ("E12345678", "*******78"),
        ("7", "7"),
        ("", ""),
    ],
)
def test_masked_id(number: str, shown: str) -> None:
    assert office.masked_id(number) == shown


@pytest.mark.parametrize(
    ("cents", "shown"), [(28000, "280.00"), (1234567, "12,345.67"), (None, "")]
)
def test_yuan(cents: int | None, shown: str) -> None:
    assert office.yuan(cents) == shown


def test_chip_says_its_state_by_word_and_icon() -> None:
    assert office.chip("due", "<23 份>") == (
        '<span class="chip due"><i aria-hidden="true">▲</i>&lt;23 份&gt;</span>'
    )


@pytest.mark.django_db
def test_why_is_quiet_without_articles() -> None:
    assert office.why(Context(), ()) == ""
    assert office.why(Context(), "") == ""
    assert office.why(Context(), [Citation("CQ", "第十二条"), "第三条"]).count("<li>") == 2


@pytest.mark.parametrize(
    ("payload", "line"),
    [
        ({"to": "approved", "from": "draft", "code": "A"}, "草稿 → 已批准 · 编号 A"),
        ({"digest": "ab" * 20}, "摘要 abababababab…"),
        ({"holders": ["59c26dae-e31c-43c3-9597-6420fffc420f"], "rows": 3}, "条数 3"),
        ({"starts": "2026-05-23T10:30:00+08:00"}, "开始 2026-05-23（周六）10:30"),
        ({"kept": True, "odd": {"rows": 2, "x": None}, "none": None}, "kept 是 · odd 条数 2"),
        ({}, ""),
    ],
)
def test_audit_content_in_words(payload: dict[str, Any], line: str) -> None:
    assert office.payload_words(payload, {"draft": "草稿", "approved": "已批准"}) == line


@pytest.mark.parametrize(
    ("verb", "word"),
    [
        ("account.open", "启用账号"),
        ("batch.open", "开设"),
        ("application.confirm", "复核通过"),
        ("some.thing", "some.thing"),
    ],
)
def test_verbs_in_words(verb: str, word: str) -> None:
    assert office.act_words(verb) == word


@pytest.mark.parametrize(
    ("kind", "word"),
    [("batches.assessmentbatch", "批次"), ("gone.model", "gone.model"), ("x", "x")],
)
def test_kinds_in_words(kind: str, word: str) -> None:
    assert office.kind_word(kind) == word


@pytest.mark.parametrize(
    ("row", "line"),
    [("第 3 行", "第 3 行"), (["第 3 行", "姓名"], "第 3 行 · 姓名"), ({"rows": 3}, "条数 3")],
)
def test_failures_of_a_job_in_one_line(row: Any, line: str) -> None:
    assert office.row_words(row) == line


def test_dates_of_a_text_stay_whole_and_the_rest_stays_text() -> None:
    marked = office.whole_dates("<b>首场考试日 2026-05-23 前 1 天</b>")
    assert marked == (
        '&lt;b&gt;首场考试日 <span class="nowrap">2026-05-23</span> 前 1 天&lt;/b&gt;'
    )
    assert office.whole_dates("没有日期") == "没有日期"
