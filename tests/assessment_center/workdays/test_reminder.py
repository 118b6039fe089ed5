"""The office is told once that a yearly notice is to be entered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.accounts.enums import Role
from assessment_center.notices.models import Notice
from assessment_center.workdays.models import HolidayNotice
from assessment_center.workdays.panels import lines
from assessment_center.workdays.rules.notices import Missing, missing_years
from assessment_center.workdays.services import remind
from assessment_center.workdays.tasks import remind as task
from tests.factories.foundation import at, make_batch, make_user

KNOWN = frozenset(range(2004, 2027))


@pytest.mark.parametrize(
    ("today", "dated", "missing"),
    [
        (date(2026, 10, 31), [], ()),
        (date(2026, 11, 1), [], (Missing(2027, dated=False),)),
        (date(2026, 12, 31), [2026], (Missing(2027, dated=False),)),
        (date(2026, 3, 1), [2026, 2027], (Missing(2027, dated=True),)),
        (date(2027, 1, 1), [], (Missing(2027, dated=False),)),
        (
            date(2026, 11, 5),
            [2028],
            (Missing(2027, dated=False), Missing(2028, dated=True)),
        ),
    ],
)
def test_a_year_is_asked_for_in_time(
    today: date, dated: list[int], missing: tuple[Missing, ...]
) -> None:
    assert missing_years(today, KNOWN, dated) == missing


@given(
    today=st.dates(date(2004, 1, 1), date(2040, 12, 31)),
    known=st.frozensets(st.integers(2004, 2041)),
    dated=st.lists(st.integers(2004, 2041)),
)
def test_known_years_are_never_asked_for_and_dated_ones_always(
    today: date, known: frozenset[int], dated: list[int]
) -> None:
    asked = missing_years(today, known, dated)
    assert not {each.year for each in asked} & known
    assert {each.year for each in asked if each.dated} == set(dated) - known
    assert [each.year for each in asked] == sorted({each.year for each in asked})


@pytest.mark.django_db
def test_the_office_is_told_once_a_year() -> None:
    head, clerk = make_user(Role.HEAD), make_user(Role.CLERK)
    make_user(Role.INSPECTOR)
    assert remind(today=date(2026, 10, 31)) == 0
    told = remind(today=date(2026, 11, 1))
    assert {notice.recipient for notice in Notice.objects.all()} >= {head}
    assert told == Notice.objects.count()
    assert clerk.notices.count() <= 1
    for day in (1, 2, 30):
        assert remind(today=date(2026, 11, day)) == 0
    notice = head.notices.get()
    assert "2027" in notice.title
    assert notice.link.endswith("/holidaynotice/add/?year=2027")
    HolidayNotice.objects.create(year=2027, title="放假安排")
    assert remind(today=date(2026, 12, 1)) == 0


@pytest.mark.django_db
def test_a_batch_with_dates_ahead_asks_at_once() -> None:
    make_user(Role.HEAD)
    with time_machine.travel(at(2026, 6, 1, 9), tick=False):
        make_batch(exam_starts=date(2027, 1, 9), exam_ends=date(2027, 1, 10))
        [line] = lines(None)  # type: ignore[arg-type]
        assert (line.state, line.chip) == ("bad", "期限受阻")
        assert task() >= 1
        assert task() == 0


@pytest.mark.django_db(transaction=True)
def test_two_beats_tell_one_message() -> None:
    head = make_user(Role.HEAD)

    def beat(_n: int) -> int:
        try:
            return remind(today=date(2026, 11, 2))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(beat, range(4))) == 1
    assert head.notices.count() == 1


@pytest.mark.django_db
def test_the_home_page_leads_to_the_entry(client: Client) -> None:
    client.force_login(make_user(Role.HEAD))
    with time_machine.travel(at(2026, 11, 3, 9), tick=False):
        page = client.get("/admin/").content.decode()
        assert "2027 年放假安排尚未录入" in page
        entry = client.get("/admin/workdays/holidaynotice/add/?year=2027").content.decode()
        assert 'value="2027"' in entry
    with time_machine.travel(at(2026, 10, 3, 9), tick=False):
        assert "放假安排尚未录入" not in client.get("/admin/").content.decode()


@pytest.mark.django_db
def test_a_day_can_be_set_again(client: Client) -> None:
    client.force_login(make_user(Role.CLERK))
    url: Any = "/admin/workdays/calendaroverride/add/"
    assert client.post(url, {"date": "2025-03-03", "note": "放假"}).status_code == 302
    again = {"date": "2025-03-03", "note": "通知撤回", "is_workday": "on"}
    assert client.post(url, again).status_code == 302
