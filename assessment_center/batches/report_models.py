"""What was reported to the authority, and every receipt that came of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.enums import ReportStatus
from assessment_center.batches.labels import RECEIPT_LABELS, REPORT_LABELS
from assessment_center.registry.records import Record


class AuthorityReport(Record):
    """The batch as reported to the authority, and what came back.

    `pledged_by` signed the institution's half of the double commitment, on the day of reporting;
    `announcement` is the draft of the change that the authority is asked for.
    """

    batch = models.ForeignKey(
        "batches.AssessmentBatch", on_delete=models.PROTECT, related_name="reports"
    )
    kind = models.CharField(_("类别"), max_length=12, default="plan")
    status = models.CharField(
        _("状态"), max_length=12, choices=REPORT_LABELS.items(), default=ReportStatus.DRAFT
    )
    submitted_at = models.DateTimeField(_("上报时间"), null=True, blank=True)
    decided_at = models.DateTimeField(_("批复时间"), null=True, blank=True)
    receipt_number = models.CharField(_("平台回执号"), max_length=80, blank=True)
    candidate_count = models.PositiveIntegerField(_("上报人数"), default=0)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    pledged_by = models.CharField(_("承诺人"), max_length=80, blank=True)
    announcement = models.ForeignKey(
        "batches.Announcement", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("上报")
        verbose_name_plural = _("上报")
        ordering = ("batch", "created_at")

    def __str__(self) -> str:
        return f"{self.batch} · {self.get_status_display()}"


class ReportReceipt(Record):
    """One line of the log of a report: what the platform or the authority said, and when.

    Lines are only added; who keyed one in stands in it for good.
    """

    report = models.ForeignKey(AuthorityReport, on_delete=models.PROTECT, related_name="receipts")
    kind = models.CharField(_("事项"), max_length=12, choices=RECEIPT_LABELS.items())
    number = models.CharField(_("回执号或文号"), max_length=80, blank=True)
    happened_at = models.DateTimeField(_("时间"))
    note = models.CharField(_("说明"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("登记人"),
    )

    class Meta:
        verbose_name = _("平台回执")
        verbose_name_plural = _("平台回执")
        ordering = ("happened_at", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "kind", "number"),
                condition=~models.Q(number=""),
                name="report_receipt_once",
                violation_error_message=_("这个回执号已经登记过。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="returned") | ~models.Q(note=""),
                name="receipt_returned_why",
                violation_error_message=_("退回的须写明原因。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()
