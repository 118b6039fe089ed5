"""The centre's master key, and the ring of data keys that it wraps."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
NONCE = 12
RING = "ring.json"
LARGEST_ID = 255


def load_key(folder: Path) -> bytes:
    """32 bytes; `ASSESSMENT_KEY` is 64 hexadecimal digits.

    Without it the key is made once under `folder`; the file is readable by its owner only.
    """
    given = os.environ.get("ASSESSMENT_KEY")
    if given:
        key = bytes.fromhex(given)
        if len(key) != KEY_BYTES:
            message = "ASSESSMENT_KEY must be 64 hexadecimal digits"
            raise ValueError(message)
        return key
    path = folder / "centre.key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text().strip())
    with os.fdopen(handle, "w") as file:
        key = secrets.token_bytes(KEY_BYTES)
        file.write(key.hex())
    return key


class KeyRing(Mapping[int, bytes]):
    """Keys by id (1 to 255), the highest being the present one; read anew when the file changes.

    Key 1 is derived from the centre's key; later ones are random and lie in `ring.json` wrapped
    by the centre's key, so that the file alone opens nothing. Every process of the site sees a
    rotation at its next use of a key.
    """

    def __init__(self, folder: Path, section: str, centre_key: bytes, *, first: bytes) -> None:
        self.path = folder / RING
        self._name = str(self.path)
        self.section = section
        self._first = first
        self._wrapper = AESGCM(centre_key)
        self._seen: tuple[int, int] | None = None
        self._keys: dict[int, bytes] = {1: first}

    def __getitem__(self, key_id: int) -> bytes:
        return self._current()[key_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._current())

    def __len__(self) -> int:
        return len(self._current())

    def add(self) -> int:
        """Make the next key and have every process seal with it; the id is returned."""
        key_id = max(self) + 1
        if key_id > LARGEST_ID:
            message = "a ring holds no more than 255 keys"
            raise ValueError(message)
        section = self._section()
        section["wrapped"][str(key_id)] = self._wrap(key_id, secrets.token_bytes(KEY_BYTES))
        self._write(section)
        return key_id

    def retire(self, key_id: int) -> None:
        """Forget a key for good; nothing sealed with it can be opened any more."""
        if key_id == max(self):
            message = "the present key cannot be retired"
            raise ValueError(message)
        section = self._section()
        section["wrapped"].pop(str(key_id), None)
        section["first"] = section["first"] and key_id != 1
        self._write(section)

    def _current(self) -> dict[int, bytes]:
        try:
            status = os.stat(self._name)  # noqa: PTH116 - seven times for each row of a sheet
        except FileNotFoundError:
            return {1: self._first}
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            section = self._section()
            keys = {1: self._first} if section["first"] else {}
            for key_id, wrapped in section["wrapped"].items():
                keys[int(key_id)] = self._unwrap(int(key_id), wrapped)
            self._keys, self._seen = dict(sorted(keys.items())), seen
        return self._keys

    def _section(self) -> dict[str, Any]:
        return self._read().get(self.section) or {"first": True, "wrapped": {}}

    def _read(self) -> dict[str, Any]:
        try:
            found: dict[str, Any] = json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}
        return found

    def _write(self, section: dict[str, Any]) -> None:
        """Lay the new ring over the old one in a single step."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump({**self._read(), self.section: section}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path)

    def _wrap(self, key_id: int, key: bytes) -> str:
        nonce = secrets.token_bytes(NONCE)
        return (nonce + self._wrapper.encrypt(nonce, key, self._bound(key_id))).hex()

    def _unwrap(self, key_id: int, wrapped: str) -> bytes:
        raw = bytes.fromhex(wrapped)
        return self._wrapper.decrypt(raw[:NONCE], raw[NONCE:], self._bound(key_id))

    def _bound(self, key_id: int) -> bytes:
        return f"{self.section}:{key_id}".encode()
