"""Sealing of small values: unreadable in a dump, and useless when moved to another row.

A sealed value is one byte naming the key, a nonce of 12 bytes, and the AES-GCM ciphertext; the
row's id is authenticated with it. A look-up goes by a keyed hash: without the key the few
hundred million possible ID numbers could be tried in seconds.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.functional import Promise

from assessment_center.registry import OpenSet

NONCE = 12
TAG = 16
HEAD = 1 + NONCE


class SealBrokenError(Exception):
    """The value was changed, belongs to another row, or its key is not known here."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A place where sealed values lie, for the rotation of keys.

    `renew(limit)` brings up to `limit` of them under the present key, in a transaction of its
    own, and returns how many; 0 means that none is left under an older one.
    """

    label: str | Promise
    renew: Callable[[int], int]


holders: OpenSet[Holder] = OpenSet("sealed_holders")


def seal_value(plain: str, *, row_id: UUID) -> bytes:
    """Seal with the newest key, the one of the highest id (1 to 255)."""
    key_id = current_key_id()
    head = bytes([key_id]) + secrets.token_bytes(NONCE)
    cipher = _cipher(settings.PERSONAL_DATA_KEYS[key_id])
    body = cipher.encrypt(head[1:], plain.encode(), _bound(key_id, row_id))
    return head + body


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def open_value(blob: bytes | memoryview, *, row_id: UUID) -> str:
    """The plain value; `SealBrokenError` unless it was sealed for this very row."""
    return open_with(settings.PERSONAL_DATA_KEYS, blob, row_id=row_id)


def open_with(keys: Mapping[int, bytes], blob: bytes | memoryview, *, row_id: UUID) -> str:
    """As `open_value`, with keys that are not the site's own: those of a backup."""
    sealed = bytes(blob)
    key = keys.get(sealed[0]) if len(sealed) >= HEAD + TAG else None
    if key is None:
        raise SealBrokenError
    try:
        plain = _cipher(key).decrypt(sealed[1:HEAD], sealed[HEAD:], _bound(sealed[0], row_id))
    except InvalidTag as error:
        raise SealBrokenError from error
    return plain.decode()


def lookup(plain: str) -> bytes:
    """32 bytes by which a value written now is found again; give the normalised value."""
    return _lookup(max(settings.PERSONAL_LOOKUP_KEYS), plain)


def lookups(plain: str) -> list[bytes]:
    """All that the value may be filed under: one, or two while the key is being rotated."""
    return [_lookup(key_id, plain) for key_id in sorted(settings.PERSONAL_LOOKUP_KEYS)[::-1]]


def _lookup(key_id: int, plain: str) -> bytes:
    return hmac.digest(settings.PERSONAL_LOOKUP_KEYS[key_id], plain.encode(), sha256)


def current_key_id() -> int:
    return max(settings.PERSONAL_DATA_KEYS)


def needs_rotation(blob: bytes | memoryview) -> bool:
    """Whether the value is sealed with an older key than the current one."""
    return bytes(blob)[0] != current_key_id()


def reseal(blob: bytes | memoryview, *, row_id: UUID) -> bytes:
    """The same value under the current key."""
    return seal_value(open_value(blob, row_id=row_id), row_id=row_id)


def _bound(key_id: int, row_id: UUID) -> bytes:
    return bytes([key_id]) + row_id.bytes
