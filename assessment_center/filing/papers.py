"""Papers lie sealed: the forms among them print the ID numbers of the staff."""

import base64
import hashlib
from uuid import UUID

from django.db import transaction
from django.db.models import F, Func, IntegerField, Value

from assessment_center import sealing
from assessment_center.filing.models import FilingPaper


def seal_bytes(content: bytes, *, row_id: UUID) -> bytes:
    return sealing.seal_value(base64.b64encode(content).decode(), row_id=row_id)


def open_paper(paper: FilingPaper) -> bytes:
    """The paper's bytes; raises `SealBrokenError` unless sealed for this row."""
    return base64.b64decode(sealing.open_value(paper.sealed, row_id=paper.pk))


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def renew_papers(limit: int) -> int:
    """Bring up to `limit` papers under the present key (see `sealing.Holder`)."""
    with transaction.atomic():
        key_id = Func(F("sealed"), Value(0), function="get_byte", output_field=IntegerField())
        old = FilingPaper.objects.annotate(key_id=key_id).exclude(key_id=sealing.current_key_id())
        rows = list(old.order_by("pk").select_for_update()[: min(limit, 20)])
        for paper in rows:
            paper.sealed = sealing.reseal(paper.sealed, row_id=paper.pk)
            paper.save(update_fields=["sealed"])
    return len(rows)
