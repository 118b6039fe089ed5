"""Faults in a rulebook file are refused with their place."""

from datetime import time

import pytest

from assessment_center.registry import Citation
from assessment_center.rulebooks import (
    Offset,
    ProctorRule,
    RulebookError,
    Term,
    UnknownSettingError,
    load,
    load_text,
    override,
)

HEAD = """
[rulebook]
code = "test"
short = "T"
name = "试"
document = "试行规程"
status = "draft"
version = "1"

[legend]
"规程" = "试行规程"
"""
SETTING = '[settings.pass_score]\nvalue = 70\ncite = ["T 规程 一"]\nrows = ["SCORE-02"]\n'


def setting(key: str, value: str) -> str:
    return f'{HEAD}[settings.{key}]\nvalue = {value}\ncite = ["T 规程 一"]\nrows = ["X-1"]\n'


def test_a_small_rulebook_loads() -> None:
    rules = load_text(HEAD + SETTING)
    assert rules.settings.pass_score.value == 70
    assert rules.settings.pass_score.citations == (Citation("T", "《试行规程》一"),)
    assert rules.rows == {"pass_score": ("SCORE-02",)}
    assert rules.settings.single_row.value is False
    assert rules.settings.single_row.from_rulebook is False
    assert rules.settings.room_capacity_max is None
    assert rules.settings.full_score.value == 100


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("= nonsense", "book", "不是有效的 TOML"),
        (HEAD, "book [settings]", "缺少设置表"),
        (HEAD + SETTING + "[colour]\n", "book", "不认识的部分：colour"),
        (SETTING, "book [rulebook]", "应为表"),
        (HEAD.replace('version = "1"\n', "") + SETTING, "book [rulebook]", "缺少“version”"),
        (HEAD.replace('"draft"', '"new"') + SETTING, "book [rulebook].status", "in_force"),
        (setting("colour", "1"), "book [settings.colour]", "不认识的设置"),
        (setting("pass_score", '"60"'), "book [settings.pass_score] value", "应为整数"),
        (setting("pass_score", "true"), "book [settings.pass_score] value", "应为整数"),
        (setting("single_row", "1"), "book [settings.single_row] value", "true 或 false"),
        (setting("expense_cap_inside", '"x"'), "book [settings.expense_cap_inside] value", "小数"),
        (setting("fee_mode", '"free"'), "book [settings.fee_mode] value", "regulated"),
        (setting("levels", "5"), "book [settings.levels] value", "列表"),
        (setting("levels", '["5"]'), "book [settings.levels] value[0]", "整数"),
        (setting("rotation_min_ratio", "[1]"), "book [settings.rotation_min_ratio] value", "2 项"),
        (setting("t_draw", "5"), "book [settings.t_draw] value", "应为表"),
        (setting("t_draw", "{ noon = 1 }"), "book [settings.t_draw] value", "theory"),
        (setting("level_label", '{ one = "一级" }'), "book [settings.level_label] value", "整数"),
        (setting("ephoto", "{ w = 1 }"), "book [settings.ephoto] value", "缺少“h”"),
        (
            setting("proctor_rule", "{ min = 2, max = 3 }"),
            "book [settings.proctor_rule] value",
            "不认识的项：max",
        ),
        (
            setting("review_apply", '{ unit = "day", from = "publication" }'),
            "book [settings.review_apply] value",
            "期限须写明数量",
        ),
        (
            setting("paper_pickup_earliest", "{ day = 1, min = 2 }"),
            "book [settings.paper_pickup_earliest] value",
            "之一",
        ),
        (
            setting("computer_import_earliest", '{ day = -1, time = "noon" }'),
            "book [settings.computer_import_earliest] value.time",
            "时刻",
        ),
        (
            HEAD + SETTING.replace('cite = ["T 规程 一"]', "cite = []"),
            "book [settings.pass_score]",
            "缺少依据",
        ),
        (
            HEAD + SETTING.replace('cite = ["T 规程 一"]\n', ""),
            "book [settings.pass_score] cite",
            "列表",
        ),
        (
            HEAD + SETTING.replace("T 规程", "U 规程"),
            "book [settings.pass_score]",
            "应以“T ”开头",
        ),
        (
            HEAD + SETTING.replace("T 规程", "T 细则"),
            "book [settings.pass_score]",
            "文件“细则”不在文件名表",
        ),
        (HEAD + SETTING + "colour = 1\n", "book [settings.pass_score]", "应写 value"),
        (HEAD + SETTING.replace("rows", "row"), "book [settings.pass_score]", "应写 value"),
        (HEAD + "[settings]\npass_score = 60\n", "book [settings.pass_score]", "应写 value"),
        ("forms = 1\n" + HEAD + SETTING, "book [[forms]]", "应为列表"),
        (
            HEAD + SETTING + '[[forms]]\ncode = "F-1"\nname = "表"\n',
            "book [[forms]] 第1项 cite",
            "列表",
        ),
        (
            HEAD + SETTING + '[[penalties]]\ncode = "W"\nlabel = "x"\neffects = ["fly"]\n',
            "book [[penalties]] 第1项.effects[0]",
            "warn",
        ),
        (
            HEAD
            + SETTING
            + '[[conditions]]\nid = "c"\nlabel = "x"\ncite = ["T 规程 一"]\n'
            + 'all = [{ predicate = "work_years" }]\n',
            "book [[conditions]] 第1项.all[0]",
            "参数应为：years",
        ),
    ],
)
def test_a_fault_is_refused_with_its_place(text: str, place: str, problem: str) -> None:
    with pytest.raises(RulebookError) as caught:
        load_text(text, source="book")
    assert caught.value.place == place
    assert problem in caught.value.problem
    assert str(caught.value) == f"{caught.value.place}：{caught.value.problem}"


