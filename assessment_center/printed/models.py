"""Every printed sheet has a code and a version; a change behind it makes it out of date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.registry.records import Record


class PrintedSheet(Record):
    """One printing of one form for one subject (a room, a batch, an application)."""

    form_code = models.CharField(_("表单"), max_length=10)
    slug = models.CharField(max_length=60)
    title = models.CharField(_("名称"), max_length=160)
    code = models.CharField(_("纸码"), max_length=16, unique=True)
    version = models.PositiveIntegerField(_("版次"), default=1)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    batch_id = models.UUIDField(null=True, db_index=True)
    digest = models.CharField(max_length=64)
    printed_by = models.UUIDField(null=True)
    is_outdated = models.BooleanField(_("已过期"), default=False)
    scan = models.FileField(_("签字扫描件"), upload_to="scans/", blank=True)

    class Meta:
        verbose_name = _("打印件")
        verbose_name_plural = _("打印件")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("slug", "subject_kind", "subject_id", "version"), name="sheet_version_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.code}"
