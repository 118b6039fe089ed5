"""The two secrets of the trail: the entries' MAC key and the heads' signing key."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def mac_key() -> bytes:
    return hashlib.sha256(b"audit-mac" + settings.CENTRE_KEY).digest()


def signing_key() -> Ed25519PrivateKey:
    seed = hashlib.sha256(b"audit-head" + settings.CENTRE_KEY).digest()
    return Ed25519PrivateKey.from_private_bytes(seed)
