"""Applications with their evidence, reviews and fees; bans, passed subjects and certificates."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.enums import Route
from assessment_center.batches.labels import ROUTE_LABELS
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import LEVEL_LABELS, SUBJECT_LABELS
from assessment_center.catalog.models import Job, Occupation
from assessment_center.people.models import Department, Person, SchoolClass
from assessment_center.registry.records import Record, by_staff
from candidates.case_models import FraudCase, SafetyAgreement
from candidates.desk_models import ReportPackage
from candidates.enums import (
    LIVE,
    WITH_CANDIDATE,
    ApplicationStatus,
    ExamKind,
    FeeKind,
    FeeState,
    Finding,
    Origin,
    Source,
)
from candidates.fee_models import (
    ExpensePlace,
    FeeExpense,
    FeeRefund,
    FeeWaiver,
    FinanceLine,
    ReissueFee,
)
from candidates.labels import (
    EDUCATION_LABELS,
    EVIDENCE_LABELS,
    EXAM_KIND_LABELS,
    FEE_KIND_LABELS,
    FEE_LABELS,
    FINDING_LABELS,
    ORIGIN_LABELS,
    SOURCE_LABELS,
    STATUS_LABELS,
)
from candidates.review_models import OriginalSeen, ReviewStep, SampleDraw
from candidates.standing_models import Ban, HeldCertificate, SubjectPass

__all__ = [
    "Application",
    "Ban",
    "Commitment",
    "Evidence",
    "ExpensePlace",
    "FeeExpense",
    "FeePayment",
    "FeeRefund",
    "FeeWaiver",
    "FinanceLine",
    "FraudCase",
    "HeldCertificate",
    "OriginalSeen",
    "ReissueFee",
    "ReportPackage",
    "ReviewStep",
    "SafetyAgreement",
    "SampleDraw",
    "SubjectPass",
]


class Application(Record):
    """One person's application for one offering of a batch.

    Occupation, job, level and route repeat the offering's so that the database itself keeps
    “one live application per person, occupation, job, level and batch” over all routes, and
    that what is examined has subjects.
    `declaration` holds the declared facts in the shape of `rules.declaration.Declaration`.
    """

    moves_deadlines = False  # those of a batch hang on its own steps, and hundreds apply at once

    batch = models.ForeignKey(
        AssessmentBatch,
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("批次"),
    )
    offering = models.ForeignKey(
        Offering,
        on_delete=models.PROTECT,
        related_name="applications",
        verbose_name=_("申报项目"),
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="applications", verbose_name=_("考生")
    )
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    level = models.PositiveSmallIntegerField(
        _("等级"), choices=LEVEL_LABELS.items(), null=True, blank=True
    )
    route = models.CharField(
        _("评价方式"), max_length=12, choices=ROUTE_LABELS.items(), default=Route.EXAM
    )
    number = models.CharField(_("申报号"), max_length=40, blank=True)
    status = models.CharField(
        _("状态"),
        max_length=16,
        choices=STATUS_LABELS.items(),
        default=ApplicationStatus.DRAFT,
    )
    fee_state = models.CharField(
        _("缴费"), max_length=8, choices=FEE_LABELS.items(), default=FeeState.NONE
    )
    exam_kind = models.CharField(
        _("考试类型"), max_length=8, choices=EXAM_KIND_LABELS.items(), default=ExamKind.FIRST
    )
    subjects = ArrayField(
        models.CharField(max_length=12, choices=SUBJECT_LABELS.items()),
        blank=True,
        verbose_name=_("应考科目"),
    )
    waived = ArrayField(  # of these, what costs nothing; the reasons stand in `waivers`
        models.CharField(max_length=12, choices=SUBJECT_LABELS.items()),
        blank=True,
        default=list,
        verbose_name=_("免收费的科目"),
    )
    origin = models.CharField(
        _("来源"), max_length=8, choices=ORIGIN_LABELS.items(), default=Origin.PORTAL
    )
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("院系"),
    )
    school_class = models.ForeignKey(
        SchoolClass,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("班级"),
    )
    ethnicity = models.CharField(_("民族"), max_length=20, blank=True)
    education = models.CharField(
        _("文化程度"), max_length=24, choices=EDUCATION_LABELS.items(), blank=True
    )
    source = models.CharField(
        _("考生来源"), max_length=12, choices=SOURCE_LABELS.items(), default=Source.SCHOOL
    )
    employer = models.CharField(_("工作单位"), max_length=120, blank=True)
    address = models.CharField(_("通讯地址"), max_length=200, blank=True)
    post_code = models.CharField(_("邮政编码"), max_length=6, blank=True)
    declaration = models.JSONField(_("申报事实"), default=dict, blank=True)
    condition_id = models.CharField(_("申报条件"), max_length=30, blank=True)
    photo = models.ImageField(_("照片"), upload_to="applications/photos/", blank=True)
    finding = models.CharField(
        _("资格判断"), max_length=12, choices=FINDING_LABELS.items(), default=Finding.UNPROVEN
    )
    entered_by = by_staff()
    received_at = models.DateTimeField(_("收到时间"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    return_reason = models.CharField(_("退回原因"), max_length=300, blank=True)
    return_part = models.CharField(_("退回部分"), max_length=40, blank=True)
    first_reviewed_by = by_staff()
    first_reviewed_at = models.DateTimeField(_("初审时间"), null=True, blank=True)
    confirmed_by = by_staff()
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("申报")
        verbose_name_plural = _("申报")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "occupation", "job", "level", "batch"),
                condition=models.Q(status__in=sorted(state.value for state in LIVE)),
                nulls_distinct=False,
                name="one_live_application",
                violation_error_message=_("同一批次中，同一职业、工种和等级只能有一份有效申报。"),
            ),
            models.UniqueConstraint(
                fields=("number",),
                condition=~models.Q(number=""),
                name="application_number_once",
                violation_error_message=_("这个申报号已经用过。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=ApplicationStatus.DRAFT)
                | models.Q(status=ApplicationStatus.WITHDRAWN)
                | (~models.Q(number="") & models.Q(submitted_at__isnull=False)),
                name="application_submitted_numbered",
                violation_error_message=_("已提交的申报须有申报号和提交时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | models.Q(first_reviewed_by=None)
                | ~models.Q(confirmed_by=models.F("first_reviewed_by")),
                name="application_two_reviewers",
                violation_error_message=_("复核人不能与初审人是同一人。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=ApplicationStatus.CONFIRMED)
                | models.Q(first_reviewed_at__isnull=False, confirmed_at__isnull=False),
                name="application_confirmed_reviewed",
                violation_error_message=_("审核通过的申报须经初审和复核。"),
            ),
            models.CheckConstraint(
                condition=models.Q(route=Route.EXAM.value, subjects__len__gt=0)
                | (~models.Q(route=Route.EXAM.value) & models.Q(subjects__len=0)),
                name="application_has_subject",
                violation_error_message=_(
                    "考试考核的申报至少要有一个应考科目，其他评价方式不设科目。"
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(waived__contained_by=models.F("subjects")),
                name="application_waives_its_own",
                violation_error_message=_("只能免收这份申报应考科目的费用。"),
            ),
            models.CheckConstraint(
                condition=models.Q(post_code="") | models.Q(post_code__regex="^[0-9]{6}$"),
                name="application_post_code_form",
                violation_error_message=_("邮政编码应为 6 位数字。"),
            ),
        )
        indexes = (models.Index(fields=("batch", "status"), name="application_queue"),)

    def __str__(self) -> str:
        return f"{self.number or self.get_status_display()} {self.person}".strip()

    @property
    def came_on(self) -> date:
        """The day its facts are counted to: received or handed in; today while it is not."""
        with_candidate = self.status in WITH_CANDIDATE
        return timezone.localdate(
            self.received_at or (None if with_candidate else self.submitted_at)
        )

    @property
    def fee_cents(self) -> int:
        """What is to be paid for it, in cents: a resit pays its own subjects where priced so.

        Waived subjects cost nothing (FEE-10).
        """
        return self.offering.fee_of([each for each in self.subjects if each not in self.waived])

    @property
    def fees_by_subject(self) -> list[tuple[str, int, bool]]:
        """(subject in words, its price in cents, whether it is waived); empty for one price."""
        free = {str(SUBJECT_LABELS[each]) for each in self.waived}
        priced = self.offering.fees_by_subject(self.subjects)
        return [(name, cents, name in free) for name, cents in priced]


class Evidence(Record):
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(_("材料类别"), max_length=16, choices=EVIDENCE_LABELS.items())
    title = models.CharField(_("说明"), max_length=80, blank=True)
    file = models.FileField(_("文件"), upload_to="applications/evidence/")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("大小（字节）"))
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("佐证材料")
        verbose_name_plural = _("佐证材料")
        ordering = ("created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("application", "kind", "digest"),
                name="evidence_once",
                violation_error_message=_("这份材料已经上传过。"),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class Commitment(Record):
    """The candidate's undertaking: the words, the typed name, when and from where.

    `covers` is the digest of the facts it was signed for (`candidates.signature`).
    """

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="commitment"
    )
    text = models.TextField(_("承诺内容"))
    signed_name = models.CharField(_("签名"), max_length=80)
    signed_at = models.DateTimeField(_("签署时间"))
    address = models.GenericIPAddressField(_("签署地址"), null=True, blank=True)
    covers = models.CharField(_("所签内容的摘要"), max_length=64)

    class Meta:
        verbose_name = _("承诺书")
        verbose_name_plural = _("承诺书")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(covers__regex="^[0-9a-f]{64}$"),
                name="commitment_covers_facts",
                violation_error_message=_("承诺书须记下所签内容的摘要。"),
            ),
        )

    def __str__(self) -> str:
        return self.signed_name


class FeePayment(Record):
    """What settles the fee of an application: a payment or a subsidy with its receipt, a waiver.

    `payer` is who bears a subsidised fee in the candidate's stead.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="fee")
    kind = models.CharField(
        _("类别"), max_length=8, choices=FEE_KIND_LABELS.items(), default=FeeKind.PAYMENT
    )
    amount_cents = models.IntegerField(_("金额（分）"))
    receipt_number = models.CharField(_("票据号"), max_length=40, blank=True)
    reason = models.CharField(_("减免原因"), max_length=200, blank=True)
    payer = models.CharField(_("补贴单位"), max_length=120, blank=True)
    paid_on = models.DateField(_("日期"))
    recorded_by = by_staff()

    class Meta:
        verbose_name = _("缴费记录")
        verbose_name_plural = _("缴费记录")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount_cents__gte=0),
                name="fee_not_negative",
                violation_error_message=_("金额不能小于零。"),
            ),
            models.CheckConstraint(
                condition=(models.Q(kind=FeeKind.PAYMENT, payer="") & ~models.Q(receipt_number=""))
                | (
                    models.Q(kind=FeeKind.SUBSIDY)
                    & ~models.Q(receipt_number="")
                    & ~models.Q(payer="")
                )
                | (
                    models.Q(kind=FeeKind.WAIVER, amount_cents=0, receipt_number="", payer="")
                    & ~models.Q(reason="")
                ),
                name="fee_receipt_or_reason",
                violation_error_message=_(
                    "缴费和补贴须有票据号，补贴须写明补贴单位，减免须写明原因。"
                ),
            ),
            models.UniqueConstraint(
                fields=("receipt_number",),
                condition=~models.Q(receipt_number=""),
                name="receipt_once",
                violation_error_message=_("这个票据号已经登记过。"),
            ),
        )

    def __str__(self) -> str:
        return self.receipt_number or str(self.get_kind_display())
