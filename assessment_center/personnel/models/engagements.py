"""What members are hired for, and what they have promised."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.labels import (
    ENGAGEMENT_LABELS,
    GRADE_LABELS,
    UNDERTAKING_LABELS,
)
from assessment_center.personnel.models.members import Qualification, StaffMember, choices
from assessment_center.registry.records import Record

LONGEST = 3660  # days; ten years: longer than any rulebook hires, a slip of the hand


class DateRange(Func):
    """`daterange(first, last, '[]')`: both days within."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Engagement(Record):
    """A contract or a letter of appointment for one grade; both days of the term count.

    It binds from `signed_on`; ended early, its last day is `ended_on`.
    """

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="engagements")
    grade = models.CharField(_("聘任为"), max_length=24, choices=choices(GRADE_LABELS))
    kind = models.CharField(_("形式"), max_length=10, choices=choices(ENGAGEMENT_LABELS))
    number = models.CharField(_("编号"), max_length=40, blank=True)
    qualification = models.ForeignKey(
        Qualification,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="engagements",
        verbose_name=_("所凭证卡"),
    )
    starts = models.DateField(_("聘期起"))
    ends = models.DateField(_("聘期止"))
    signed_on = models.DateField(_("签订日期"), null=True, blank=True)
    speciality = models.CharField(_("专业专家组"), max_length=60, blank=True)
    leads = models.BooleanField(_("组长"), default=False)
    ended_on = models.DateField(_("提前终止日期"), null=True, blank=True)
    ended_reason = models.CharField(_("终止原因"), max_length=300, blank=True)
    review = models.TextField(_("聘期综合评价"), max_length=1000, blank=True)
    renew = models.BooleanField(_("同意续聘"), null=True, blank=True)

    class Meta:
        verbose_name = _("聘任")
        verbose_name_plural = _("聘任")
        ordering = ("-starts",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="engagement_term_ordered",
                violation_error_message=_("聘期的止日不能早于起日。"),
            ),
            models.CheckConstraint(
                condition=Q(ends__lte=F("starts") + Value(LONGEST)),
                name="engagement_term_bounded",
                violation_error_message=_("聘期不能超过十年。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | (Q(ended_on__gte=F("starts")) & Q(ended_on__lte=F("ends")) & ~Q(ended_reason="")),
                name="engagement_ended_within",
                violation_error_message=_("提前终止须在聘期之内，并写明原因。"),
            ),
            ExclusionConstraint(
                name="engagement_no_overlap",
                expressions=[
                    (F("member"), RangeOperators.EQUAL),
                    (F("grade"), RangeOperators.EQUAL),
                    (
                        DateRange("starts", Least("ends", "ended_on"), Value("[]")),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("这个人同一资格的聘期不能重叠。"),
            ),
            models.UniqueConstraint(
                fields=("number",),
                condition=~Q(number=""),
                name="engagement_number_once",
                violation_error_message=_("这个合同或聘书编号已经用过。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.get_kind_display()}（{self.get_grade_display()}）"

    @property
    def last_day(self) -> date:
        return self.ended_on or self.ends


class Undertaking(Record):
    """What a member promised in writing; never changed, a new one follows it."""

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="undertakings")
    kind = models.CharField(_("种类"), max_length=10, choices=choices(UNDERTAKING_LABELS))
    text = models.TextField(_("承诺内容"), max_length=4000)
    signed_name = models.CharField(_("签名"), max_length=80)
    signed_on = models.DateField(_("签订日期"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)

    class Meta:
        verbose_name = _("承诺书")
        verbose_name_plural = _("承诺书")
        ordering = ("-signed_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("signed_on")),
                name="undertaking_term_ordered",
                violation_error_message=_("承诺书有效期的止日不能早于签订日期。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.get_kind_display()}"
