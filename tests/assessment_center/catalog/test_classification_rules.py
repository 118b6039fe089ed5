import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin

from assessment_center.catalog.rules.classification import Entry, missing_columns, parse
from assessment_center.catalog.rules.pinyin import PinyinKey, pinyin_key


def line(
    code: str, tier: str = "4", name: str = "电工", marks: str | None = None
) -> dict[str, str | None]:
    return {"code": code, "tier": tier, "name": name, "marks": marks}


def test_entries_know_their_smallest_group_and_marks() -> None:
    found = parse(
        [
            line("6-31-00-00", "2", "大组"),
            line("6-31-01-00", "3", "小组"),
            line("6-31-01-03", name="电工", marks="LS"),
            line("6-31-09-00", name="某工"),
            line("7-01-01-01", name="他工"),
        ]
    )
    assert found.errors == []
    assert list(found.entries.values()) == [
        Entry("6-31-01-03", "电工", "6-31-01-00", "小组", is_green=True, is_digital=True),
        Entry("6-31-09-00", "某工", "6-31-00-00", "大组"),
        Entry("7-01-01-01", "他工"),
    ]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (line("6-31-1-3"), "编码“6-31-1-3”不是 6-31-01-03 的样式"),
        (line("6-31-01-03\n1"), "编码“6-31-01-03\n1”不是 6-31-01-03 的样式"),
        (line("6-31-01-03", tier="5"), "层级“5”应为 1 至 4"),
        (line("6-31-01-03", tier=""), "层级“”应为 1 至 4"),
        (line("6-31-01-03", name=" "), "名称应为 1 至 80 个字"),
        (line("6-31-01-03", name="电" * 81), "名称应为 1 至 80 个字"),
        (line("6-31-01-03", marks="Q"), "标记“Q”只能是 L、S"),
        ({"code": None}, "编码“”不是 6-31-01-03 的样式"),
    ],
)
def test_each_fault_is_told_with_its_line(bad: dict[str, str | None], message: str) -> None:
    found = parse([line("1-01-01-01"), bad])
    assert found.errors == [(3, message)]
    assert list(found.entries) == ["1-01-01-01"]


def test_a_code_stands_once_as_group_or_occupation() -> None:
    found = parse(
        [line("6-31-01-00", "3"), line("6-31-01-00"), line("6-31-01-01"), line("6-31-01-01")]
    )
    assert found.errors == [(3, "编码 6-31-01-00 重复出现"), (5, "编码 6-31-01-01 重复出现")]


def test_columns_that_are_missing() -> None:
    assert missing_columns(["code", "x", "name"]) == ["tier"]


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("电工", "dian gong", "dg"),
        ("计算机程序设计员（L/S）", "ji suan ji cheng xu she ji yuan l s", "jsjcxsjyls"),
        ("CAD 制图员", "cad zhi tu yuan", "czty"),
        ("女红", "nv gong", "ng"),
        ("José", "jose", "j"),
        ("𲎯工", "𲎯 gong", "𲎯g"),
        ("", "", ""),
        ("——", "", ""),
    ],
)
def test_pinyin_keys(text: str, full: str, initials: str) -> None:
    assert pinyin_key(text) == PinyinKey(full, initials)
    assert pinyin_key(text).compact == full.replace(" ", "")


@given(st.text(alphabet="重庆长江行银音乐快朝阳单位参加校曾经都市会计了解", min_size=1, max_size=6))
def test_short_texts_are_read_as_the_dictionary_reads_them(text: str) -> None:
    """Characters with several readings, many of which form words with one another."""
    assert pinyin_key(text).full.split() == lazy_pinyin(text, style=Style.NORMAL)
