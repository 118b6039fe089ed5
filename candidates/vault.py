"""Files that hold ID numbers lie sealed on disk, bound to the row they belong to."""

import base64
import time
import uuid
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Model

from assessment_center.people.crypto import (
    needs_rotation,
    open_value,
    reseal,
    seal_value,
)

UPLOADS = "imports"


def seal_bytes(content: bytes, *, row_id: UUID) -> bytes:
    return seal_value(base64.b64encode(content).decode(), row_id=row_id)


def open_bytes(sealed: bytes, *, row_id: UUID) -> bytes:
    """The bytes again; raises `SealBrokenError` unless sealed for this row."""
    return base64.b64decode(open_value(sealed, row_id=row_id))


def keep_upload(content: bytes) -> str:
    """Keep an uploaded sheet until it is imported; returns the token to find it by."""
    token = uuid.uuid4()
    default_storage.save(_path(token), ContentFile(seal_bytes(content, row_id=token)))
    return str(token)


def forget_uploads(*, older_than_days: int = 14) -> int:
    """Throw away uploads that nobody imported; returns how many."""
    folder = Path(default_storage.path(UPLOADS))
    limit = time.time() - older_than_days * 24 * 3600
    old = [file for file in folder.glob("*") if file.stat().st_mtime < limit]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def read_upload(token: str) -> bytes | None:
    """The uploaded sheet, or None when it has been imported or thrown away."""
    key = UUID(token)
    if not default_storage.exists(_path(key)):
        return None
    with default_storage.open(_path(key)) as kept:
        return open_bytes(kept.read(), row_id=key)


def drop_upload(token: str) -> None:
    default_storage.delete(_path(UUID(token)))


def renew_uploads(limit: int) -> int:
    """Bring waiting uploads under the present key (see `sealing.Holder`)."""
    if not default_storage.exists(UPLOADS):
        return 0
    _folders, names = default_storage.listdir(UPLOADS)
    tokens = (UUID(name.removesuffix(".sealed")) for name in names if name.endswith(".sealed"))
    return sum(islice((1 for token in tokens if _renew(_path(token), token)), limit))


def renew_files(model: type[Model], limit: int) -> int:
    """Bring the sealed files that rows of a model name under the present key."""
    rows = model._default_manager.order_by("pk").values_list("pk", "sealed")  # noqa: SLF001
    return sum(islice((1 for pk, name in rows if _renew(name, pk)), limit))


def _renew(name: str, row_id: UUID) -> bool:
    """Lay the file under the present key over the old one in a single step; True if it was old."""
    path = Path(default_storage.path(name))
    if not path.exists():
        return False
    sealed = path.read_bytes()
    if not needs_rotation(sealed):
        return False
    fresh = path.with_suffix(".renewed")
    fresh.write_bytes(reseal(sealed, row_id=row_id))
    fresh.replace(path)
    return True


def _path(token: UUID) -> str:
    return f"{UPLOADS}/{token}.sealed"
