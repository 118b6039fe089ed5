"""The calendar is read back as RFC 5545 says; its address is a key that can be taken away."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.models import User
from assessment_center.audit.models import AuditEntry
from assessment_center.batches import services as batches
from assessment_center.deadlines import services
from assessment_center.deadlines.calendars import calendar_file, rows_for
from assessment_center.deadlines.enums import Scope
from assessment_center.deadlines.models import CalendarFeed, Deadline
from assessment_center.registry import SYSTEM, RefusedError
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import at, make_batch, make_centre, make_filing, make_user

pytestmark = pytest.mark.django_db
PAGE = "/admin/work/deadlines/calendar/"
ODD = "上报,材料;含\\反斜线\n和换行" + "很长的说明" * 12


def events(content: bytes) -> dict[str, Any]:
    """By summary."""
    return {str(one["SUMMARY"]): one for one in Calendar.from_ical(content).walk("VEVENT")}


def put(batch: Any, label: str, due: date, **more: Any) -> Deadline:
    return Deadline.objects.create(
        batch=batch,
        kind=f"x.{label[:20]}",
        label=label,
        due=due,
        subject_kind=batch.subject.kind,
        subject_id=batch.pk,
        **{"responsible": Act.REPORT, **more},
    )


@pytest.fixture
def batch(frozen: Callable[..., Any]) -> Any:
    frozen(2026, 4, 22, 9)
    return make_batch("2026-03")


def test_an_event_says_what_rfc_5545_wants(batch: Any) -> None:
    row = put(
        batch, ODD[:120], date(2026, 5, 11), citations=["《考务办法》第八条"],
        event="考试日", start=date(2026, 5, 23), count=-10, unit="workday",
    )  # fmt: skip
    content = calendar_file(make_user(Role.CLERK), Scope.ALL)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines:
        line.decode()
    parsed = Calendar.from_ical(content)
    assert (parsed["VERSION"], parsed["METHOD"]) == ("2.0", "PUBLISH")
    [event] = parsed.walk("VEVENT")
    assert str(event["SUMMARY"]) == ODD[:120] + "（2026-03）"
    assert event["UID"] == f"{row.pk}@deadlines.assessment-center"
    assert event.decoded("DTSTART") == date(2026, 5, 11)
    assert event.decoded("DTEND") == date(2026, 5, 12)
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event.decoded("DTSTAMP").utcoffset() == timedelta(0)
    assert str(event["DESCRIPTION"]).split("\n") == [
        batch.name,
        "推算：考试日 2026-05-23 前 10 个工作日",
        "依据：《考务办法》第八条",
    ]
    assert event["URL"].endswith("/admin/work/deadlines/batches/2026-03/")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    [alarm] = event.walk("VALARM")
    assert alarm["ACTION"] == "DISPLAY"
    assert at(2026, 5, 11, 0) + alarm["TRIGGER"].dt == at(2026, 5, 8, 9)


def test_a_change_keeps_the_uid_and_raises_the_sequence(batch: Any) -> None:
    clerk = make_user(Role.CLERK)
    services.sync(batch)
    [before] = [e for s, e in events(calendar_file(clerk, Scope.ALL)).items() if "本批计划" in s]
    batch.exam_starts = batch.exam_ends = date(2026, 5, 30)
    batch.save()
    services.sync(batch)
    [after] = [e for s, e in events(calendar_file(clerk, Scope.ALL)).items() if "本批计划" in s]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after.decoded("DTSTART") == date(2026, 5, 18)


def test_a_met_one_is_marked_silent_and_leaves_after_two_months(
    batch: Any, frozen: Callable[..., Any]
) -> None:
    clerk = make_user(Role.CLERK)
    row = put(batch, "考前会议", date(2026, 5, 11), by_hand=True, responsible=Act.EXAM_ARRANGE)
    services.tick(actor=clerk.as_actor(), deadline=row)
    [(summary, event)] = events(calendar_file(clerk, Scope.ALL)).items()
    assert summary == "✓ 考前会议（2026-03）"
    assert event["SEQUENCE"] == 1
    assert event.walk("VALARM") == []
    frozen(2026, 7, 11)
    assert events(calendar_file(clerk, Scope.ALL)) == {}


def test_an_overdue_one_stays_until_it_is_met(batch: Any, frozen: Callable[..., Any]) -> None:
    put(batch, "上报", date(2026, 5, 11))
    frozen(2026, 12, 1)
    assert list(events(calendar_file(make_user(Role.CLERK), Scope.ALL))) == ["上报（2026-03）"]


def test_a_cancelled_batch_is_told_as_cancelled(batch: Any) -> None:
    services.sync(batch)
    clerk = make_user(Role.CLERK)
    before = events(calendar_file(clerk, Scope.ALL))
    batches.cancel_batch(actor=SYSTEM, batch=batch, reason="人数不足")
    after = events(calendar_file(clerk, Scope.ALL))
    assert {event["STATUS"] for event in after.values()} == {"CANCELLED"}
    assert {event["UID"] for event in after.values()} == {e["UID"] for e in before.values()}
    assert all(event["SEQUENCE"] >= 1 for event in after.values())
    assert all(event.walk("VALARM") == [] for event in after.values())


def test_only_what_the_user_may_see_or_answers_for(batch: Any) -> None:
    make_filing()
    services.sync_centre(make_centre())
    put(batch, "归档", date(2026, 5, 1), responsible=Act.ARCHIVE_FILE)
    put(batch, "上报", date(2026, 5, 2), responsible=Act.REPORT)
    archivist, clerk, writer = map(make_user, (Role.ARCHIVIST, Role.CLERK, Role.ITEM_WRITER))

    def labels(user: User, scope: Scope) -> set[str]:
        return {row.label for row in rows_for(user, scope) if row.batch_id}

    assert labels(archivist, Scope.MINE) == {"归档"}
    assert labels(clerk, Scope.MINE) == {"上报"}
    assert labels(archivist, Scope.ALL) == {"归档", "上报"}
    assert rows_for(writer, Scope.ALL) == []
    assert any(row.centre_id for row in rows_for(clerk, Scope.ALL))
    assert not any(row.centre_id for row in rows_for(archivist, Scope.ALL))


def test_no_person_is_named(batch: Any) -> None:
    services.sync(batch)
    clerk = make_user(Role.CLERK, display_name="欧阳晓岚", email="o@example.org", phone="138")
    row = batch.deadlines.first()
    row.by_hand = True
    row.save()
    Deadline.objects.filter(pk=row.pk).update(responsible="")
    services.tick(actor=clerk.as_actor(), deadline=row, note="张三送达")
    text = calendar_file(clerk, Scope.ALL).decode().replace("\r\n ", "")
    for told in (
        "欧阳晓岚",
        "o@example.org",
        "138",
        "张三",
        clerk.username,
        "ATTENDEE",
        "ORGANIZER",
    ):
        assert told not in text


def test_the_secret_is_kept_hashed_and_shown_once(client: Any, settings: Any) -> None:
    settings.SITE_URL = "https://office.example.edu.cn"
    desk = signed_in(Role.CLERK)
    assert "生成订阅地址" in page_text(desk.get(PAGE))
    answer = desk.post(PAGE, {"scope": "all"})
    text = page_text(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    address = text.split('class="secret" value="')[1].split('"')[0]
    assert address.startswith("https://office.example.edu.cn/calendar/")
    assert "webcal://office.example.edu.cn/calendar/" in text
    secret = address.rpartition("/")[2].removesuffix(".ics")
    feed = CalendarFeed.objects.get()
    assert feed.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert feed.scope == "all"
    assert secret not in page_text(desk.get(PAGE))
    kept = [str(entry.payload) for entry in AuditEntry.objects.all()]
    assert not any(secret in each or feed.digest in each for each in kept)
    path = address.removeprefix("https://office.example.edu.cn")
    told = client.get(path)
    assert (told.status_code, told.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert told.headers["Referrer-Policy"] == "no-referrer"
    assert Calendar.from_ical(told.content)["VERSION"] == "2.0"
    again = client.get(path, headers={"If-None-Match": told.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    feed.refresh_from_db()
    assert feed.read_on is not None


def test_renewed_revoked_wrong_or_of_one_who_left_the_address_is_not_found(client: Any) -> None:
    user = make_user(Role.CLERK)
    first = services.make_feed(user=user, scope=Scope.ALL)
    assert client.get(f"/calendar/{first}.ics").status_code == 200
    second = services.make_feed(user=user, scope=Scope.MINE)
    assert first != second
    assert len(second) == 43
    for wrong in (
        first,
        second[:-1],
        second + "x",
        "x",
        "x" * 4000,
        "%00",
        CalendarFeed.objects.get().digest,
    ):
        assert client.get(f"/calendar/{wrong}.ics").status_code == 404
    assert client.post(f"/calendar/{second}.ics").status_code == 405
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get(f"/calendar/{second}.ics").status_code == 404
    User.objects.filter(pk=user.pk).update(is_active=True)
    services.revoke_feed(user=user)
    assert client.get(f"/calendar/{second}.ics").status_code == 404
    with pytest.raises(RefusedError, match="没有订阅地址"):
        services.revoke_feed(user=user)
    verbs = AuditEntry.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True)
    assert sorted(verbs) == ["calendar.make", "calendar.renew", "calendar.revoke"]


def test_a_wrong_secret_costs_one_look_up(client: Any) -> None:
    """The page that says so asks for the centre's name beside it, and nothing is written."""
    with CaptureQueriesContext(connection) as asked:
        client.get("/calendar/nobody.ics")
    tables = [each["sql"].split(" FROM ")[1].split()[0] for each in asked.captured_queries]
    assert tables == ['"deadlines_calendarfeed"', '"organization_assessmentcentre"']


