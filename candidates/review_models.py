"""What the reviewers leave behind: their steps, the samples drawn, the originals they saw."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.records import Record, by_staff
from candidates.labels import EVIDENCE_LABELS, RETURN_REASONS, REVIEW_LABELS, STAGE_LABELS


class SampleDraw(Record):
    """A lot drawn over the clean applications that wait, before the rest passes at once.

    `seed` and `population` make the drawing repeatable: the same seed over the same numbers gives
    the same sample (`rules.sampling.drawn`). The row is never changed.
    """

    batch = models.ForeignKey(AssessmentBatch, on_delete=models.PROTECT, related_name="samples")
    stage = models.CharField(_("审核"), max_length=12, choices=STAGE_LABELS.items())
    percent = models.PositiveSmallIntegerField(_("抽查比例（%）"))
    seed = models.CharField(_("随机种子"), max_length=64)
    population = ArrayField(models.UUIDField(), verbose_name=_("全部申报"))
    sampled = ArrayField(models.UUIDField(), verbose_name=_("抽中的申报"))
    by = by_staff()
    by_name = models.CharField(_("抽取人"), max_length=80)

    class Meta:
        verbose_name = _("抽查")
        verbose_name_plural = _("抽查")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(percent__gte=1, percent__lte=100),
                name="sample_percent",
                violation_error_message=_("抽查比例应在 1% 至 100% 之间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(sampled__len__gt=0)
                & models.Q(population__contains=models.F("sampled")),
                name="sample_of_population",
                violation_error_message=_("至少抽一份，且只从所列申报中抽取。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.get_stage_display()} {self.percent}%"


class ReviewStep(Record):
    """One act of a reviewer; `content` is the application as he saw it, `seconds` how long."""

    application = models.ForeignKey(
        "candidates.Application", on_delete=models.CASCADE, related_name="reviews"
    )
    kind = models.CharField(_("审核"), max_length=12, choices=REVIEW_LABELS.items())
    by = by_staff()
    by_name = models.CharField(_("审核人"), max_length=80)
    note = models.CharField(_("意见"), max_length=300, blank=True)
    part = models.CharField(_("退回部分"), max_length=40, blank=True)
    reasons = ArrayField(
        models.CharField(max_length=20, choices=RETURN_REASONS.items()),
        default=list,
        blank=True,
        verbose_name=_("原因"),
    )
    article = models.CharField(_("依据"), max_length=200, blank=True)
    verdict = models.JSONField(_("资格判断"), default=dict, blank=True)
    content = models.JSONField(_("审核时的内容"), default=dict, blank=True)
    seconds = models.PositiveIntegerField(_("用时（秒）"), null=True, blank=True)
    draw = models.ForeignKey(
        SampleDraw, on_delete=models.PROTECT, related_name="steps", null=True, blank=True
    )

    class Meta:
        verbose_name = _("审核记录")
        verbose_name_plural = _("审核记录")
        ordering = ("created_at",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.by_name}"


class OriginalSeen(Record):
    """Somebody held the original of a paper in his hands; `evidence` is the copy it matched."""

    application = models.ForeignKey(
        "candidates.Application", on_delete=models.CASCADE, related_name="originals"
    )
    kind = models.CharField(_("材料类别"), max_length=16, choices=EVIDENCE_LABELS.items())
    evidence = models.ForeignKey(
        "candidates.Evidence",
        on_delete=models.CASCADE,
        related_name="originals",
        null=True,
        blank=True,
    )
    by = by_staff()
    by_name = models.CharField(_("验看人"), max_length=80)
    seen_at = models.DateTimeField(_("验看时间"))

    class Meta:
        verbose_name = _("原件验看")
        verbose_name_plural = _("原件验看")
        ordering = ("seen_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "kind", "evidence"),
                nulls_distinct=False,
                name="original_seen_once",
                violation_error_message=_("这份原件已登记验看过。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.by_name}"
