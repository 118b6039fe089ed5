"""The signed text in a certificate's QR code: readable, short, verifiable without a network.

`JN1.<payload>.<signature>`: base64url of a canonical JSON array and of its Ed25519 signature.
The public key is published on the verification page; any changed bit is rejected.
"""

import base64
import json
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PREFIX = "JN1"
FIELDS = 8


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
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encode(raw) != text:
        raise TokenError("not canonical")
    return raw


def _payload(facts: CertificateFacts) -> bytes:
    row = [
        facts.number,
        facts.name,
        facts.id_masked,
        facts.occupation,
        facts.job,
        facts.level,
        facts.issued_on.isoformat(),
        facts.centre,
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def sign(facts: CertificateFacts, key: Ed25519PrivateKey) -> str:
    payload = _payload(facts)
    return f"{PREFIX}.{_encode(payload)}.{_encode(key.sign(payload))}"


def verify(text: str, key: Ed25519PublicKey) -> CertificateFacts:
    """The facts of a genuine token; raises `TokenError` on anything else."""
    try:
        prefix, payload, signature = text.strip().split(".")
        raw = _decode(payload)
        if prefix != PREFIX:
            raise TokenError("unknown kind")
        key.verify(_decode(signature), raw)
        row = json.loads(raw)
    except (ValueError, InvalidSignature) as fault:
        raise TokenError("not genuine") from fault
    if not isinstance(row, list) or len(row) != FIELDS:
        raise TokenError("not genuine")
    return CertificateFacts(*row[:6], date.fromisoformat(row[6]), row[7])
