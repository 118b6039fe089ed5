"""Registers: yearly notices on holidays, and single days set apart."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.admin_base import ServiceModelAdmin
from assessment_center.registry import Actor
from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from assessment_center.workdays.rules.days import parse_days
from assessment_center.workdays.services import enter_notice, set_day


class NoticeForm(forms.ModelForm):  # type: ignore[type-arg]
    """The notice with its days; each list is read as one text."""

    holidays = forms.CharField(
        label=_("放假日期"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("每行一段，如“10月1日至7日”写作“10月1日 至 10月7日”。"),
    )
    workdays = forms.CharField(
        label=_("调休上班日期"), widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    class Meta:
        model = HolidayNotice
        fields = ("year", "title")

    def _days(self, name: str) -> Any:
        year = self.cleaned_data.get("year")
        if year is None:
            return []
        try:
            return parse_days(self.cleaned_data[name], year)
        except ValueError as error:
            raise ValidationError(_("“%(part)s”不是日期。") % {"part": error}) from error

    def clean_holidays(self) -> Any:
        return self._days("holidays")

    def clean_workdays(self) -> Any:
        return self._days("workdays")


class DayForm(forms.ModelForm):  # type: ignore[type-arg]
    """One day; setting a day again replaces what was set, so a double is no fault."""

    class Meta:
        model = CalendarOverride
        fields = ("date", "is_workday", "note")
        help_texts = {"note": _("依据，如“市政府通知放假”。")}

    def validate_unique(self) -> None:
        """The service takes the day's entry over."""


def save_notice(
    *,
    actor: Actor,
    instance: HolidayNotice,  # noqa: ARG001 - the register's signature
    values: dict[str, Any],
    is_new: bool,  # noqa: ARG001
) -> HolidayNotice:
    """Enter the notice with all its days."""
    return enter_notice(
        actor=actor,
        year=values["year"],
        title=values["title"],
        holidays=values["holidays"],
        workdays=values["workdays"],
    )


def save_day(
    *,
    actor: Actor,
    instance: CalendarOverride,  # noqa: ARG001 - the register's signature
    values: dict[str, Any],
    is_new: bool,  # noqa: ARG001
) -> CalendarOverride:
    """Set the one day of the form."""
    return set_day(
        actor=actor, day=values["date"], is_workday=values["is_workday"], note=values["note"]
    )


@admin.register(HolidayNotice)
class HolidayNoticeAdmin(ServiceModelAdmin):
    view_act = Act.RULES_VIEW
    add_act = Act.CENTRE_MANAGE
    save_service = save_notice
    form = NoticeForm
    list_display = ("year", "title", "created_at")
    fields = ("year", "title", "holidays", "workdays")

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """The lists are entered once; afterwards the days stand in their own register."""
        return ("year", "title") if obj else super().get_fields(request, obj)


@admin.register(CalendarOverride)
class CalendarOverrideAdmin(ServiceModelAdmin):
    view_act = Act.RULES_VIEW
    add_act = Act.CENTRE_MANAGE
    save_service = save_day
    form = DayForm
    list_display = ("date", "is_workday", "note", "notice")
    list_filter = ("is_workday",)
    list_select_related = ("notice",)
    date_hierarchy = "date"
    fields = ("date", "is_workday", "note")
