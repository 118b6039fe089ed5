"""What supervisors saw of a batch, and what had to be put right (SUP-06, SUP-07, SUP-10)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from exams.labels import SUPERVISION_LABELS


class SupervisionReport(Record):
    """A report of the supervision of a batch, with those who signed it; it is not changed."""

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="supervision_reports"
    )
    kind = models.CharField(_("类别"), max_length=10, choices=SUPERVISION_LABELS.items())
    ended_on = models.DateField(_("督导结束日期"))
    submitted_on = models.DateField(_("提交日期"))
    text = models.TextField(_("督导情况"), max_length=4000)
    proposals = models.TextField(_("处理建议"), max_length=2000, blank=True)
    signed_by = models.ManyToManyField(StaffMember, related_name="+", verbose_name=_("签名"))
    entered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("质量督导报告")
        verbose_name_plural = _("质量督导报告")
        ordering = ("submitted_on", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(submitted_on__gte=F("ended_on")),
                name="supervision_reported_after",
                violation_error_message=_("督导结束以后才能提交报告。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.submitted_on}"


class SupervisionFinding(Record):
    """One thing to be put right: by whom, by when; closed by what was done (SUP-10)."""

    report = models.ForeignKey(SupervisionReport, on_delete=models.PROTECT, related_name="findings")
    text = models.CharField(_("发现的问题"), max_length=400)
    owner = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("责任人")
    )
    due_on = models.DateField(_("整改期限"))
    corrected_on = models.DateField(_("整改日期"), null=True, blank=True)
    correction = models.CharField(_("整改情况"), max_length=400, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("督导发现的问题")
        verbose_name_plural = _("督导发现的问题")
        ordering = ("due_on", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=(Q(corrected_on=None) & Q(correction=""))
                | (Q(corrected_on__isnull=False) & ~Q(correction="")),
                name="finding_corrected_how",
                violation_error_message=_("整改须写明日期和情况。"),
            ),
        )

    def __str__(self) -> str:
        return self.text