def test_an_unknown_rulebook_is_refused() -> None:
    with pytest.raises(RulebookError, match="没有这部规则"):
        load("tibet")


def test_tables_become_records() -> None:
    rules = load("jilin").settings
    assert rules.proctor_rule is not None
    assert rules.proctor_rule.value == ProctorRule(min=2, per=15)
    assert rules.computer_import_earliest is not None
    assert rules.computer_import_earliest.value == Offset(day=-1, time=time(12))
    assert rules.review_apply is not None
    assert rules.review_apply.value == Term(unit="period", from_="publicity")


@pytest.mark.parametrize(("candidates", "proctors"), [(1, 2), (30, 2), (31, 3), (45, 3), (46, 4)])
def test_proctors_grow_with_the_room(candidates: int, proctors: int) -> None:
    assert ProctorRule(min=2, per=15).count(candidates) == proctors
    assert ProctorRule(min=2).count(candidates) == 2


def test_an_override_replaces_one_value_and_says_why() -> None:
    own = Citation("T", "本校细则第三条")
    rules = override(load_text(HEAD + SETTING), "pass_score", 75, own, "更严")
    assert rules.settings.pass_score.value == 75
    assert rules.settings.pass_score.citations == (own,)
    assert rules.settings.pass_score.from_rulebook is False
    assert rules.settings.pass_score.note == "更严"
    assert rules.settings.full_score.value == 100


def test_an_override_of_nothing_or_of_the_wrong_kind_is_refused() -> None:
    rules = load_text(HEAD + SETTING)
    own = Citation("T", "本校细则第三条")
    with pytest.raises(UnknownSettingError) as caught:
        override(rules, "colour", 1, own, "")
    assert str(caught.value) == "规则中没有名为“colour”的设置"
    with pytest.raises(RulebookError, match="整数"):
        override(rules, "pass_score", "75", own, "")


def test_the_code_is_for_display() -> None:
    rules = load_text(HEAD + SETTING)
    assert rules.code == "test"
    with pytest.raises(KeyError):
        rules.violation("W-1")
    with pytest.raises(KeyError):
        rules.penalty("W")
