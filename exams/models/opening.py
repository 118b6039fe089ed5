"""From when on a batch's arrangement may be known: each decision stays, the last one counts."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.records import Record


class ArrangementHour(Record):
    """The hour at which rooms and seats of a batch become known to candidates.

    A change names the decision it replaces (`previous`) and its reason, so that the decisions of
    a batch form one chain; the database lets none of them be altered.
    """

    batch = models.ForeignKey(
        AssessmentBatch,
        on_delete=models.PROTECT,
        related_name="arrangement_hours",
        verbose_name=_("批次"),
    )
    opens_at = models.DateTimeField(_("编排公开时间"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    set_by = models.UUIDField(null=True, blank=True)
    set_by_name = models.CharField(_("决定人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("编排公开时间")
        verbose_name_plural = _("编排公开时间")
        ordering = ("created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("batch",),
                condition=models.Q(previous__isnull=True),
                name="arrangement_hour_first_once",
                violation_error_message=_("这个批次已经定过编排公开时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(previous__isnull=True) | ~models.Q(reason=""),
                name="arrangement_hour_change_explained",
                violation_error_message=_("变更编排公开时间须写明原因。"),
            ),
        )

    def __str__(self) -> str:
        return f"{timezone.localtime(self.opens_at):%Y-%m-%d %H:%M}"
