"""The base of every table: a random key that says nothing, and the time of creation."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from assessment_center.registry.subjects import SubjectRef


def by_staff(words: Any = None, *, related: str = "+") -> models.ForeignKey:  # type: ignore[type-arg]
    """Whose act it was: an account that then cannot be deleted; empty where the system did it."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related,
        verbose_name=words,
    )


class Record(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    class Meta:
        abstract = True

    @property
    def ref(self) -> SubjectRef:
        """How audit, jobs, deadlines and archives point at this record."""
        return SubjectRef(self._meta.label_lower, self.id)

    @property
    def subject(self) -> SubjectRef:
        """The same as `ref`; hidden by a column `subject` (theory, practical …)."""
        return self.ref
