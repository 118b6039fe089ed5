"""Which items an opened paper used, so that they rest in the next draws (BANK-09)."""

import io
import json
import zipfile

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from questionbank.enums import PaperStatus
from questionbank.models import Item, ItemUse, Paper


@transaction.atomic
def record_item_usage(*, actor: Actor, paper: Paper, master: bytes) -> int:
    """After its examination, note which items a released paper used; returns how many.

    `master` is what `sealing.release` gave back for it. Doing it again adds nothing.
    """
    if paper.status != PaperStatus.RELEASED:
        raise RefusedError(_("试卷 %(code)s 还没有启封。") % {"code": paper.code})
    with zipfile.ZipFile(io.BytesIO(master)) as archive:
        content = json.loads(archive.read("content.json"))
    day = timezone.localdate(paper.released_at)
    keys = Item.objects.filter(pk__in=[row["id"] for row in content["items"]])
    uses = [
        ItemUse(item_id=pk, paper=paper, used_on=day) for pk in keys.values_list("pk", flat=True)
    ]
    ItemUse.objects.bulk_create(uses, ignore_conflicts=True)
    payload = {"batch": paper.batch.code, "count": len(uses)}
    record(actor=actor, verb="paper.usage", subject=paper.ref, payload=payload)
    return len(uses)
