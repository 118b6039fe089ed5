"""Applying to be filed: the application, its lines, its papers and its self-assessment."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.bases import OfLevels
from assessment_center.catalog.models import OccupationalStandard
from assessment_center.filing.enums import OPEN, FilingStatus
from assessment_center.filing.labels import KIND_LABELS, STATUS_LABELS
from assessment_center.filing.office_models import (
    InternalRegulation,
    OrgUnit,
    SchoolProfile,
    UnitMember,
)
from assessment_center.filing.spec_models import OwnSpecification, SpecificationExpert
from assessment_center.organization.models import AssessmentCentre, Filing
from assessment_center.registry.records import Record
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.filing import FilingRoute
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of

__all__ = [
    "AssessmentMark",
    "ExpertOpinion",
    "FilingApplication",
    "FilingPaper",
    "InternalRegulation",
    "OrgUnit",
    "OwnSpecification",
    "PlanSection",
    "SchoolProfile",
    "ScopeRequest",
    "SpecificationExpert",
    "UnitMember",
]
DECIDED = (FilingStatus.CONFIRMED.value, FilingStatus.PUBLISHED.value)


class FilingApplication(Record):
    """One request to the authority; `route` is the rulebook's way for this kind of school."""

    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="requests")
    rulebook_version = models.ForeignKey(
        RulebookVersion, on_delete=models.PROTECT, verbose_name=_("规程")
    )
    kind = models.CharField(_("类别"), max_length=12, choices=list(KIND_LABELS.items()))
    route = models.CharField(_("报送途径"), max_length=40)
    status = models.CharField(
        _("状态"), max_length=12, choices=list(STATUS_LABELS.items()), default=FilingStatus.DRAFT
    )
    base = models.ForeignKey(
        Filing,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="increments_asked",
        verbose_name=_("原备案"),
    )
    letter_number = models.CharField(_("申请函文号"), max_length=60, blank=True)
    former_code = models.CharField(_("原鉴定所（站）代码或评价机构代码"), max_length=40, blank=True)
    advantage_unit = models.TextField(_("组织优势"), blank=True)
    advantage_major = models.TextField(_("专业优势"), blank=True)
    systems = models.TextField(_("信息化建设情况"), blank=True)
    pledged_by = models.CharField(_("法定代表人承诺"), max_length=60, blank=True)
    submitted_on = models.DateField(_("报送日期"), null=True, blank=True)
    recommended_on = models.DateField(_("推荐日期"), null=True, blank=True)
    published_on = models.DateField(_("公布日期"), null=True, blank=True)
    published_at_site = models.CharField(_("公布网站"), max_length=200, blank=True)
    filing = models.OneToOneField(
        Filing,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="request",
        verbose_name=_("备案回执"),
    )

    class Meta:
        verbose_name = _("备案申请")
        verbose_name_plural = _("备案申请")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("centre", "kind", "rulebook_version"),
                condition=models.Q(status__in=sorted(OPEN)),
                name="one_open_filing_request",
                violation_error_message=_("同类备案申请还有一份没有办结。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=DECIDED, filing__isnull=False)
                | ~models.Q(status__in=DECIDED) & models.Q(filing=None),
                name="filing_request_has_reply",
                violation_error_message=_("已备案的申请须有回执，未备案的不能有。"),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="incremental", base__isnull=False)
                | ~models.Q(kind="incremental") & models.Q(base=None),
                name="filing_increment_has_base",
                violation_error_message=_("增量备案须以原备案为基础。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localdate(self.created_at)}"

    @property
    def rules(self) -> Rulebook:
        """The rulebook of the version it was begun under."""
        return rules_of(self.rulebook_version)

    @property
    def way(self) -> FilingRoute:
        """Who receives, recommends and decides."""
        return self.rules.filing_route(self.route)


class ScopeRequest(OfLevels):
    """One line asked for; it rests on a national standard or on an own specification."""

    application = models.ForeignKey(
        FilingApplication, on_delete=models.CASCADE, related_name="lines"
    )
    standard = models.ForeignKey(
        OccupationalStandard,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("评价标准"),
    )
    specification = models.ForeignKey(
        OwnSpecification,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("评价规范"),
    )
    major = models.CharField(_("对应专业"), max_length=120, blank=True)
    is_near = models.BooleanField(_("相近职业"), default=False)
    audience = ArrayField(
        models.CharField(max_length=10), verbose_name=_("面向"), default=list, blank=True
    )
    whole_reason = models.CharField(_("不分工种的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("申请范围")
        verbose_name_plural = _("申请范围")
        ordering = ("occupation__code", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "occupation", "job"),
                nulls_distinct=False,
                name="request_line_once",
                violation_error_message=_("同一申请中，一个职业（工种）只列一行。"),
            ),
            models.CheckConstraint(
                condition=models.Q(standard=None, specification__isnull=False)
                | models.Q(standard__isnull=False, specification=None),
                name="request_line_one_basis",
                violation_error_message=_("每行写明一种依据：职业标准或自主评价规范。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.occupation} {self.job or ''}".strip()


class FilingPaper(Record):
    """One paper of an application, sealed: the form that prints the staff names ID numbers."""

    application = models.ForeignKey(
        FilingApplication, on_delete=models.CASCADE, related_name="papers"
    )
    code = models.CharField(_("材料"), max_length=40)
    title = models.CharField(_("名称"), max_length=160)
    file_name = models.CharField(_("文件名"), max_length=160)
    sealed = models.BinaryField()
    digest = models.CharField(_("摘要"), max_length=64)
    size = models.PositiveIntegerField(_("字节数"))
    is_produced = models.BooleanField(_("由本系统生成"), default=False)
    place = models.PositiveSmallIntegerField(_("装订顺序"), default=1)
    added_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("备案材料")
        verbose_name_plural = _("备案材料")
        ordering = ("code", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "code", "place"),
                name="filing_paper_place",
                violation_error_message=_("同一项材料的装订顺序不能重复。"),
            ),
            models.CheckConstraint(
                condition=models.Q(size__gt=0, digest__regex=r"^[0-9a-f]{64}$"),
                name="filing_paper_whole",
                violation_error_message=_("材料文件不能是空的。"),
            ),
        )

    def __str__(self) -> str:
        return self.title


class AssessmentMark(Record):
    """What the office gave itself on one row of the evaluation table, and on what evidence."""

    application = models.ForeignKey(
        FilingApplication, on_delete=models.CASCADE, related_name="marks"
    )
    code = models.CharField(_("项目"), max_length=8)
    points = models.DecimalField(_("得分"), max_digits=4, decimal_places=1, null=True, blank=True)
    met = models.BooleanField(_("符合"), null=True, blank=True)
    note = models.CharField(_("依据和说明"), max_length=300, blank=True)
    marked_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("自评得分")
        verbose_name_plural = _("自评得分")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "code"),
                name="assessment_mark_once",
                violation_error_message=_("一个项目只有一个得分。"),
            ),
            models.CheckConstraint(
                condition=models.Q(points=None, met__isnull=False)
                | models.Q(points__gte=0, points__lte=100, met=None),
                name="assessment_mark_kind",
                violation_error_message=_("否决项填是否符合，其他项填 0 至 100 的得分。"),
            ),
        )

    def __str__(self) -> str:
        return self.code


