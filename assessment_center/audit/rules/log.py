"""The hash log in pure Python: leaves, Merkle roots (RFC 6962 prefixes) and the chained head."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

GENESIS = bytes(32)

# One for all: `json.dumps` would make an encoder for every entry.
ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(facts: Mapping[str, Any]) -> bytes:
    """Bytes that are equal exactly when the facts are equal."""
    return ENCODER.encode(facts).encode()


def entry_mac(key: bytes, content: bytes) -> bytes:
    """32 bytes that only the application can make: an inserted row cannot carry them."""
    return hmac.new(key, content, hashlib.sha256).digest()


def leaf_hash(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Root over at least one leaf; an odd node is lifted unchanged."""
    level = list(leaves)
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + level[i] + level[i + 1]).digest()
            for i in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(level) & ~1 :]
    return level[0]


def head_hash(*, previous: bytes, root: bytes, size: int, number: int, at: str) -> bytes:
    facts = {"previous": previous.hex(), "root": root.hex(), "size": size, "n": number, "at": at}
    return hashlib.sha256(b"\x02" + canonical(facts)).digest()
