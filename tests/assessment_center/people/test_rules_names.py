# ruff: noqa: RUF001 - the variants people type are what is tested
import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment_center.people.rules import surnames
from assessment_center.people.rules.names import (
    PersonNameError,
    normalise,
    pinyin_key,
    validate,
)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        (" 张　三 ", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽 ． 买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("扎西・多吉‧次仁", "扎西·多吉·次仁"),
        ("J. Smith  O’Neil", "J. Smith O’Neil"),
        ("Ｊｏｈｎ Smith", "John Smith"),
        ("⾼明", "高明"),
        ("葛\U000e0100明", "葛明"),
        ("张\u200b三\ufeff", "张三"),
        ("Jose\u0301", "José"),
        ("䶮𬭎", "䶮𬭎"),
    ],
)
def test_one_spelling_for_each_name(name: str, normal: str) -> None:
    assert normalise(name) == normal
    assert normalise(normal) == normal
    assert validate(name) == normal


@pytest.mark.parametrize("name", ["龙䶮", "㛃𬍛", "𰻝三", "𲎯九", "张〇", "李﨎", "\U00030729明"])
def test_rare_characters_of_all_planes_are_names(name: str) -> None:
    assert validate(name) == name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "请填写姓名。"),
        (" \u200b ", "请填写姓名。"),
        ("张", "姓名应为 2 至 40 个字，请核对。"),
        ("张" * 41, "姓名应为 2 至 40 个字，请核对。"),
        ("张3", "姓名中不能有数字，请核对。"),
        ("张３", "姓名中不能有数字，请核对。"),
        ("张😀", "姓名中不能有字符“😀”，请核对。"),
        ("张,三", "姓名中不能有字符“,”，请核对。"),
        ("张\u0007三", "姓名中不能有字符（U+0007），请核对。"),
        ("Иван", "姓名中不能有字符“И”，请核对。"),
        ("·张三", "间隔号“·”只能写在姓名中间，且不能连写。"),
        ("张三·", "间隔号“·”只能写在姓名中间，且不能连写。"),
        ("张··三", "间隔号“·”只能写在姓名中间，且不能连写。"),
        (
            "张\ue001",
            "姓名中含有自造字符（U+E001），其他电脑上无法显示；请用国家标准收录的字输入。",
        ),
    ],
)
def test_what_is_no_name_is_said_so(name: str, message: str) -> None:
    with pytest.raises(PersonNameError) as caught:
        validate(name)
    assert (caught.value.message, str(caught.value)) == (message, message)


@settings(deadline=None)
@given(st.text(max_size=50) | st.text("张三𬭎·.•．‧ 　aÉe\u0301-\u200b⾼Ａ\ufe0f", max_size=12))
def test_normalising_settles_and_validating_never_fails_otherwise(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)
    with contextlib.suppress(PersonNameError):
        assert validate(validate(name)) == validate(name)
    assert len(pinyin_key(name).initials) <= len(pinyin_key(name).full)


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("单雄信", "shan xiong xin", "sxx"),
        ("曾国藩", "zeng guo fan", "zgf"),
        ("仇英", "qiu ying", "qy"),
        ("解缙", "xie jin", "xj"),
        ("单于明", "chan yu ming", "cym"),
        ("单于", "shan yu", "sy"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("尉明", "wei ming", "wm"),
        ("万俟卨", "mo qi xie", "mqx"),
        ("欧阳修", "ou yang xiu", "oyx"),
        ("爱新觉罗溥仪", "ai xin jue luo pu yi", "axjlpy"),
        ("吕布", "lv bu", "lb"),
        ("龙䶮", "long yan", "ly"),
        ("阿依古丽·买买提", "a yi gu li mai mai ti", "ayglmmt"),
        ("J. Smith-O’Neil", "j smith o neil", "json"),
        ("", "", ""),
    ],
)
def test_pinyin_keys_know_surnames(name: str, full: str, initials: str) -> None:
    key = pinyin_key(name)
    assert (key.full, key.initials) == (full, initials)


def test_every_compound_surname_has_a_syllable_for_each_character() -> None:
    assert [n for n, r in surnames.COMPOUND.items() if len(n) != len(r.split())] == []
    assert [n for n, r in surnames.SINGLE.items() if len(n) != 1 or " " in r] == []