class PlanSection(Record):
    """The text of one section of the work plan."""

    application = models.ForeignKey(
        FilingApplication, on_delete=models.CASCADE, related_name="sections"
    )
    code = models.CharField(_("章节"), max_length=12)
    text = models.TextField(_("内容"))

    class Meta:
        verbose_name = _("工作方案章节")
        verbose_name_plural = _("工作方案章节")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "code"),
                name="plan_section_once",
                violation_error_message=_("一个章节只有一份内容。"),
            ),
        )

    def __str__(self) -> str:
        return self.code


class ExpertOpinion(Record):
    """What an expert of the recommending body found (F-109)."""

    application = models.ForeignKey(
        FilingApplication, on_delete=models.CASCADE, related_name="opinions"
    )
    expert = models.CharField(_("专家"), max_length=60)
    unit = models.CharField(_("单位"), max_length=120, blank=True)
    opinion = models.TextField(_("意见"))
    supports = models.BooleanField(_("同意推荐"))
    signed_on = models.DateField(_("签字日期"))

    class Meta:
        verbose_name = _("评审专家意见")
        verbose_name_plural = _("评审专家意见")
        ordering = ("signed_on", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("application", "expert"),
                name="expert_opinion_once",
                violation_error_message=_("这位专家的意见已经登记。"),
            ),
        )

    def __str__(self) -> str:
        return self.expert
