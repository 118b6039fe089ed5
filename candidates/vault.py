"""Files that hold ID numbers lie sealed on disk, bound to the row they belong to."""

import base64
import uuid
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from assessment_center.people.crypto import open_value, seal_value

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


def read_upload(token: str) -> bytes | None:
    """The uploaded sheet, or None when it has been imported or thrown away."""
    key = UUID(token)
    if not default_storage.exists(_path(key)):
        return None
    with default_storage.open(_path(key)) as kept:
        return open_bytes(kept.read(), row_id=key)


def drop_upload(token: str) -> None:
    default_storage.delete(_path(UUID(token)))


def _path(token: UUID) -> str:
    return f"{UPLOADS}/{token}.sealed"
