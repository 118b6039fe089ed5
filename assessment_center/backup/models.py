"""The runs: what was backed up, tried out or restored, when, and how it ended."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.backup.enums import RunKind
from assessment_center.registry.records import Record

LABELS = {
    RunKind.MANUAL: _("手工备份"),
    RunKind.SCHEDULED: _("定时备份"),
    RunKind.DRILL: _("恢复演练"),
    RunKind.RESTORE: _("恢复"),
}


class BackupRun(Record):
    kind = models.CharField(
        _("类别"), max_length=12, choices=[(kind.value, label) for kind, label in LABELS.items()]
    )
    ok = models.BooleanField(_("成功"))
    file_name = models.CharField(_("文件"), max_length=255, blank=True)
    size = models.BigIntegerField(_("大小"), default=0)
    rows = models.BigIntegerField(_("行数"), default=0)
    files = models.IntegerField(_("文件数"), default=0)
    digest = models.CharField(_("摘要"), max_length=64, blank=True)
    message = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("备份记录")
        verbose_name_plural = _("备份记录")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in RunKind]),
                name="backup_run_kind",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.file_name}"
