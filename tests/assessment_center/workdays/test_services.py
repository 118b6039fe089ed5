"""Notices entered by the office make further years known."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from assessment_center.accounts.enums import Act
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import Actor, RefusedError, SubjectRef
from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from assessment_center.workdays.rules.calendar import UnknownYearError
from assessment_center.workdays.services import (
    add_term,
    add_workdays,
    enter_notice,
    is_statutory_holiday,
    is_workday,
    set_day,
    workdays_between,
)

pytestmark = pytest.mark.django_db
CLERK = Actor(SubjectRef("accounts.user", uuid4()), "干事", frozenset({Act.CENTRE_MANAGE}))
TITLE = "国务院办公厅关于2099年部分节假日安排的通知"
NEW_YEAR = [date(2098, 12, 31), date(2099, 1, 1), date(2099, 1, 2)]


class FiveWorkdays:
    n = 5
    unit = "workday"


def enter(**parts: object) -> HolidayNotice:
    given = {
        "actor": CLERK,
        "year": 2099,
        "title": TITLE,
        "holidays": NEW_YEAR,
        "workdays": [date(2099, 1, 4)],
    }
    return enter_notice(**(given | parts))


def test_the_packaged_years_are_known() -> None:
    assert is_workday(date(2025, 9, 28))
    assert is_statutory_holiday(date(2025, 10, 1))
    assert add_workdays(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert workdays_between(date(2025, 9, 30), date(2025, 10, 9)) == 1
    assert add_term(FiveWorkdays(), date(2025, 3, 3)) == date(2025, 3, 10)


def test_a_notice_makes_its_year_known() -> None:
    with pytest.raises(UnknownYearError):
        is_workday(date(2099, 1, 5))
    notice = enter()
    assert str(notice) == TITLE
    assert is_workday(date(2099, 1, 5))
    assert is_workday(date(2099, 1, 4))
    assert not is_workday(date(2099, 1, 1))
    assert is_statutory_holiday(date(2099, 1, 2))
    assert [str(day) for day in notice.days.all()] == [
        "2098-12-31",
        "2099-01-01",
        "2099-01-02",
        "2099-01-04",
    ]
    entry = AuditEntry.objects.get(verb="workdays.enter_notice")
    assert entry.payload["workdays"] == ["2099-01-04"]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"holidays": []}, "一天也没有"),
        ({"workdays": [date(2099, 1, 1)]}, "不能既放假又上班"),
        ({"holidays": [date(2097, 5, 1)]}, "不在 2099 年内"),
        ({"workdays": [date(2099, 1, 6)]}, "不是周末"),
        ({"actor": Actor(CLERK.ref, "干事")}, "没有维护工作日历的权限"),
    ],
)
def test_a_faulty_notice_is_refused(parts: dict[str, object], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        enter(**parts)
    assert not CalendarOverride.objects.exists()


def test_a_notice_is_entered_once() -> None:
    enter()
    with pytest.raises(RefusedError, match="已经录入"):
        enter()


def test_a_notice_needs_a_title() -> None:
    with pytest.raises(ValidationError):
        enter(title=" ")


def test_a_single_day_can_be_set_with_its_reason() -> None:
    day = date(2025, 3, 3)
    set_day(actor=CLERK, day=day, is_workday=False, note="市政府通知放假")
    assert not is_workday(day)
    set_day(actor=CLERK, day=day, is_workday=True, note="通知撤回")
    assert is_workday(day)
    assert AuditEntry.objects.filter(verb="workdays.set_day").count() == 2
    with pytest.raises(RefusedError, match="请写明"):
        set_day(actor=CLERK, day=day, is_workday=True, note=" ")


def test_the_database_keeps_one_entry_a_day() -> None:
    CalendarOverride.objects.create(date=date(2025, 3, 3), is_workday=False)
    with pytest.raises(IntegrityError, match="date"):
        CalendarOverride.objects.create(date=date(2025, 3, 3), is_workday=True)


@pytest.mark.parametrize("year", [2003, 2101])
def test_the_database_bounds_the_year(year: int) -> None:
    with pytest.raises(IntegrityError, match="holiday_notice_year"):
        HolidayNotice.objects.create(year=year, title="x")


def test_the_database_keeps_one_notice_a_year() -> None:
    HolidayNotice.objects.create(year=2050, title="x")
    with pytest.raises(IntegrityError, match="year"):
        HolidayNotice.objects.create(year=2050, title="y")
