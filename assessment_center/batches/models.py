"""From the annual plan to the batch with its offerings and announcements."""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.enums import (
    AnnouncementStatus,
    BatchStatus,
    PlanStatus,
    Route,
)
from assessment_center.batches.labels import (
    ANNOUNCEMENT_LABELS,
    BATCH_LABELS,
    PAPER_ORIGIN_LABELS,
    PLAN_LABELS,
    RECOGNITION_ROUTES,
    ROUTE_LABELS,
)
from assessment_center.batches.report_models import AuthorityReport, ReportReceipt
from assessment_center.catalog.bases import OfLevel
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.catalog.models import OccupationalStandard
from assessment_center.organization.models import AssessmentCentre, FiledScope
from assessment_center.registry.records import Record
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import frozen_rules

__all__ = [
    "Announcement",
    "AnnualPlan",
    "AnnualPlanLine",
    "AssessmentBatch",
    "AuthorityReport",
    "Offering",
    "RecognitionBasis",
    "ReportReceipt",
]


class AnnualPlan(Record):
    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("年度"))
    status = models.CharField(
        _("状态"), max_length=12, choices=PLAN_LABELS.items(), default=PlanStatus.DRAFT
    )
    notes = models.TextField(_("说明"), blank=True)
    training = models.TextField(_("考评人员培训安排"), blank=True)
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    filed_on = models.DateField(_("计划报送日期"), null=True, blank=True)
    filing_receipt = models.CharField(_("计划报送回执"), max_length=80, blank=True)
    summary = models.TextField(_("工作总结"), blank=True)
    reported_on = models.DateField(_("总结报送日期"), null=True, blank=True)
    receipt_number = models.CharField(_("总结报送回执"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("年度计划")
        verbose_name_plural = _("年度计划")
        ordering = ("-year",)
        constraints = (
            models.UniqueConstraint(
                fields=("centre", "year"),
                name="one_plan_a_year",
                violation_error_message=_("该年度的计划已经有了。"),
            ),
            models.CheckConstraint(
                condition=models.Q(filed_on=None, filing_receipt="")
                | models.Q(filed_on__isnull=False, approved_at__isnull=False),
                name="plan_filed_once_approved",
                violation_error_message=_("批准的计划才能报送，有报送日期才有回执。"),
            ),
        )

    def __str__(self) -> str:
        return _("%(year)s 年度认定计划") % {"year": self.year}


class AnnualPlanLine(OfLevel):
    plan = models.ForeignKey(AnnualPlan, on_delete=models.CASCADE, related_name="lines")
    forecast = models.PositiveIntegerField(_("预计人数"))
    planned_month = models.PositiveSmallIntegerField(_("计划月份"))
    paper_source = models.CharField(_("命题来源"), max_length=12, default="own_bank")

    class Meta:
        verbose_name = _("计划项目")
        verbose_name_plural = _("计划项目")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(planned_month__range=(1, 12)),
                name="plan_line_month",
                violation_error_message=_("计划月份应为 1 至 12。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.occupation} {self.get_level_display() or ''}".strip()


class AssessmentBatch(Record):
    """One round of examination under a rulebook frozen when it was opened."""

    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="batches")
    code = models.CharField(_("批次号"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=120)
    plan = models.ForeignKey(
        AnnualPlan, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("年度计划")
    )
    rulebook_version = models.ForeignKey(
        RulebookVersion, on_delete=models.PROTECT, verbose_name=_("规程")
    )
    rules_frozen_at = models.DateTimeField(_("规程冻结时间"))
    status = models.CharField(
        _("状态"), max_length=24, choices=BATCH_LABELS.items(), default=BatchStatus.DRAFT
    )
    registration_opens = models.DateTimeField(_("报名开始"))
    registration_closes = models.DateTimeField(_("报名截止"))
    exam_starts = models.DateField(_("考试开始日"))
    exam_ends = models.DateField(_("考试结束日"))
    exam_place = models.CharField(_("考试地点"), max_length=200)
    is_unified = models.BooleanField(_("全国或全省统一鉴定"), default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("批次")
        verbose_name_plural = _("批次")
        ordering = ("-exam_starts", "-code")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(registration_closes__gt=models.F("registration_opens")),
                name="batch_registration_ordered",
                violation_error_message=_("报名截止须晚于报名开始。"),
            ),
            models.CheckConstraint(
                condition=models.Q(exam_ends__gte=models.F("exam_starts")),
                name="batch_exam_ordered",
                violation_error_message=_("考试结束日不能早于开始日。"),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @cached_property
    def rules(self) -> Rulebook:
        """The rulebook as it stood when the batch was opened, with the overrides of that day."""
        key = self.pk, self.rulebook_version_id, self.rules_frozen_at
        return frozen_rules(*key, lambda: self.rulebook_version)

    @property
    def examined(self) -> bool:
        """Whether anything in it is examined; a batch without offerings may still be."""
        routes = {each.route for each in self.offerings.all()}
        return not routes or Route.EXAM in routes


def _part(place: int) -> models.Func:
    """One of the fees by subject, of which there are four at most; zero where there is none."""
    return models.Func(
        "fee_parts",
        template=f"COALESCE((%(expressions)s)[{place}], 0)",
        output_field=models.IntegerField(),
    )


class Offering(OfLevel):
    """What the batch offers: occupation, job, level, by which route, in which subjects."""

    batch = models.ForeignKey(AssessmentBatch, on_delete=models.CASCADE, related_name="offerings")
    route = models.CharField(
        _("评价方式"), max_length=12, choices=ROUTE_LABELS.items(), default=Route.EXAM
    )
    standard = models.ForeignKey(
        OccupationalStandard, on_delete=models.PROTECT, verbose_name=_("评价标准")
    )
    subjects = ArrayField(models.CharField(max_length=12), blank=True, verbose_name=_("科目"))
    fee_cents = models.PositiveIntegerField(_("收费（分）"), default=0)
    fee_parts = ArrayField(  # what each subject costs, in their order; empty: priced as a whole
        models.PositiveIntegerField(), blank=True, default=list, verbose_name=_("各科目收费（分）")
    )
    paper_source = models.CharField(_("命题来源"), max_length=12, default="own_bank")
    filed: "list[FiledScope] | None" = None  # the lines that cover it, where they were read along

    class Meta:
        verbose_name = _("认定项目")
        verbose_name_plural = _("认定项目")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "occupation", "job", "level", "route"),
                nulls_distinct=False,
                name="offering_once",
                violation_error_message=_("这个批次已有相同的职业、工种、等级和评价方式。"),
            ),
            models.CheckConstraint(
                condition=models.Q(route=Route.EXAM.value, subjects__len__gt=0)
                | (~models.Q(route=Route.EXAM.value) & models.Q(subjects__len=0)),
                name="offering_examined_in_subjects",
                violation_error_message=_("考试考核须有科目，其他评价方式不设科目。"),
            ),
            models.CheckConstraint(
                condition=models.Q(fee_parts__len=0)
                | models.Q(
                    fee_parts__len=models.F("subjects__len"),
                    fee_cents=_part(1) + _part(2) + _part(3) + _part(4),
                ),
                name="offering_fee_is_its_parts",
                violation_error_message=_("各科目的收费须逐科写明，合计为这个项目的收费。"),
            ),
        )

    def __str__(self) -> str:
        parts = [self.occupation.name, self.job.name if self.job else "", self.get_level_display()]
        return " ".join(str(part) for part in parts if part)

    @property
    def paper_origin(self) -> str:
        """Where the papers come from, in words."""
        return str(PAPER_ORIGIN_LABELS.get(self.paper_source, self.paper_source))

    @property
    def subject_names(self) -> list[str]:
        return [str(SUBJECT_LABELS[each]) for each in self.subjects]

    def fees_by_subject(self, subjects: Sequence[str] | None = None) -> list[tuple[str, int]]:
        """(subject in words, cents) of those sat, or of all; empty where there is one price."""
        priced = zip(self.subjects, self.subject_names, self.fee_parts, strict=False)
        return [
            (name, cents)
            for subject, name, cents in priced
            if subjects is None or subject in subjects
        ]

    def fee_of(self, subjects: Sequence[str]) -> int:
        """What these subjects cost, in cents: all of it unless each has its own price."""
        if not self.fee_parts:
            return self.fee_cents
        return sum(cents for _name, cents in self.fees_by_subject(subjects))


class RecognitionBasis(OfLevel):
    """What a recognition without examination rests on, as it was published; never changed.

    A 1+X certificate mapped to an occupation, the courses of a trade, the credits it takes, or
    the rules of a contest; `terms` has the shape of `rules.recognition.Terms`.
    """

    route = models.CharField(_("评价方式"), max_length=12, choices=RECOGNITION_ROUTES)
    title = models.CharField(_("名称"), max_length=120)
    document = models.CharField(_("文件及文号"), max_length=160)
    terms = models.JSONField(_("要求"), default=dict, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("认定依据")
        verbose_name_plural = _("认定依据")
        ordering = ("route", "occupation", "title")
        constraints = (
            models.UniqueConstraint(
                fields=("route", "occupation", "job", "level", "title"),
                condition=models.Q(is_active=True),
                nulls_distinct=False,
                name="recognition_basis_once",
                violation_error_message=_("这项认定依据已登记并在用。"),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Announcement(Record):
    """Published once, never changed; `number` 1 is the first, later ones supplement it.

    `changes` are the new dates, times and places a later one brings, by the batch's field (see
    `rules.changing`); they take effect when it is published.
    """

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="announcements"
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    title = models.CharField(_("标题"), max_length=160)
    body = models.TextField(_("正文"))
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    status = models.CharField(
        _("状态"),
        max_length=12,
        choices=ANNOUNCEMENT_LABELS.items(),
        default=AnnouncementStatus.DRAFT,
    )
    reason = models.CharField(_("变更原因"), max_length=300, blank=True)
    consent_number = models.CharField(_("主管部门核准文号"), max_length=80, blank=True)
    changes = models.JSONField(_("变更内容"), default=dict, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("公告")
        verbose_name_plural = _("公告")
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="announcement_number_once"),
            models.CheckConstraint(
                condition=models.Q(status=AnnouncementStatus.DRAFT.value)
                | models.Q(published_at__isnull=False),
                name="announcement_published_when",
            ),
        )

    def __str__(self) -> str:
        return self.title
