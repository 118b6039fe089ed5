"""Passphrases that open at once: age takes a second for each, and hundreds are opened in tests.

The stand-in keeps what the tests rely on: only the same passphrase opens, and nothing of the content
shows. `tests/questionbank/rules/test_sealing.py` uses the real ones.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK, NONCE = b"light", 12
EARNEST = (pyrage.passphrase.encrypt, pyrage.passphrase.decrypt)


def _cipher(passphrase: str) -> AESGCM:
    return AESGCM(hashlib.sha256(passphrase.encode()).digest())


def _encrypt(content: bytes, passphrase: str) -> bytes:
    nonce = os.urandom(NONCE)
    return MARK + nonce + _cipher(passphrase).encrypt(nonce, content, MARK)


def _decrypt(sealed: bytes, passphrase: str) -> bytes:
    rest = sealed.removeprefix(MARK)
    try:
        return _cipher(passphrase).decrypt(rest[:NONCE], rest[NONCE:], MARK)
    except InvalidTag as fault:
        raise pyrage.DecryptError(str(fault)) from fault


def use() -> None:
    pyrage.passphrase.encrypt, pyrage.passphrase.decrypt = _encrypt, _decrypt


@contextmanager
def in_earnest() -> Iterator[None]:
    pyrage.passphrase.encrypt, pyrage.passphrase.decrypt = EARNEST
    yield
    use()
