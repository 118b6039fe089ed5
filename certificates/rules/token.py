"""The signed text in a certificate's QR code: short, verifiable without a network.

`JN1.<payload>.<signature>`: base32 of a canonical JSON array and of its Ed25519 signature over
the payload. Every character belongs to the QR alphabet of capitals and digits, so the code stays
coarse enough for a telephone. The public key stands on the verification page (docs/verify.md).
"""

import base64
import binascii
import json
from dataclasses import astuple, dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = "JN1"
FIELDS = 8
MAX_LENGTH = 2000


class TokenError(ValueError):
    """The text is not a certificate of this centre, or was changed."""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What the code says; the ID number only masked, the level empty where there is none."""

    number: str
    name: str
    id_masked: str
    occupation: str
    job: str
    level: str
    issued_on: date
    centre: str


def _encode(raw: bytes) -> str:
    return base64.b32encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    raw = base64.b32decode(text + "=" * (-len(text) % 8))
    if _encode(raw) != text:
        raise TokenError("not canonical")
    return raw


def _payload(facts: CertificateFacts) -> bytes:
    row = [each.isoformat() if isinstance(each, date) else each for each in astuple(facts)]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def sign(facts: CertificateFacts, key: Ed25519PrivateKey) -> str:
    """The token of these facts; equal facts give equal tokens."""
    payload = _payload(facts)
    return f"{PREFIX}.{_encode(payload)}.{_encode(key.sign(payload))}"


def bare(text: str) -> str:
    """The token in what a scanner gives: the token itself, or an address that ends in it."""
    return "".join(text.rpartition("#")[2].split())


def verify(text: str, key: Ed25519PublicKey) -> CertificateFacts:
    """The facts of a genuine token; raises `TokenError` on anything else."""
    if len(text) > MAX_LENGTH:
        raise TokenError("too long")
    try:
        prefix, payload, signature = text.split(".")
        if prefix != PREFIX:
            raise TokenError("unknown kind")
        raw = _decode(payload)
        key.verify(_decode(signature), raw)
        row = json.loads(raw)
    except (ValueError, binascii.Error, InvalidSignature) as fault:
        raise TokenError("not genuine") from fault
    if not isinstance(row, list) or len(row) != FIELDS:
        raise TokenError("not genuine")
    number, name, id_masked, occupation, job, level, issued_on, centre = row
    return CertificateFacts(
        number, name, id_masked, occupation, job, level, date.fromisoformat(issued_on), centre
    )
