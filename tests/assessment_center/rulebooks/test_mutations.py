"""The packaged rulebooks, each with one fault put in: the loader names file, table and key."""

import copy
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_center.conformance.matrix import forms, rows
from assessment_center.rulebooks import CODES, RulebookError
from assessment_center.rulebooks.rules.checking import KEYS, references
from assessment_center.rulebooks.rules.loader import load_raw, packaged_text

RAW: dict[str, dict[str, Any]] = {code: tomllib.loads(packaged_text(code)) for code in CODES}
CITED = sorted(set(KEYS) - {"penalties", "staff_penalties"})
Mutation = Callable[[dict[str, Any], st.DataObject], tuple[str, str]]
"""Puts one fault into a file; returns the end of the place and a part of the sentence."""


def _setting(raw: dict[str, Any], data: st.DataObject) -> tuple[str, dict[str, Any]]:
    key = data.draw(st.sampled_from(sorted(raw["settings"])), label="setting")
    return key, raw["settings"][key]


def _entry(
    raw: dict[str, Any], data: st.DataObject, tables: list[str]
) -> tuple[str, int, dict[str, Any]]:
    table = data.draw(st.sampled_from([t for t in tables if raw.get(t)]), label="table")
    number = data.draw(st.integers(1, len(raw[table])), label="number")
    return table, number, raw[table][number - 1]


