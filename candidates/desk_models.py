"""Records beside the applications: what was reported."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AuthorityReport
from assessment_center.registry.records import Record


class ReportPackage(Record):
    """What was reported to the authority: roll, data workbook and photos, sealed as one file."""

    report = models.ForeignKey(AuthorityReport, on_delete=models.PROTECT, related_name="packages")
    sealed = models.FileField(upload_to="reports/")
    digest = models.CharField(max_length=64)
    candidate_count = models.PositiveIntegerField(_("人数"))
    manifest = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("上报材料")
        verbose_name_plural = _("上报材料")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.digest[:12]
