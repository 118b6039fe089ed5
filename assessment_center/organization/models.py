"""The centre, what it is filed for, and until when."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.bases import OfLevels
from assessment_center.catalog.models import OccupationalStandard
from assessment_center.registry.records import Record
from assessment_center.rulebooks.models import RulebookVersion


class AssessmentCentre(Record):
    """The institution that examines and certifies; one installation serves one."""

    name = models.CharField(_("机构名称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    province_code = models.CharField(_("行政区划代码"), max_length=2)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("联系电话"), max_length=40, blank=True)
    complaint_phone = models.CharField(_("监督电话"), max_length=40, blank=True)
    authority_name = models.CharField(_("主管部门"), max_length=120)
    seal_name = models.CharField(_("印章名称"), max_length=160)
    is_active = models.BooleanField(_("使用中"), default=True)
    ceased_on = models.DateField(
        _("停止认定日期"),
        null=True,
        blank=True,
        help_text=_("自这一天起不再认定；已发证书的核查、发放、报送和注销照常。"),
    )

    class Meta:
        verbose_name = _("认定中心")
        verbose_name_plural = _("认定中心")
        constraints = (
            models.UniqueConstraint(
                fields=("is_active",),
                condition=models.Q(is_active=True),
                name="one_active_centre",
                violation_error_message=_("只能有一个使用中的认定中心。"),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Filing(Record):
    """A reply of the authority: its number, the filing number and the term it gives.

    An incremental one adds lines to `base`, carries its number and ends with it.
    """

    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="filings")
    number = models.CharField(_("备案号"), max_length=30)
    rulebook_version = models.ForeignKey(
        RulebookVersion, on_delete=models.PROTECT, verbose_name=_("规程")
    )
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    is_incremental = models.BooleanField(_("增量备案"), default=False)
    base = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="increments",
        verbose_name=_("原备案"),
    )
    reply_number = models.CharField(_("回执文号"), max_length=60, blank=True)
    reply_date = models.DateField(_("回执日期"), null=True, blank=True)
    replied_by = models.CharField(_("出具部门"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("备案")
        verbose_name_plural = _("备案")
        ordering = ("-valid_from",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="filing_term_ordered",
                violation_error_message=_("备案有效期的止日须晚于起日。"),
            ),
            models.CheckConstraint(
                condition=models.Q(base=None) | models.Q(is_incremental=True),
                name="filing_base_of_increment",
                violation_error_message=_("只有增量备案以原备案为基础。"),
            ),
        )

    def __str__(self) -> str:
        return self.number


class FiledScope(OfLevels):
    """One line of the filed scope: occupation, job, levels and the standard used."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="scope")
    standard = models.ForeignKey(
        OccupationalStandard, on_delete=models.PROTECT, verbose_name=_("评价标准")
    )
    matching_major = models.CharField(_("对应专业"), max_length=120, blank=True)
    audience = ArrayField(
        models.CharField(max_length=10), verbose_name=_("面向"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("备案范围")
        verbose_name_plural = _("备案范围")
        constraints = (
            models.UniqueConstraint(
                fields=("filing", "occupation", "job"),
                nulls_distinct=False,
                name="scope_line_once",
                violation_error_message=_("同一备案中，一个职业（工种）只列一行。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.occupation} {self.job or ''}".strip()
