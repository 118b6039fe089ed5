"""A sitting that could not be held as planned, and what was decided about it (VAL-05)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.registry.records import Record
from exams.labels import CALL_OFF_LABELS
from exams.models.day import Incident
from exams.models.sittings import Sitting


class CallOff(Record):
    """One decision; a later one of the same sitting follows it, none is ever changed.

    `starts_at` and `ends_at` are the new time of a sitting arranged anew; the old ones stay in
    `planned_starts` and `planned_ends`.
    """

    sitting = models.ForeignKey(
        Sitting, on_delete=models.PROTECT, related_name="call_offs", verbose_name=_("场次")
    )
    incident = models.ForeignKey(
        Incident,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("突发事件"),
    )
    outcome = models.CharField(_("决定"), max_length=12, choices=CALL_OFF_LABELS.items())
    reason = models.CharField(_("原因"), max_length=300)
    consent = models.CharField(_("同意的单位和文号"), max_length=120, blank=True)
    free_next = models.BooleanField(_("下次考试免收该科目费用"), default=False)
    planned_starts = models.DateTimeField(_("原开考时间"))
    planned_ends = models.DateTimeField(_("原结束时间"))
    starts_at = models.DateTimeField(_("新开考时间"), null=True, blank=True)
    ends_at = models.DateTimeField(_("新结束时间"), null=True, blank=True)
    decided_at = models.DateTimeField(_("决定时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("缓考与重排")
        verbose_name_plural = _("缓考与重排")
        ordering = ("decided_at", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(outcome="rearranged")
                | models.Q(starts_at__isnull=False, ends_at__gt=models.F("starts_at")),
                name="call_off_new_time",
                violation_error_message=_("重新安排的场次须有新的时间，结束晚于开始。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="call_off_why",
                violation_error_message=_("请写明原因。"),
            ),
            models.CheckConstraint(
                condition=models.Q(free_next=False) | models.Q(outcome="cancelled"),
                name="call_off_free_only_when_cancelled",
                violation_error_message=_("只有取消的场次，下次考试才免收该科目费用。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting} {self.get_outcome_display()}"
