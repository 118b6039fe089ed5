"""The hash log in itself."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from assessment_center.audit.rules import log

leaves = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def by_definition(nodes: list[bytes]) -> bytes:
    """RFC 6962: split at the largest power of two below the length."""
    if len(nodes) == 1:
        return nodes[0]
    split = 1
    while split * 2 < len(nodes):
        split *= 2
    left, right = by_definition(nodes[:split]), by_definition(nodes[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(leaves)
def test_the_root_is_that_of_the_definition(nodes: list[bytes]) -> None:
    assert log.merkle_root(nodes) == by_definition(nodes)


@given(leaves, st.data())
def test_any_changed_leaf_changes_the_root(nodes: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(nodes) - 1))
    changed = list(nodes)
    changed[place] = hashlib.sha256(nodes[place]).digest()
    assert log.merkle_root(changed) != log.merkle_root(nodes)


def test_order_of_keys_does_not_matter_but_values_do() -> None:
    assert log.canonical({"a": 1, "b": 2}) == log.canonical({"b": 2, "a": 1})
    assert log.canonical({"a": 1}) != log.canonical({"a": "1"})
