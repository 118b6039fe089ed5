"""Marks, what they come to in a subject, and the result of an application."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.enums import Route
from assessment_center.batches.labels import RECOGNITION_ROUTES
from assessment_center.batches.models import AssessmentBatch, AuthorityReport, RecognitionBasis
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.registry.records import Record
from candidates.models import Application
from scoring.enums import (
    EntryRound,
    PublicityStatus,
    RecognitionStatus,
    RecognitionVerdict,
    ResultStatus,
    ReviewStatus,
    Standing,
)
from scoring.labels import (
    PUBLICITY_LABELS,
    RECOGNITION_LABELS,
    RESULT_LABELS,
    REVIEW_LABELS,
    ROUND_LABELS,
    STANDING_LABELS,
    VERDICT_LABELS,
)


class ScoreEntry(Record):
    """One mark as one person entered it; two rounds must agree, assessors are combined."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="score_entries"
    )
    subject = models.CharField(  # type: ignore[assignment]
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items()
    )
    round = models.CharField(_("登分"), max_length=10, choices=ROUND_LABELS.items())
    score = models.DecimalField(_("分数"), max_digits=6, decimal_places=2)
    full_score = models.PositiveSmallIntegerField(_("满分"), default=100)
    reason = models.CharField(_("零分原因"), max_length=200, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("登分人"),
    )
    updated_at = models.DateTimeField(_("登分时间"), auto_now=True)

    class Meta:
        verbose_name = _("登分")
        verbose_name_plural = _("登分")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "subject", "round"),
                condition=~models.Q(round=EntryRound.ASSESSOR.value),
                name="score_round_once",
                violation_error_message=_("这一轮的分数已经登过了。"),
            ),
            models.UniqueConstraint(
                fields=("application", "subject", "entered_by"),
                name="score_person_once",
                violation_error_message=_("同一人不能为同一科目登分两次。"),
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=models.F("full_score")),
                name="score_in_range",
                violation_error_message=_("分数应在 0 与满分之间。"),
            ),
        )
        indexes = (models.Index(fields=("subject", "application"), name="score_by_subject"),)

    def __str__(self) -> str:
        return f"{self.application} {self.get_subject_display()} {self.score}"


