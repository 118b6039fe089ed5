"""The envelope: a passphrase through scrypt, then AES-256-GCM in blocks of one mebibyte.

Every block is bound to the header, to its number and to whether it is the last: a block that is
changed, moved, left out or cut off is noticed. The salt is fresh in every file, so a key serves
one file and a counter is a safe nonce.
"""

import secrets
import struct
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from assessment_center.backup.errors import DamagedError, WrongPassphraseError

MAGIC = b"ASSESSMENT-BACKUP-1\n"
SALT = 16
BLOCK = 1 << 20
TAG = 16
LOG_N, R, P = 17, 8, 1  # 128 MiB, about a third of a second
LARGEST_LOG_N = 20
LENGTH = struct.Struct(">I")
COST = struct.Struct(">BBB")
HEADER = len(MAGIC) + COST.size + SALT


def _key(passphrase: str, header: bytes) -> AESGCM:
    log_n, r, p = COST.unpack_from(header, len(MAGIC))
    salt = header[-SALT:]
    if not (0 < log_n <= LARGEST_LOG_N and 0 < r <= R and 0 < p <= P):
        raise DamagedError
    scrypt = Scrypt(salt=salt, length=32, n=1 << log_n, r=r, p=p)
    return AESGCM(scrypt.derive(passphrase.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Writer:
    """Takes bytes in any portions and writes sealed blocks; `close` seals the last one."""

    def __init__(self, out: BinaryIO, passphrase: str, *, log_n: int = LOG_N) -> None:
        self._header = MAGIC + COST.pack(log_n, R, P) + secrets.token_bytes(SALT)
        self._cipher = _key(passphrase, self._header)
        self._out = out
        self._waiting = bytearray()
        self._number = 0
        out.write(self._header)

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > BLOCK:
            self._seal(bytes(self._waiting[:BLOCK]), last=False)
            del self._waiting[:BLOCK]

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), plain, self._header)
        self._out.write(LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


def open_blocks(source: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """The plain blocks in order.

    Raises `WrongPassphraseError` at the first block, `DamagedError` at any later one that is not
    what was written, and when the last one is missing or followed by anything.
    """
    header = source.read(HEADER)
    if len(header) != HEADER or not header.startswith(MAGIC):
        raise DamagedError("这不是本系统的备份文件")
    cipher = _key(passphrase, header)
    number, last = 0, False
    while not last:
        sealed = _block(source)
        plain, last = _opened(cipher, sealed, number, header)
        yield plain
        number += 1
    if source.read(1):
        raise DamagedError


def _block(source: BinaryIO) -> bytes:
    length = source.read(LENGTH.size)
    if len(length) != LENGTH.size:
        raise DamagedError
    (size,) = LENGTH.unpack(length)
    if not TAG <= size <= BLOCK + TAG:
        raise DamagedError
    sealed = source.read(size)
    if len(sealed) != size:
        raise DamagedError
    return sealed


def _opened(cipher: AESGCM, sealed: bytes, number: int, header: bytes) -> tuple[bytes, bool]:
    """A full block is almost never the last; what is shorter always is."""
    guesses = (False, True) if len(sealed) == BLOCK + TAG else (True,)
    for last in guesses:
        try:
            return cipher.decrypt(_nonce(number, last=last), sealed, header), last
        except InvalidTag:
            continue
    raise WrongPassphraseError if number == 0 else DamagedError
