"""Notices on holidays that came after the program, and single days that differ."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.registry.records import Record


class HolidayNotice(Record):
    """The State Council's yearly notice; once entered, the year is known."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    title = models.CharField(_("文件名称和文号"), max_length=160)

    class Meta:
        verbose_name = _("放假安排通知")
        verbose_name_plural = _("放假安排通知")
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(year__range=(2004, 2100)),
                name="holiday_notice_year",
                violation_error_message=_("年度应在 2004 至 2100 之间。"),
            ),
        )

    def __str__(self) -> str:
        return self.title


class CalendarOverride(Record):
    """One day that is a holiday or a make-up workday by notice."""

    date = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("上班"))
    note = models.CharField(_("说明"), max_length=80, blank=True)
    notice = models.ForeignKey(
        HolidayNotice,
        on_delete=models.PROTECT,
        related_name="days",
        null=True,
        blank=True,
        verbose_name=_("依据通知"),
    )

    class Meta:
        verbose_name = _("工作日调整")
        verbose_name_plural = _("工作日调整")
        ordering = ("date",)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}"