class SubjectResult(Record):
    """What an application came to in one subject."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="subject_results"
    )
    subject = models.CharField(  # type: ignore[assignment]
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items()
    )
    standing = models.CharField(_("情况"), max_length=10, choices=STANDING_LABELS.items())
    score = models.DecimalField(_("成绩"), max_digits=6, decimal_places=2, null=True)
    full_score = models.PositiveSmallIntegerField(_("满分"), default=100)
    passed = models.BooleanField(_("合格"))
    note = models.CharField(_("处理"), max_length=200, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("核分人"),
    )
    checked_at = models.DateTimeField(_("核分时间"), null=True)

    class Meta:
        verbose_name = _("科目成绩")
        verbose_name_plural = _("科目成绩")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "subject"),
                name="subject_result_once",
                violation_error_message=_("这名考生的这一科目已有成绩。"),
            ),
            models.CheckConstraint(
                condition=models.Q(score=None)
                | models.Q(score__gte=0, score__lte=models.F("full_score")),
                name="subject_result_in_range",
                violation_error_message=_("成绩应在 0 与满分之间。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(standing=Standing.SCORED.value) | models.Q(score__isnull=False),
                name="subject_result_scored",
                violation_error_message=_("参加了考试的科目须有成绩。"),
            ),
            models.CheckConstraint(
                condition=models.Q(standing=Standing.SCORED.value) | models.Q(passed=False),
                name="subject_result_absent_fails",
                violation_error_message=_("缺考或违纪取消的科目不能合格。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.get_subject_display()}"


class RecognitionDecision(Record):
    """Whether somebody who is not examined is recognised: on which facts, papers and articles.

    `facts` holds the condition, its predicates and the claim as they were judged; `evidence`
    names every paper by its SHA-256. One person proposes, another confirms; then it stays.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="recognition"
    )
    route = models.CharField(_("评价方式"), max_length=12, choices=RECOGNITION_ROUTES)
    basis = models.ForeignKey(
        RecognitionBasis,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("认定依据"),
    )
    facts = models.JSONField(_("认定事实"), default=dict)
    evidence = models.JSONField(_("依据材料"), default=list)
    verdict = models.CharField(_("结论"), max_length=10, choices=VERDICT_LABELS.items())
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    articles = ArrayField(models.CharField(max_length=200), default=list, verbose_name=_("条款"))
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=RECOGNITION_LABELS.items(),
        default=RecognitionStatus.PROPOSED,
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("经办人"),
    )
    prepared_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("确认人"),
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    meeting = models.CharField(_("会议或工作记录"), max_length=120, blank=True)
    return_reason = models.CharField(_("退回原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("认定结论")
        verbose_name_plural = _("认定结论")
        ordering = ("application__number",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(route=Route.EXAM.value),
                name="recognition_not_examined",
                violation_error_message=_("考试考核的结果来自成绩，不作认定结论。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RecognitionStatus.CONFIRMED.value)
                | models.Q(decided_by__isnull=False, decided_at__isnull=False),
                name="recognition_confirmed_whole",
                violation_error_message=_("已确认的认定须有确认人和确认时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("prepared_by")),
                name="recognition_two_people",
                violation_error_message=_("确认人不能与经办人是同一人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(articles__len__gt=0)
                & (models.Q(verdict=RecognitionVerdict.GRANTED.value) | ~models.Q(reason="")),
                name="recognition_cited",
                violation_error_message=_("认定须有条款；不予认定还须写明理由。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.get_verdict_display()}"


class Publicity(Record):
    """The period in which the results of a batch stand open to objection."""

    batch = models.OneToOneField(
        AssessmentBatch, on_delete=models.PROTECT, related_name="publicity"
    )
    starts_on = models.DateField(_("公示开始"))
    ends_on = models.DateField(_("公示结束"))
    place = models.CharField(_("公示方式"), max_length=200)
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=PUBLICITY_LABELS.items(),
        default=PublicityStatus.OPEN,
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    objections = models.TextField(_("异议处理"), blank=True)
    evidence = models.FileField(_("公示留痕"), upload_to="publicity/", blank=True)
    evidence_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("成绩公示")
        verbose_name_plural = _("成绩公示")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="publicity_ordered",
                violation_error_message=_("公示结束日不能早于开始日。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch} {self.starts_on} — {self.ends_on}"


class FinalResult(Record):
    """The result of an application: draft, then published, then final and unchangeable."""

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="final_result"
    )
    batch = models.ForeignKey(AssessmentBatch, on_delete=models.PROTECT, related_name="results")
    subjects = models.JSONField(_("各科成绩"), default=list)
    passed = models.BooleanField(_("合格"))
    grade_label = models.CharField(_("评定"), max_length=10, blank=True)
    status = models.CharField(
        _("状态"), max_length=10, choices=RESULT_LABELS.items(), default=ResultStatus.DRAFT
    )
    published_at = models.DateTimeField(_("公示时间"), null=True, blank=True)
    final_at = models.DateTimeField(_("生效时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("成绩结果")
        verbose_name_plural = _("成绩结果")
        ordering = ("application__number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status=ResultStatus.DRAFT.value)
                | models.Q(published_at__isnull=False),
                name="result_published_when",
                violation_error_message=_("公示的成绩须有公示时间。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ResultStatus.FINAL.value)
                | models.Q(final_at__isnull=False),
                name="result_final_when",
                violation_error_message=_("生效的成绩须有生效时间。"),
            ),
        )
        indexes = (models.Index(fields=("batch", "status"), name="result_of_batch"),)

    def __str__(self) -> str:
        return str(self.application)


class ScoreReview(Record):
    """A candidate's request to recount a score, and the answer: never a re-mark."""

    result = models.ForeignKey(FinalResult, on_delete=models.PROTECT, related_name="reviews")
    subject = models.CharField(  # type: ignore[assignment]
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items()
    )
    reason = models.CharField(_("理由"), max_length=300)
    requested_at = models.DateTimeField(_("申请时间"))
    status = models.CharField(
        _("状态"), max_length=12, choices=REVIEW_LABELS.items(), default=ReviewStatus.WAITING
    )
    answer = models.CharField(_("复核结论"), max_length=300, blank=True)
    changed_from = models.DecimalField(
        _("原成绩"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    changed_to = models.DecimalField(
        _("更正为"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("成绩复核")
        verbose_name_plural = _("成绩复核")
        constraints = (
            models.UniqueConstraint(
                fields=("result", "subject"),
                name="score_review_once",
                violation_error_message=_("这一科目已申请过复核。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=ReviewStatus.WAITING.value)
                | (models.Q(answered_at__isnull=False) & ~models.Q(answer="")),
                name="score_review_answered_whole",
                violation_error_message=_("已答复的复核须有结论和答复时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=ReviewStatus.CORRECTED.value, changed_to__isnull=False)
                | (
                    ~models.Q(status=ReviewStatus.CORRECTED.value)
                    & models.Q(changed_to__isnull=True)
                ),
                name="score_review_corrected_to",
                violation_error_message=_("更正的复核须写明更正后的成绩，其他的不能写。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.result} {self.get_subject_display()}"


class ScoreReport(Record):
    """The score workbook as it was reported to the authority, sealed."""

    report = models.ForeignKey(
        AuthorityReport, on_delete=models.PROTECT, related_name="score_reports"
    )
    sealed = models.FileField(upload_to="reports/")
    digest = models.CharField(max_length=64)
    results_digest = models.CharField(max_length=64)
    candidate_count = models.PositiveIntegerField(_("人数"))
    passed_count = models.PositiveIntegerField(_("合格人数"))

    class Meta:
        verbose_name = _("成绩上报材料")
        verbose_name_plural = _("成绩上报材料")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.digest[:12]
