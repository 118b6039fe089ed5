"""The signed text of the QR code."""

import json
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import token
from certificates.rules.token import CertificateFacts, TokenError, bare, sign, verify

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
FACTS = CertificateFacts(
    number="Y000050012345264000001",
    name="欧阳娜娜",
    id_masked="500103********1234",
    occupation="信息通信网络运行管理员",
    job="——",
    level="四级/中级工",
    issued_on=date(2026, 6, 16),
    centre="江州化工职业技术学院",
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(
    st.builds(
        CertificateFacts,
        number=WORDS,
        name=WORDS,
        id_masked=WORDS,
        occupation=WORDS,
        job=WORDS,
        level=WORDS,
        issued_on=st.dates(),
        centre=WORDS,
    )
)
def test_what_is_signed_is_read_again(facts: CertificateFacts) -> None:
    assert verify(sign(facts, KEY), KEY.public_key()) == facts


def test_equal_facts_give_equal_tokens_of_the_qr_alphabet() -> None:
    made = sign(FACTS, KEY)
    assert made == sign(FACTS, KEY)
    assert set(made) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.")
    assert len(made) < 480


def test_every_changed_bit_of_the_text_is_rejected() -> None:
    made = sign(FACTS, KEY).encode()
    accepted = []
    for place in range(len(made) * 8):
        changed = bytearray(made)
        changed[place // 8] ^= 1 << place % 8
        try:
            verify(changed.decode(errors="replace"), KEY.public_key())
        except TokenError:
            continue
        accepted.append(place)
    assert accepted == []


def test_every_changed_bit_of_payload_and_signature_is_rejected() -> None:
    prefix, payload, signature = sign(FACTS, KEY).split(".")
    for part in (0, 1):
        raws = [token._decode(payload), token._decode(signature)]
        for place in range(len(raws[part]) * 8):
            changed = bytearray(raws[part])
            changed[place // 8] ^= 1 << place % 8
            texts = [token._encode(raw) for raw in raws]
            texts[part] = token._encode(bytes(changed))
            with pytest.raises(TokenError):
                verify(".".join([prefix, *texts]), KEY.public_key())


@given(st.text(max_size=200))
def test_any_other_text_is_rejected(text: str) -> None:
    with pytest.raises(TokenError):
        verify(text, KEY.public_key())


def _signed(row: object) -> str:
    payload = json.dumps(row).encode()
    return f"JN1.{token._encode(payload)}.{token._encode(KEY.sign(payload))}"


@pytest.mark.parametrize(
    "text",
    [
        sign(FACTS, OTHER),
        sign(FACTS, KEY).lower(),
        sign(FACTS, KEY).replace("JN1", "JN2"),
        sign(FACTS, KEY) + "A" * 2000,
        _signed(["too", "short"]),
        _signed({"number": 1}),
        "JN1.A.A",
        "JN1.=.=",
    ],
)
def test_a_token_of_another_kind_is_rejected(text: str) -> None:
    with pytest.raises(TokenError):
        verify(text, KEY.public_key())


@pytest.mark.parametrize(
    "text", ["JN1.A.B", " JN1.A.B\n", "https://example.edu.cn/verify/#JN1.A.B", "JN1.\nA.B"]
)
def test_the_token_is_found_in_what_a_scanner_gives(text: str) -> None:
    assert bare(text) == "JN1.A.B"
