"""Records beside the applications: what was reported, and tries at signing in."""

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


class SignInTries(Record):
    """Checks of a password for one account within the current quarter of an hour."""

    key = models.BinaryField(max_length=32, unique=True)
    since = models.DateTimeField()
    checks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("登录尝试")
        verbose_name_plural = _("登录尝试")

    def __str__(self) -> str:
        return str(self.since)