def test_one_who_lost_the_role_reads_an_empty_calendar(client: Any, batch: Any) -> None:
    services.sync(batch)
    user = make_user(Role.CLERK)
    secret = services.make_feed(user=user, scope=Scope.ALL)
    assert events(client.get(f"/calendar/{secret}.ics").content)
    user.role_grants.all().delete()
    assert events(client.get(f"/calendar/{secret}.ics").content) == {}


def test_the_page_revokes(client: Any) -> None:
    desk = signed_in(Role.ARCHIVIST)
    desk.post(PAGE, {"scope": "nonsense"})
    assert CalendarFeed.objects.get().scope == "mine"
    assert desk.post(PAGE + "revoke/").status_code == 303
    assert not CalendarFeed.objects.exists()


def test_an_unhashed_secret_cannot_be_kept() -> None:
    facts = {"user": make_user(Role.CLERK), "scope": "mine"}
    with pytest.raises(IntegrityError, match="calendar_feed_hashed"), transaction.atomic():
        CalendarFeed.objects.create(digest="plain-secret", **facts)
    with pytest.raises(IntegrityError, match="scope_known"), transaction.atomic():
        CalendarFeed.objects.create(digest="0" * 64, user=facts["user"], scope="x")


def test_a_candidate_has_no_calendar() -> None:
    user = make_user(Role.CLERK)
    user.kind = "candidate"
    with pytest.raises(RefusedError, match="工作人员"):
        services.make_feed(user=user, scope=Scope.ALL)
