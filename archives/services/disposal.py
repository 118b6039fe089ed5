"""Disposal after the term, under witness: the bytes go, the record of them stays."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from archives.enums import ItemStatus
from archives.models import ArchiveItem
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def dispose(
    *, actor: Actor, items: Sequence[ArchiveItem], approved_by: str, witness: str, reason: str
) -> int:
    """Dispose of items past their term (ARC-16): needs the director's approval and a witness.

    All or none; refused for an item on hold or inside its retention, which the table refuses as
    well. The file is deleted after the transaction; title, hash and term stay on the list.
    """
    if not actor.may(Act.ARCHIVE_FILE):
        raise RefusedError(_("您的角色不能销毁档案。"))
    if not (approved_by.strip() and witness.strip() and reason.strip()):
        raise RefusedError(_("请写明批准人、监销人和销毁原因。"))
    if approved_by.strip() == witness.strip():
        raise RefusedError(_("监销人和批准人不能是同一人。"))
    keys = [item.pk for item in items]
    locked = list(ArchiveItem.objects.select_for_update(of=("self",)).filter(pk__in=keys))
    today = timezone.localdate()
    for item in locked:
        if item.on_hold:
            raise RefusedError(_("“%(title)s”已冻结，不能销毁。") % {"title": item.title})
        if item.permanent or item.keep_until is None or item.keep_until >= today:
            raise RefusedError(
                _("“%(title)s”还在保管期内（%(term)s），不能销毁。")
                % {"title": item.title, "term": item.keep_until or _("长期保存")}
            )
    ArchiveItem.objects.filter(pk__in=keys).update(status=ItemStatus.DISPOSED)
    for item in locked:
        record(
            actor=actor,
            verb="archive.dispose",
            subject=item.ref,
            payload={
                "title": item.title,
                "digest": item.digest,
                "approved_by": approved_by.strip(),
                "witness": witness.strip(),
                "reason": reason.strip(),
            },
        )
        transaction.on_commit(partial(item.file.storage.delete, str(item.file.name)))
    return len(locked)
