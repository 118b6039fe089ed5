import secrets
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from pytest_django import Settings

from assessment_center.people.crypto import (
    SealBrokenError,
    lookup,
    lookups,
    needs_rotation,
    open_value,
    reseal,
    seal_value,
)

ID = "11010119900307123X"
ROW = uuid4()


@trying(deadline=None)
@given(st.text(max_size=60))
def test_what_is_sealed_is_opened(plain: str) -> None:
    assert open_value(seal_value(plain, row_id=ROW), row_id=ROW) == plain


def test_the_value_is_short_unreadable_and_never_twice_the_same() -> None:
    first, second = (seal_value(ID, row_id=ROW) for _ in range(2))
    assert len(first) == 1 + 12 + len(ID) + 16
    assert first != second
    assert ID.encode() not in first
    assert open_value(memoryview(first), row_id=ROW) == ID


def test_a_value_does_not_open_for_another_row() -> None:
    with pytest.raises(SealBrokenError):
        open_value(seal_value(ID, row_id=ROW), row_id=uuid4())


def test_any_changed_bit_or_lost_byte_is_noticed() -> None:
    blob = seal_value(ID, row_id=ROW)
    for place in range(len(blob) * 8):
        spoiled = bytearray(blob)
        spoiled[place // 8] ^= 1 << place % 8
        with pytest.raises(SealBrokenError):
            open_value(bytes(spoiled), row_id=ROW)
    for length in range(len(blob)):
        with pytest.raises(SealBrokenError):
            open_value(blob[:length], row_id=ROW)


def test_keys_rotate_and_a_lost_key_opens_nothing(settings: Settings) -> None:
    old, new = secrets.token_bytes(32), secrets.token_bytes(32)
    settings.PERSONAL_DATA_KEYS = {1: old}
    blob = seal_value(ID, row_id=ROW)
    assert not needs_rotation(blob)
    settings.PERSONAL_DATA_KEYS = {1: old, 2: new}
    assert needs_rotation(memoryview(blob))
    assert open_value(blob, row_id=ROW) == ID
    fresh = reseal(blob, row_id=ROW)
    assert not needs_rotation(fresh)
    settings.PERSONAL_DATA_KEYS = {2: new}
    assert open_value(fresh, row_id=ROW) == ID
    with pytest.raises(SealBrokenError):
        open_value(blob, row_id=ROW)


def test_the_lookup_depends_on_value_and_key(settings: Settings) -> None:
    first = lookup(ID)
    assert (len(first), lookup(ID)) == (32, first)
    assert lookup(ID[:-1]) != first
    old = settings.PERSONAL_LOOKUP_KEYS[1]
    settings.PERSONAL_LOOKUP_KEYS = {1: old, 2: secrets.token_bytes(32)}
    assert lookup(ID) != first
    assert lookups(ID) == [lookup(ID), first]
