"""Own assessment specifications, where the state has issued no standard (FIL-06, F-108)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.bases import OfLevels
from assessment_center.catalog.models import OccupationalStandard
from assessment_center.filing.enums import SpecStatus
from assessment_center.filing.labels import SPEC_LABELS
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from assessment_center.rulebooks.models import RulebookVersion


class OwnSpecification(OfLevels):
    """A specification the centre wrote itself; experts sign it before it is handed in."""

    centre = models.ForeignKey(
        AssessmentCentre, on_delete=models.PROTECT, related_name="specifications"
    )
    rulebook_version = models.ForeignKey(
        RulebookVersion, on_delete=models.PROTECT, verbose_name=_("规程")
    )
    title = models.CharField(_("名称"), max_length=120)
    edition = models.CharField(_("版本"), max_length=20)
    overview = models.TextField(_("职业概况"))
    basics = models.TextField(_("基本要求"))
    demands = models.TextField(_("工作要求"))
    weights = models.TextField(_("权重表"))
    status = models.CharField(
        _("状态"), max_length=10, choices=list(SPEC_LABELS.items()), default=SpecStatus.DRAFT
    )
    standard = models.OneToOneField(
        OccupationalStandard,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="own_specification",
        verbose_name=_("登记的标准"),
    )

    class Meta:
        verbose_name = _("自主评价规范")
        verbose_name_plural = _("自主评价规范")
        ordering = ("occupation__code", "edition")
        constraints = (
            models.UniqueConstraint(
                fields=("centre", "occupation", "job", "edition"),
                nulls_distinct=False,
                name="specification_once",
                violation_error_message=_("这个版本的评价规范已经登记。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=SpecStatus.FILED, standard__isnull=False)
                | ~models.Q(status=SpecStatus.FILED) & models.Q(standard=None),
                name="filed_specification_has_standard",
                violation_error_message=_("评价规范备案后才登记为标准。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}（{self.edition}）"


class SpecificationExpert(Record):
    """An expert's signature under a specification."""

    specification = models.ForeignKey(
        OwnSpecification, on_delete=models.CASCADE, related_name="experts"
    )
    expert = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("专家")
    )
    approves = models.BooleanField(_("同意"))
    opinion = models.CharField(_("意见"), max_length=300, blank=True)
    signed_on = models.DateField(_("签字日期"))

    class Meta:
        verbose_name = _("评价规范专家")
        verbose_name_plural = _("评价规范专家")
        ordering = ("signed_on", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("specification", "expert"),
                name="specification_expert_once",
                violation_error_message=_("这位专家已经签字。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.expert)
