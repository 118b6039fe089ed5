"""Records whose change puts the deadlines of their batch out of date, as the apps name them."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from assessment_center.deadlines.services.syncing import sync_soon
from assessment_center.registry.entries import deadline_watches


@receiver((post_save, post_delete), dispatch_uid="deadlines.watch")
def changed(sender: type[Model], instance: Any, **_facts: Any) -> None:
    """Order the batch's deadlines anew at the end of the transaction."""
    watch = deadline_watches.get(sender._meta.label_lower)  # noqa: SLF001 - Django's documented place
    batch_id = watch.batch_id(instance) if watch else None
    if batch_id is not None:
        sync_soon(batch_id)
