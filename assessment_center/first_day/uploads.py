"""Files that wait to be written lie sealed in their row."""

import base64

from assessment_center.first_day.models import SheetUpload
from assessment_center.sealing import needs_rotation, open_value, reseal, seal_value


def seal(upload: SheetUpload, content: bytes) -> None:
    """Lay the file into its row, readable for this row only."""
    upload.sealed = seal_value(base64.b64encode(content).decode(), row_id=upload.pk)


def content_of(upload: SheetUpload) -> bytes | None:
    """The file, or None when it has been written or was thrown away."""
    if upload.sealed is None:
        return None
    return base64.b64decode(open_value(upload.sealed, row_id=upload.pk))


def renew(limit: int) -> int:
    """Bring waiting files under the present key (see `sealing.Holder`)."""
    renewed = 0
    for upload in SheetUpload.objects.exclude(sealed=None).order_by("pk").iterator(chunk_size=20):
        if renewed >= limit:
            break
        if upload.sealed is not None and needs_rotation(upload.sealed):
            upload.sealed = reseal(upload.sealed, row_id=upload.pk)
            upload.save(update_fields=["sealed"])
            renewed += 1
    return renewed
