"""The registers of notices and single days."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.workdays.models import CalendarOverride, HolidayNotice
from assessment_center.workdays.services import is_workday
from tests.factories.foundation import make_user

pytestmark = pytest.mark.django_db
NOTICE = {
    "year": "2099",
    "title": "国务院办公厅关于2099年部分节假日安排的通知",
    "holidays": "1月1日 至 1月3日",
    "workdays": "1月4日",
}


@pytest.fixture
def clerk(client: Client) -> Client:
    client.force_login(make_user(Role.CLERK))
    return client


def test_a_notice_is_entered_whole(clerk: Client) -> None:
    url = reverse("admin:workdays_holidaynotice_add")
    assert clerk.post(url, NOTICE).status_code == 302
    notice = HolidayNotice.objects.get()
    assert notice.days.count() == 4
    assert is_workday(date(2099, 1, 4))
    shown = clerk.get(reverse("admin:workdays_holidaynotice_change", args=[notice.pk]))
    assert shown.status_code == 200


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"holidays": "元旦"}, "“元旦”不是日期"),
        ({"workdays": "1月1日"}, "不能既放假又上班"),
        ({"year": ""}, "放假日期"),
        ({"year": "1999"}, "年度应在 2004 至 2100 之间"),
    ],
)
def test_a_faulty_notice_stays_on_the_form(
    clerk: Client, change: dict[str, str], said: str
) -> None:
    response = clerk.post(reverse("admin:workdays_holidaynotice_add"), NOTICE | change)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not HolidayNotice.objects.exists()


def test_a_day_is_set_apart(clerk: Client) -> None:
    url = reverse("admin:workdays_calendaroverride_add")
    day = {"date": "2025-03-03", "note": "市政府通知放假"}
    assert clerk.post(url, day).status_code == 302
    assert not CalendarOverride.objects.get().is_workday
    assert not is_workday(date(2025, 3, 3))


@pytest.mark.parametrize("model", ["holidaynotice", "calendaroverride"])
def test_registers_are_listed(clerk: Client, model: str) -> None:
    assert clerk.get(reverse(f"admin:workdays_{model}_changelist")).status_code == 200


def test_an_inspector_may_not_enter(client: Client) -> None:
    client.force_login(make_user(Role.INSPECTOR))
    assert client.get(reverse("admin:workdays_holidaynotice_add")).status_code == 403
