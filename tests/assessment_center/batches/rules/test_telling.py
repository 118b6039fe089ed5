"""The text of announcements and changes, without a database."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment_center.batches.rules.announcement import (
    CORE,
    PART_NAMES,
    AnnouncementFacts,
    OfferedLine,
    compose,
    missing_parts,
    untold,
)
from assessment_center.batches.rules.changing import (
    CHANGEABLE,
    Changed,
    compose_change,
    differing,
    moves_exam,
)

LINE = OfferedLine("电工 四级", "考试考核", "理论", "240 元", (), "电工标准")
FACTS = AnnouncementFacts((LINE,), "四月", "学府路1号", "交表", "五月", "实训楼", "023-1")
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def test_a_text_that_lost_the_place_is_not_published() -> None:
    body = compose(FACTS)
    assert untold(body, FACTS) == []
    assert untold(body.replace("实训楼", "某处"), FACTS) == ["exam_place"]
    assert untold("一、认定项目", FACTS) == [
        "offered", "exam_place", "registration_place", "contact",
    ]  # fmt: skip


@patient
@given(st.sets(st.sampled_from(sorted(PART_NAMES))))
def test_more_wanted_is_never_less_missing(wanted: set[str]) -> None:
    missing = missing_parts(FACTS, sorted(wanted))
    assert set(missing) <= {"materials", "notes", "audience"}
    assert set(missing_parts(FACTS)) <= set(missing)
    bare = AnnouncementFacts((), "", "", "", "", "", "")
    assert set(CORE) <= set(missing_parts(bare, sorted(wanted)))


def test_who_may_apply_what_it_rests_on_and_its_category_are_told() -> None:
    told = replace(
        FACTS, audience="本校学生", fee_basis=("渝价〔2016〕128号", "渝人社发〔2014〕123号"),
        category="全国或全省统一鉴定",
    )  # fmt: skip
    lines = compose(told).splitlines()
    assert "收费依据：渝价〔2016〕128号；渝人社发〔2014〕123号。" in lines
    assert "对象：本校学生。" in lines
    assert "类别：全国或全省统一鉴定。" in lines
    assert lines.index("类别：全国或全省统一鉴定。") < lines.index("二、申报条件")
    assert missing_parts(FACTS, ("audience",)) == ["audience"]
    assert not any(each.startswith(("对象", "收费依据", "类别")) for each in compose(FACTS).split())


def test_a_special_ability_is_examined_by_its_own_words() -> None:
    body = compose(replace(FACTS, special=True))
    for words in ("一、考核项目", "四、考核", "按考核规范执行"):
        assert words in body
    assert "认定" not in body


VALUES = st.dictionaries(st.sampled_from(CHANGEABLE), st.text(max_size=8))


@patient
@given(VALUES, VALUES)
def test_only_what_differs_is_a_change(before: dict[str, str], after: dict[str, str]) -> None:
    whole = {field: before.get(field, "") for field in CHANGEABLE}
    found = differing(whole, after)
    assert all(found[field] and found[field] != whole[field] for field in found)
    assert differing({**whole, **found}, after) == {}
    assert moves_exam(found) == bool(found.keys() - {"registration_closes"})


def test_a_change_tells_before_and_after() -> None:
    text = compose_change("公告", [Changed("exam_place", "考试地点", "一号楼", "二号楼")], "维修。")
    assert text.splitlines() == [
        "因维修，现将《公告》的有关安排变更如下：",
        "（1）考试地点：由“一号楼”变更为“二号楼”。",
        "其他事项仍按原公告执行。",
    ]
    assert compose_change("公告", [], "").startswith("现将")
