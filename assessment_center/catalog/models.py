"""What may be examined: occupations, their jobs, and the standards they are examined by."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, SmallIntegerField, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.enums import StandardStatus, Subject
from assessment_center.catalog.labels import LEVEL_LABELS, STANDARD_STATUS_LABELS, SUBJECT_LABELS
from assessment_center.catalog.rules.classification import CODE_PATTERN
from assessment_center.registry.records import Record, by_staff


class Occupation(Record):
    """An occupation of the national classification.

    `edition` is the latest edition that names it. An occupation that a newer edition drops or
    renames stays, inactive: standards, filings and certificates go on pointing to it.
    """

    code = models.CharField(
        _("职业编码"),
        max_length=10,
        validators=[RegexValidator(CODE_PATTERN, _("职业编码应写成 6-31-01-03 的样式。"))],
    )
    name = models.CharField(_("职业名称"), max_length=80)
    edition = models.PositiveSmallIntegerField(_("分类大典版本"))
    group_code = models.CharField(_("所属小类"), max_length=10, blank=True)
    group_name = models.CharField(_("小类名称"), max_length=80, blank=True)
    is_green = models.BooleanField(_("绿色职业"), default=False)
    is_digital = models.BooleanField(_("数字职业"), default=False)
    is_active = models.BooleanField(_("使用中"), default=True)
    pinyin = models.CharField(_("拼音"), max_length=400, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("职业")
        verbose_name_plural = _("职业")
        ordering = ("code", "-edition")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "code"),
                name="occupation_once",
                violation_error_message=_("这个版本中已有相同的职业编码。"),
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=CODE_PATTERN),
                name="occupation_code_form",
                violation_error_message=_("职业编码应写成 6-31-01-03 的样式。"),
            ),
        )
        indexes = (models.Index(fields=("initials",), name="occupation_initials"),)

    def __str__(self) -> str:
        return self.name


class Job(Record):
    """A branch of an occupation; many occupations have none."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("职业")
    )
    code = models.CharField(_("工种编码"), max_length=20, null=True, blank=True)
    name = models.CharField(_("工种名称"), max_length=80)
    is_active = models.BooleanField(_("使用中"), default=True)
    pinyin = models.CharField(_("拼音"), max_length=400, blank=True)
    initials = models.CharField(_("拼音首字母"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("工种")
        verbose_name_plural = _("工种")
        ordering = ("occupation", "pinyin", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("occupation", "name"),
                name="job_once",
                violation_error_message=_("这个职业下已有同名的工种。"),
            ),
            models.UniqueConstraint(
                fields=("occupation", "code"),
                name="job_code_once",
                violation_error_message=_("这个职业下已有相同编码的工种。"),
            ),
        )

    def __str__(self) -> str:
        return self.name


class OccupationalStandard(Record):
    """One edition of a national standard or of the centre's own assessment specification.

    `durations` is minutes by subject; `ratios` is candidates for one assessor by subject;
    `condition_set` holds its own conditions, which replace the rulebook's general ones of the
    levels they speak of; None when it states none.
    """

    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="standards", verbose_name=_("职业")
    )
    job = models.ForeignKey(
        Job,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="standards",
        verbose_name=_("工种"),
    )
    edition = models.CharField(_("版本"), max_length=20)
    name = models.CharField(_("标准名称"), max_length=120)
    status = models.CharField(
        _("状态"),
        max_length=12,
        choices=[(status.value, label) for status, label in STANDARD_STATUS_LABELS.items()],
        default=StandardStatus.CURRENT,
    )
    durations = models.JSONField(_("各科时长（分钟）"), default=dict, blank=True)
    ratios = models.JSONField(_("考评员与考生配比"), default=dict, blank=True)
    related_majors = ArrayField(
        models.CharField(max_length=80), verbose_name=_("相关专业"), default=list, blank=True
    )
    hazardous = models.BooleanField(_("高危作业"), default=False)
    condition_set = models.JSONField(_("申报条件"), null=True, blank=True)

    class Meta:
        verbose_name = _("职业标准")
        verbose_name_plural = _("职业标准")
        ordering = ("occupation", "-edition")
        constraints = (
            models.UniqueConstraint(
                fields=("occupation", "job", "edition"),
                nulls_distinct=False,
                name="standard_once",
                violation_error_message=_("这个版本的标准已登记过。"),
            ),
            models.UniqueConstraint(
                fields=("occupation", "job"),
                condition=models.Q(status=StandardStatus.CURRENT),
                nulls_distinct=False,
                name="standard_one_current",
                violation_error_message=_("一个职业（工种）只能有一个现行标准。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[status.value for status in StandardStatus]),
                name="standard_status_known",
                violation_error_message=_("标准的状态不在可选范围内。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}（{self.edition}）"


class RelatedOccupation(Record):
    """An occupation that a standard counts as related: its certificates count too (ELIG-01).

    `source` is where it is written: the standard's own table, or the authority's document.
    """

    standard = models.ForeignKey(
        OccupationalStandard,
        on_delete=models.CASCADE,
        related_name="related_occupations",
        verbose_name=_("职业标准"),
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("相关职业")
    )
    source = models.CharField(_("出处"), max_length=200)
    entered_by = by_staff(_("登记人"))

    class Meta:
        verbose_name = _("相关职业")
        verbose_name_plural = _("相关职业")
        ordering = ("standard", "occupation")
        constraints = (
            models.UniqueConstraint(
                fields=("standard", "occupation"),
                name="related_once",
                violation_error_message=_("这个相关职业已经登记过。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""),
                name="related_has_source",
                violation_error_message=_("请写明出处：标准的附表或主管部门的文件。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.occupation)


class FeeRate(Record):
    """What one level of an occupation costs from a day on, until the next rate of it (FEE-01).

    Without a subject it is the price of the whole examination; a resit of one subject then costs
    as much. Which of the two ways holds on a day is decided by `rules.tariff`.

    A rate never changes: another price is another rate. What was offered keeps its own copy, so
    that no earlier invoice moves. `basis` is the price document, `reason` why it is as it is.
    """

    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="rates", verbose_name=_("职业")
    )
    level = models.PositiveSmallIntegerField(
        _("等级"), choices=LEVEL_LABELS.items(), null=True, blank=True
    )
    subject_code = models.CharField(
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items(), blank=True, default=""
    )
    amount_cents = models.PositiveIntegerField(_("收费标准（分）"))
    valid_from = models.DateField(_("起用日期"))
    basis = models.CharField(_("收费依据"), max_length=200)
    reason = models.CharField(_("制定或调整的原因"), max_length=200)
    entered_by = by_staff(_("登记人"))

    class Meta:
        verbose_name = _("收费标准")
        verbose_name_plural = _("收费标准")
        ordering = ("occupation", "-level", "-valid_from", "subject_code")
        constraints = (
            models.UniqueConstraint(
                fields=("occupation", "level", "subject_code", "valid_from"),
                nulls_distinct=False,
                name="rate_once_a_day",
                violation_error_message=_("同一天已有这个职业等级的收费标准。"),
            ),
            ExclusionConstraint(
                name="rate_whole_or_by_subject",
                expressions=(
                    ("occupation", RangeOperators.EQUAL),
                    (Coalesce("level", 0), RangeOperators.EQUAL),
                    ("valid_from", RangeOperators.EQUAL),
                    (
                        Case(
                            When(subject_code="", then=0),
                            default=1,
                            output_field=SmallIntegerField(),
                        ),
                        RangeOperators.NOT_EQUAL,
                    ),
                ),
                violation_error_message=_("同一天起用的标准，不能既按整场又按科目。"),
            ),
            models.CheckConstraint(
                condition=models.Q(subject_code__in=["", *(each.value for each in Subject)]),
                name="rate_subject_known",
                violation_error_message=_("没有这个科目。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="") & ~models.Q(reason=""),
                name="rate_has_basis",
                violation_error_message=_("请写明收费依据和原因。"),
            ),
        )

    def __str__(self) -> str:
        parts = (self.occupation, self.get_level_display(), self.get_subject_code_display())
        return " ".join(str(part) for part in parts if part)
