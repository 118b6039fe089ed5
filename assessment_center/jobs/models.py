"""A job is a row first: ordered in the transaction of the change, handed to a worker after it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.jobs.enums import JobStatus
from assessment_center.registry.records import Record

STATUS_LABELS = {
    JobStatus.QUEUED: _("排队中"),
    JobStatus.RUNNING: _("进行中"),
    JobStatus.DONE: _("已完成"),
    JobStatus.FAILED: _("未完成"),
}


class Job(Record):
    name = models.CharField(_("任务"), max_length=80)
    label = models.CharField(_("说明"), max_length=200)
    params = models.JSONField(default=dict)
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(s.value, label) for s, label in STATUS_LABELS.items()],
        default=JobStatus.QUEUED,
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="jobs",
        verbose_name=_("发起人"),
    )
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    total = models.PositiveIntegerField(_("总数"), default=0)
    message = models.CharField(_("进展"), max_length=200, blank=True)
    result = models.JSONField(_("结果"), default=dict, blank=True)
    result_file = models.FileField(_("结果文件"), upload_to="jobs/", blank=True)
    error = models.TextField(_("未完成的原因"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering = ("-created_at",)
        indexes = (
            models.Index(fields=("status", "dispatched_at"), name="job_waiting"),
            models.Index(fields=("subject_kind", "subject_id"), name="job_subject"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def percent(self) -> int:
        if self.status == JobStatus.DONE:
            return 100
        return min(99, 100 * self.done // self.total) if self.total else 0
