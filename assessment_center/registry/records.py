"""The base of every table: a random key that says nothing, and the time of creation."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import FieldError, ValidationError
from django.db import models, router
from django.db.models import CheckConstraint, Q

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

    def validate_constraints(self, exclude: Any = None) -> None:
        """Ask the database all conditions of the row in one statement.

        Django asks one after the other, each in a savepoint of its own; so it is asked only to
        name what is broken.

        Raises:
            ValidationError: a constraint would refuse the row.

        """
        try:
            self._keeps_all(exclude)
        except (FieldError, ValidationError):
            super().validate_constraints(exclude)

    def _keeps_all(self, exclude: Any) -> None:
        """Every condition in one question; then what needs other rows."""
        using = router.db_for_write(type(self), instance=self)
        for model, constraints in self.get_constraints():
            conditions = [each.condition for each in constraints if type(each) is CheckConstraint]
            row = self._get_field_expression_map(meta=model._meta, exclude=exclude)  # type: ignore[attr-defined]  # noqa: SLF001
            if conditions and not Q(*conditions).check(row, using=using):
                raise ValidationError("")
            for each in constraints:
                if type(each) is not CheckConstraint:
                    each.validate(model, self, exclude=exclude, using=using)

    @property
    def ref(self) -> SubjectRef:
        """How audit, jobs, deadlines and archives point at this record."""
        return SubjectRef(self._meta.label_lower, self.id)

    @property
    def subject(self) -> SubjectRef:
        """The same as `ref`; hidden by a column `subject` (theory, practical …)."""
        return self.ref
