"""What is due when, by which article, how it was counted; and the calendars subscribed to."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.deadlines.enums import Nature, Scope, Unit
from assessment_center.deadlines.labels import NATURE_LABELS, SCOPE_LABELS, UNIT_LABELS
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.records import Record

Q = models.Q


class Deadline(Record):
    """One dated rule of a batch, or of the centre as a whole."""

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.CASCADE, related_name="deadlines", null=True, blank=True
    )
    centre = models.ForeignKey(
        AssessmentCentre, on_delete=models.CASCADE, related_name="deadlines", null=True, blank=True
    )
    kind = models.CharField(max_length=60)
    stage = models.CharField(max_length=20, blank=True)
    label = models.CharField(_("事项"), max_length=120)
    nature = models.CharField(
        _("性质"), max_length=6, choices=NATURE_LABELS.items(), default=Nature.DUE
    )
    due = models.DateField(_("期限"), null=True, blank=True)
    event = models.CharField(_("起算"), max_length=80, blank=True)
    start = models.DateField(_("起算日"), null=True, blank=True)
    count = models.SmallIntegerField(_("数量"), null=True, blank=True)
    unit = models.CharField(_("单位"), max_length=8, choices=UNIT_LABELS.items(), blank=True)
    citations = ArrayField(
        models.CharField(max_length=200), default=list, blank=True, verbose_name=_("依据")
    )
    rulebook = models.CharField(max_length=4, default="", blank=True)
    responsible = models.CharField(_("负责"), max_length=40, blank=True)
    outlives = models.BooleanField(default=False)
    by_hand = models.BooleanField(_("人工登记"), default=False)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("登记人"),
    )
    done_note = models.CharField(_("办结说明"), max_length=200, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    sequence = models.PositiveIntegerField(default=0)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()

    class Meta:
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        ordering = ("due", "label", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "centre", "kind", "subject_kind", "subject_id"),
                nulls_distinct=False,
                name="deadline_once",
                violation_error_message=_("同一事项的期限只有一条。"),
            ),
            models.CheckConstraint(
                condition=Q(batch=None, centre__isnull=False) | Q(batch__isnull=False, centre=None),
                name="deadline_of_batch_or_centre",
                violation_error_message=_("期限属于一个批次，或属于整个中心，二者必居其一。"),
            ),
            models.CheckConstraint(
                condition=Q(unit="", start=None, count=None)
                | Q(unit__in=[u.value for u in Unit], start__isnull=False, count__isnull=False),
                name="deadline_counted_whole",
                violation_error_message=_("推算须写明起算日、数量和单位。"),
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=False) | Q(unit=Unit.WORKDAY.value),
                name="deadline_waits_for_workdays",
                violation_error_message=_("只有按工作日推算、放假安排未录入的期限才可以没有日期。"),
            ),
            models.CheckConstraint(
                condition=Q(done_by=None, done_note="") | Q(by_hand=True, done_at__isnull=False),
                name="deadline_ticked_by_hand",
                violation_error_message=_("只有人工登记的事项才有登记人和办结说明。"),
            ),
            models.CheckConstraint(
                condition=Q(nature__in=[n.value for n in Nature]), name="deadline_nature_known"
            ),
        )
        indexes = (models.Index(fields=("due",), condition=Q(done_at=None), name="deadline_open"),)

    def __str__(self) -> str:
        return f"{self.label} {self.due or ''}".strip()


class CalendarFeed(Record):
    """A secret address of one user's calendar; only the digest of the secret is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("内容"), max_length=4, choices=SCOPE_LABELS.items())
    renewed_at = models.DateTimeField(_("生成时间"), default=timezone.now)
    read_on = models.DateField(_("最近读取"), null=True, blank=True)

    class Meta:
        verbose_name = _("日历订阅")
        verbose_name_plural = _("日历订阅")
        constraints = (
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="calendar_feed_hashed"
            ),
            models.CheckConstraint(
                condition=Q(scope__in=[s.value for s in Scope]), name="calendar_feed_scope_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.user)
