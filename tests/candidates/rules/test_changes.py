"""Only what differs is told, and all of it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.changes import Changed, changes

PART = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 2), max_size=4)
CONTENT = st.dictionaries(st.sampled_from(["facts", "evidence"]), PART, max_size=2)


def without_empty(content: dict[str, Any]) -> dict[str, Any]:
    return {part: fields for part, fields in content.items() if fields}


@given(CONTENT, CONTENT)
def test_applied_to_the_old_the_changes_give_the_new(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    made = {part: dict(fields) for part, fields in old.items()}
    for each in changes(old, new):
        assert old.get(each.part, {}).get(each.field) == each.before
        made.setdefault(each.part, {})
        if each.after is None:
            made[each.part].pop(each.field)
        else:
            made[each.part][each.field] = each.after
    assert without_empty(made) == without_empty(new)


@given(CONTENT)
def test_nothing_changed_is_nothing_told(content: dict[str, Any]) -> None:
    assert changes(content, content) == ()


def test_a_change_names_part_and_field() -> None:
    found = changes({"facts": {"address": "a"}}, {"facts": {"address": "b"}})
    assert found == (Changed("facts", "address", "a", "b"),)
