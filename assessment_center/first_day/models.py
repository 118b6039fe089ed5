"""The office's choice of a rulebook, files on their way into the books, and activation slips."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessment_center.first_day.enums import Audience
from assessment_center.jobs.models import Job
from assessment_center.people.models import Person, SchoolClass
from assessment_center.registry.records import Record


class RulebookChoice(Record):
    """The rulebook the office works under before a filing names one; the latest counts."""

    code = models.CharField(_("规程"), max_length=20)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("选定人"),
    )

    class Meta:
        verbose_name = _("选定规程")
        verbose_name_plural = _("选定规程")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.code


class SheetUpload(Record):
    """A workbook that was shown before it is written; its content goes once it is written.

    `outcome` is what the page shows; its `fingerprint` says what was seen.
    """

    step = models.CharField(_("步骤"), max_length=40)
    file_name = models.CharField(_("文件名"), max_length=160)
    digest = models.CharField(_("摘要"), max_length=64)
    sealed = models.BinaryField(null=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("上传人"),
    )
    outcome = models.JSONField(default=dict)
    job = models.ForeignKey(
        Job, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("任务")
    )
    written_at = models.DateTimeField(_("导入时间"), null=True)

    class Meta:
        verbose_name = _("导入的表格")
        verbose_name_plural = _("导入的表格")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(written_at=None) | Q(sealed=None),
                name="upload_content_goes_once_written",
                violation_error_message=_("已导入的表格不再保留内容。"),
            ),
        )

    def __str__(self) -> str:
        return self.file_name


class SlipPrint(Record):
    """One printing of slips: who printed how many for whom, and until when their codes hold."""

    audience = models.CharField(
        _("对象"),
        max_length=10,
        choices=[(Audience.STUDENTS.value, _("学生")), (Audience.STAFF.value, _("工作人员"))],
    )
    title = models.CharField(_("范围"), max_length=120)
    school_class = models.ForeignKey(
        SchoolClass,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("班级"),
    )
    count = models.PositiveIntegerField(_("张数"))
    expires_at = models.DateTimeField(_("有效至"))
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("打印人"),
    )

    class Meta:
        verbose_name = _("账号条打印记录")
        verbose_name_plural = _("账号条打印记录")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(audience__in=[one.value for one in Audience]),
                name="slip_audience_known",
            ),
            models.CheckConstraint(
                condition=Q(count__gt=0),
                name="slip_print_of_somebody",
                violation_error_message=_("没有要打印的账号条。"),
            ),
        )

    def __str__(self) -> str:
        return self.title


class ActivationCode(Record):
    """A student's code on paper, kept only as a keyed hash; spent by its first use."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="activation_codes")
    slip_print = models.ForeignKey(SlipPrint, on_delete=models.PROTECT, related_name="codes")
    digest = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField(_("有效至"))
    used_at = models.DateTimeField(_("使用时间"), null=True)
    cancelled_at = models.DateTimeField(_("作废时间"), null=True)

    class Meta:
        verbose_name = _("激活码")
        verbose_name_plural = _("激活码")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(used_at=None, cancelled_at=None),
                name="activation_one_live_code",
                violation_error_message=_("一名学生同时只有一个有效的激活码。"),
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(cancelled_at=None),
                name="activation_used_or_cancelled",
                violation_error_message=_("用过的激活码不能作废，作废的不能再用。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}"
