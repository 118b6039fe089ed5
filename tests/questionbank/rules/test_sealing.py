"""Two keys, two people: neither alone, nor one twice, nor a wrong passphrase opens a master."""

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.rules import sealing
from questionbank.rules.sealing import KeyRefusedError

FIRST = pyrage.x25519.Identity.generate()
SECOND = pyrage.x25519.Identity.generate()
OTHER = pyrage.x25519.Identity.generate()
WORK_FACTOR = 15  # two to this power: tens of megabytes and a second for every guess


def closed(content: bytes = b"master") -> bytes:
    return sealing.seal(content, first=str(FIRST.to_public()), second=str(SECOND.to_public()))


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=3000))
def test_both_keys_open_what_was_sealed(content):
    sealed = closed(content)
    assert len(content) < 8 or content not in sealed
    assert sealing.unseal(sealed, first=FIRST, second=SECOND) == content


@pytest.mark.parametrize(
    ("first", "second", "holder"),
    [
        (FIRST, FIRST, 2),
        (SECOND, SECOND, 1),
        (SECOND, FIRST, 1),
        (FIRST, OTHER, 2),
        (OTHER, SECOND, 1),
    ],
)
def test_any_other_pair_opens_nothing(first, second, holder):
    with pytest.raises(KeyRefusedError) as caught:
        sealing.unseal(closed(), first=first, second=second)
    assert caught.value.holder == holder


def test_an_altered_master_does_not_open():
    sealed = bytearray(closed(b"x" * 500))
    sealed[-20] ^= 1
    with pytest.raises(KeyRefusedError):
        sealing.unseal(bytes(sealed), first=FIRST, second=SECOND)


def test_one_recipient_twice_is_refused():
    one = str(FIRST.to_public())
    with pytest.raises(KeyRefusedError) as caught:
        sealing.seal(b"", first=one, second=one)
    assert caught.value.holder == 2


def test_an_identity_opens_with_its_passphrase_only(passphrases_in_earnest):
    recipient, sealed = sealing.new_identity("a long passphrase")
    assert sealed.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert int(sealed.split(b"\n")[1].split(b" ")[-1]) >= WORK_FACTOR
    opened = sealing.open_identity(sealed, "a long passphrase", holder=1)
    assert str(opened.to_public()) == recipient
    with pytest.raises(KeyRefusedError) as caught:
        sealing.open_identity(sealed, "another passphrase", holder=2)
    assert caught.value.holder == 2
