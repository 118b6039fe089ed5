"""Zips of portraits, whose names are ID numbers: sealed piece by piece until they are imported."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from uuid import UUID

from django.core.files.storage import default_storage

from assessment_center.people.crypto import SealBrokenError
from candidates.vault import UPLOADS, open_bytes, seal_bytes

PIECE = 1024 * 1024


def keep_photos(source: IO[bytes]) -> str:
    """Keep an uploaded zip piece by piece, sealed; returns the token to find it by.

    It is never in memory as a whole: five thousand portraits are some hundred megabytes.
    """
    token = uuid.uuid4()
    path = Path(default_storage.path(_photos(token)))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as kept:
        for number, piece in enumerate(iter(lambda: source.read(PIECE), b"")):
            sealed = seal_bytes(piece, row_id=_piece(token, number))
            kept.write(len(sealed).to_bytes(4, "big") + sealed)
    return str(token)


@contextmanager
def open_photos(token: str) -> Iterator[IO[bytes] | None]:
    """The zip in a nameless temporary file, or None when it is gone or its key has been retired."""
    key = UUID(token)
    path = Path(default_storage.path(_photos(key)))
    if not path.exists():
        yield None
        return
    with tempfile.TemporaryFile() as whole, path.open("rb") as kept:
        try:
            for number, head in enumerate(iter(lambda: kept.read(4), b"")):
                sealed = kept.read(int.from_bytes(head, "big"))
                whole.write(open_bytes(sealed, row_id=_piece(key, number)))
        except SealBrokenError:
            yield None
            return
        whole.seek(0)
        yield whole


def drop_photos(token: str) -> None:
    default_storage.delete(_photos(UUID(token)))


def _photos(token: UUID) -> str:
    return f"{UPLOADS}/{token}.photos"


def _piece(token: UUID, number: int) -> UUID:
    """What a piece is bound to: its file and its place in it."""
    return uuid.uuid5(token, str(number))
