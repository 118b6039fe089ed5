"""What is due when, by which article, and whom it was told to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.records import Record


class Deadline(Record):
    batch = models.ForeignKey(AssessmentBatch, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=60)
    label = models.CharField(_("事项"), max_length=120)
    due = models.DateField(_("期限"))
    citations = ArrayField(models.CharField(max_length=200), default=list, verbose_name=_("依据"))
    rulebook = models.CharField(max_length=4, default="")
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()

    class Meta:
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        ordering = ("due", "label")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "kind", "subject_kind", "subject_id"), name="deadline_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.due}"
