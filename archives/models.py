"""Volumes of a batch, their items with retention, and every check of their bytes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from archives.enums import ItemStatus, VolumeStatus
from archives.labels import ITEM_LABELS, VOLUME_LABELS
from assessment_center.batches.models import AssessmentBatch
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.records import Record


class Volume(Record):
    """A volume of a batch or of a year of the centre; closed it carries one root over its items."""

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, null=True, related_name="volumes"
    )
    centre = models.ForeignKey(
        AssessmentCentre, on_delete=models.PROTECT, null=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("卷号"))
    title = models.CharField(_("卷名"), max_length=80)
    status = models.CharField(
        _("状态"), max_length=10, choices=VOLUME_LABELS.items(), default=VolumeStatus.OPEN
    )
    root = models.CharField(_("卷摘要"), max_length=64, blank=True)
    closed_at = models.DateTimeField(_("封卷时间"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("案卷")
        verbose_name_plural = _("案卷")
        ordering = ("batch", "year", "number")
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="volume_number_once"),
            models.UniqueConstraint(
                fields=("centre", "year", "number"), name="volume_of_year_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(batch__isnull=False, centre=None, year=None)
                | models.Q(batch=None, centre__isnull=False, year__isnull=False),
                name="volume_of_batch_or_year",
                violation_error_message=_("案卷属于一个批次，或属于认定中心的一个年度。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=VolumeStatus.OPEN.value)
                | models.Q(closed_at__isnull=False) & ~models.Q(root=""),
                name="volume_closed_whole",
            ),
        )

    def __str__(self) -> str:
        owner = self.batch or _("%(year)s 年度") % {"year": self.year}
        return f"{owner} · {self.title}"


class ArchiveItem(Record):
    """One record of the archive: its file, its hash, how long it is kept and why."""

    volume = models.ForeignKey(Volume, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField(_("件号"))
    kind = models.CharField(_("类别"), max_length=60)
    title = models.CharField(_("题名"), max_length=200)
    file = models.FileField(_("文件"), upload_to="archive/")
    file_name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("字节数"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    retention_class = models.CharField(_("保管期限"), max_length=40)
    permanent = models.BooleanField(_("长期保存"), default=False)
    keep_until = models.DateField(_("保管至"), null=True, blank=True)
    citation = models.CharField(_("依据"), max_length=300)
    on_hold = models.BooleanField(_("冻结"), default=False)
    status = models.CharField(
        _("状态"), max_length=10, choices=ITEM_LABELS.items(), default=ItemStatus.FILED
    )
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(_("最近核验"), null=True, blank=True)
    check_sound = models.BooleanField(_("核验无误"), null=True)

    class Meta:
        verbose_name = _("档案")
        verbose_name_plural = _("档案")
        ordering = ("volume", "number")
        constraints = (
            models.UniqueConstraint(fields=("volume", "number"), name="archive_item_number_once"),
            models.UniqueConstraint(
                fields=("volume", "kind", "subject_kind", "subject_id", "digest"),
                name="archive_item_once",
            ),
            models.CheckConstraint(
                condition=models.Q(permanent=True, keep_until=None)
                | models.Q(permanent=False, keep_until__isnull=False),
                name="archive_item_term",
                violation_error_message=_("档案须写明保管期限或长期保存。"),
            ),
        )

    def __str__(self) -> str:
        return self.title