def unknown_setting(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    key, entry = _setting(raw, data)
    raw["settings"][f"{key}_"] = entry
    return f"[settings.{key}_]", "不认识的设置"


def unknown_part(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    name = data.draw(st.text("abcdefgh", min_size=1).filter(lambda t: t not in raw))
    raw[name] = []
    return "", f"不认识的部分：{name}"


def setting_with_an_unknown_key(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    key, entry = _setting(raw, data)
    entry["colour"] = 1
    return f"[settings.{key}]", "应写 value、cite、rows"


def setting_without_a_part(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    key, entry = _setting(raw, data)
    part = data.draw(st.sampled_from(["value", "cite", "rows"]))
    del entry[part]
    return f"[settings.{key}]" + ("" if part == "value" else f" {part}"), "应"


def setting_of_a_wrong_type(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    key, entry = _setting(raw, data)
    value = entry["value"]
    other = [] if isinstance(value, dict) else {}
    entry["value"] = data.draw(st.sampled_from([other, None]))
    return f"[settings.{key}] value", "应为"


def setting_without_citations(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    key, entry = _setting(raw, data)
    entry["cite"] = []
    return f"[settings.{key}]", "缺少依据"


def setting_of_no_row(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    key, entry = _setting(raw, data)
    entry["rows"] = data.draw(st.sampled_from([[], ["SCORE-99"], [*entry["rows"], "X-99"]]))
    return f"[settings.{key}] rows", "规则"


def unknown_document(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, CITED)
    index = data.draw(st.integers(0, len(entry["cite"]) - 1))
    short, _, rest = entry["cite"][index].partition(" ")
    entry["cite"][index] = f"{short} 无此{rest}"
    return f"[[{table}]] 第{number}项", "不在文件名表"


def foreign_citation(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    key, entry = _setting(raw, data)
    entry["cite"][0] = "Z" + entry["cite"][0]
    return f"[settings.{key}]", "应以“"


def entry_without_citation(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, CITED)
    entry["cite"] = []
    return f"[[{table}]] 第{number}项", "缺少依据"


def entry_with_an_unknown_key(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, sorted(KEYS))
    entry["colour"] = 1
    return f"[[{table}]] 第{number}项", "不认识的项：colour"


def entry_without_its_code(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, sorted(KEYS))
    del entry[KEYS[table]]
    return f"[[{table}]] 第{number}项", f"缺少“{KEYS[table]}”"


def entry_of_a_wrong_type(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, sorted(KEYS))
    entry[KEYS[table]] = data.draw(st.sampled_from([1, True, [], {}]))
    return f"[[{table}]] 第{number}项.{KEYS[table]}", "应为文本"


def blank_text(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, sorted(KEYS))
    named = {"act", "label", "name", "problem", "choice"} & set(entry)
    key = data.draw(st.sampled_from(sorted(named)))
    entry[key] = data.draw(st.sampled_from(["", " ", "　"]))
    return f"[[{table}]] 第{number}项.{key}", "不能空着"


def code_used_twice(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, sorted(KEYS))
    raw[table].append(copy.deepcopy(entry))
    return f"[[{table}]] 第{len(raw[table])}项.{KEYS[table]}", f"与第{number}项重复"


def violation_of_no_row(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    number = data.draw(st.integers(1, len(raw["violations"])))
    raw["violations"][number - 1]["row"] = "VIO-99"
    return f"[[violations]] 第{number}项.row", "没有编号为“VIO-99”的规则"


def staff_violation_of_no_row(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    number = data.draw(st.integers(1, len(raw["staff_violations"])))
    raw["staff_violations"][number - 1]["rows"].append("STV-99")
    return f"[[staff_violations]] 第{number}项.rows", "没有编号为“STV-99”的规则"


def act_without_a_penalty(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    table, number, entry = _entry(raw, data, ["violations", "staff_violations"])
    entry["penalty"] = "?"
    return f"[[{table}]] 第{number}项.penalty", "penalties 中没有“?”"


def unknown_form(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    own = raw["settings"]["application_form_code"]["value"]
    numbers = [n for n, form in enumerate(raw["forms"], 1) if form["code"] != own]
    number = data.draw(st.sampled_from(numbers))
    raw["forms"][number - 1]["code"] = "F-9999"
    return f"[[forms]] 第{number}项.code", "没有编号为“F-9999”的表单"


def application_form_not_listed(raw: dict[str, Any], _data: st.DataObject) -> tuple[str, str]:
    own = raw["settings"]["application_form_code"]["value"]
    raw["forms"] = [form for form in raw["forms"] if form["code"] != own]
    return "[settings.application_form_code] value", f"forms 中没有“{own}”"


def conflict_about_nothing(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    number = data.draw(st.integers(1, len(raw["conflicts"])))
    raw["conflicts"][number - 1]["settings"] = ["colour"]
    return f"[[conflicts]] 第{number}项.settings", "本规程没有设置“colour”"


def conflict_about_no_table(raw: dict[str, Any], data: st.DataObject) -> tuple[str, str]:
    number = data.draw(st.integers(1, len(raw["conflicts"])))
    raw["conflicts"][number - 1]["tables"] = ["colours"]
    return f"[[conflicts]] 第{number}项.tables[0]", "应为"


MUTATIONS: list[Mutation] = [
    unknown_setting,
    unknown_part,
    setting_with_an_unknown_key,
    setting_without_a_part,
    setting_of_a_wrong_type,
    setting_without_citations,
    setting_of_no_row,
    unknown_document,
    foreign_citation,
    entry_without_citation,
    entry_with_an_unknown_key,
    entry_without_its_code,
    entry_of_a_wrong_type,
    blank_text,
    code_used_twice,
    violation_of_no_row,
    staff_violation_of_no_row,
    act_without_a_penalty,
    unknown_form,
    application_form_not_listed,
    conflict_about_nothing,
    conflict_about_no_table,
]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda each: each.__name__)
@settings(max_examples=12, deadline=None)
@given(code=st.sampled_from(CODES), data=st.data())
def test_a_fault_in_a_real_file_is_refused(
    mutate: Mutation, code: str, data: st.DataObject
) -> None:
    raw = copy.deepcopy(RAW[code])
    place, problem = mutate(raw, data)
    with pytest.raises(RulebookError) as caught:
        load_raw(raw, f"{code}.toml")
    assert caught.value.place == f"{code}.toml {place}".strip()
    assert problem in caught.value.problem


@pytest.mark.parametrize("code", CODES)
def test_without_a_fault_it_loads(code: str) -> None:
    assert load_raw(copy.deepcopy(RAW[code]), code).code == code


def test_the_references_are_those_of_the_matrix() -> None:
    assert references().rows == {row.id for row in rows()}
    assert references().forms == {form.code for form in forms()}
