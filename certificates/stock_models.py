"""Blank certificates: every movement a row, the balance is their sum."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Value
from django.utils.translation import gettext_lazy as _

from assessment_center.opening.models import OpeningDeclaration
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.records import Record
from certificates.enums import BLANKS_IN, BlankMove
from certificates.labels import BLANK_MOVE_LABELS


class BlankMovement(Record):
    """So many blanks came or went on a day; numbered ones with their first and last number.

    `first` and `last` are the digits, `prefix` what stands before them, `width` how many there are.
    """

    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("出入"), max_length=12, choices=BLANK_MOVE_LABELS.items())
    blank = models.CharField(_("空白证书"), max_length=60)
    prefix = models.CharField(_("号头"), max_length=20, blank=True)
    width = models.PositiveSmallIntegerField(_("位数"), default=0)
    first = models.PositiveBigIntegerField(_("起号"), null=True, blank=True)
    last = models.PositiveBigIntegerField(_("止号"), null=True, blank=True)
    count = models.PositiveIntegerField(_("数量"))
    moved_on = models.DateField(_("日期"))
    note = models.CharField(_("说明"), max_length=200, blank=True)
    opening = models.ForeignKey(
        OpeningDeclaration, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("空白证书出入")
        verbose_name_plural = _("空白证书出入")
        ordering = ("blank", "moved_on", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(count__gt=0)
                & models.Q(kind__in=[each.value for each in BlankMove]),
                name="blank_movement_known",
                violation_error_message=_("空白证书的数量应大于 0。"),
            ),
            models.CheckConstraint(
                condition=models.Q(first=None, last=None, width=0, prefix="")
                | models.Q(last__gte=F("first"), count=F("last") - F("first") + 1, width__gt=0),
                name="blank_movement_counted",
                violation_error_message=_("起止号与数量不符。"),
            ),
            models.CheckConstraint(
                condition=models.Q(kind=BlankMove.OPENING.value, opening__isnull=False)
                | ~models.Q(kind=BlankMove.OPENING.value) & models.Q(opening=None),
                name="blank_movement_opening",
                violation_error_message=_("期初库存须出自签署的期初数据。"),
            ),
            ExclusionConstraint(
                name="blank_numbers_come_once",
                expressions=(
                    ("centre", RangeOperators.EQUAL),
                    ("prefix", RangeOperators.EQUAL),
                    ("width", RangeOperators.EQUAL),
                    (
                        Func("first", "last", Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                condition=models.Q(
                    kind__in=sorted(each.value for each in BLANKS_IN), first__isnull=False
                ),
                violation_error_message=_("这些空白证书号已经登记入库。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.blank} {self.numbers or self.count}"

    @property
    def numbers(self) -> str:
        """The first and the last number as printed; empty for blanks without numbers."""
        if self.first is None or self.last is None:
            return ""
        return " 至 ".join(f"{self.prefix}{n:0{self.width}d}" for n in (self.first, self.last))
