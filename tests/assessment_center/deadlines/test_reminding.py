"""Reminders come once a stage, to who answers for it, however many processes tell at once."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from assessment_center.accounts.enums import Act, Role
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.services import reminding
from assessment_center.deadlines.tasks import remind
from assessment_center.jobs.models import Job
from assessment_center.notices.models import Notice
from tests.factories.foundation import make_batch, make_centre, make_rulebook, make_user

DAY = date(2026, 4, 1)


def put(label: str = "上报", due: date = DAY, **more: Any) -> Deadline:
    batch = more.pop("batch", None) or make_batch()
    facts = {"responsible": Act.REPORT, "citations": ["《考务办法》第八条"], **more}
    return Deadline.objects.create(
        batch=batch,
        kind=f"x.{label}",
        label=label,
        due=due,
        subject_kind=batch.subject.kind,
        subject_id=batch.pk,
        **facts,
    )


def titles(user: Any) -> list[str]:
    return [
        notice.title.split("：")[0]
        for notice in Notice.objects.filter(recipient=user).order_by("created_at")
    ]


@pytest.mark.django_db
def test_three_days_before_on_the_day_overdue_and_to_the_head() -> None:
    clerk, head = make_user(Role.CLERK), make_user(Role.HEAD)
    make_user(Role.ARCHIVIST)
    row = put(event="考试日", start=date(2026, 4, 16), count=-10, unit="workday")
    told = {
        n: services.remind(today=DAY + timedelta(days=n)) for n in (-4, -3, -2, -1, 0, 1, 2, 30)
    }
    assert told == {-4: 0, -3: 2, -2: 0, -1: 0, 0: 2, 1: 2, 2: 0, 30: 0}
    assert titles(clerk) == ["即将到期", "今天到期", "已逾期"]
    assert titles(head) == ["即将到期", "今天到期", "请督办"]
    notice = Notice.objects.filter(recipient=clerk).first()
    assert notice is not None
    assert notice.body.split("\n") == [
        "推算：考试日 2026-04-16 前 10 个工作日",
        "依据：《考务办法》第八条",
    ]
    assert notice.link == f"/admin/work/deadlines/batches/{row.batch.code}/"


@pytest.mark.django_db
def test_after_a_week_without_beat_only_the_latest_stage_is_told() -> None:
    clerk, head = make_user(Role.CLERK), make_user(Role.HEAD)
    put()
    assert services.remind(today=DAY + timedelta(days=7)) == 2
    assert (titles(clerk), titles(head)) == (["已逾期"], ["请督办"])


@pytest.mark.django_db
def test_a_deadline_that_moved_is_told_of_anew() -> None:
    clerk = make_user(Role.CLERK)
    row = put()
    services.remind(today=DAY)
    row.due = DAY + timedelta(days=20)
    row.save()
    assert services.remind(today=DAY + timedelta(days=1)) == 0
    services.remind(today=row.due)
    assert titles(clerk) == ["今天到期"] * 2


@pytest.mark.django_db
def test_what_opens_or_happens_by_itself_is_never_overdue() -> None:
    clerk, head = make_user(Role.CLERK), make_user(Role.HEAD)
    batch = make_batch()
    put("可以启封", nature="from", batch=batch)
    put("公示结束", nature="event", batch=batch)
    services.remind(today=DAY - timedelta(days=3))
    assert titles(clerk) == ["即将到期"]
    services.remind(today=DAY)
    assert titles(clerk) == ["即将到期", "今天", "今天"]
    services.remind(today=DAY + timedelta(days=5))
    assert len(titles(clerk)) == len(titles(head)) == 3


@pytest.mark.django_db
def test_who_does_not_answer_for_it_or_left_is_not_told() -> None:
    archivist = make_user(Role.ARCHIVIST)
    gone = make_user(Role.ARCHIVIST)
    gone.is_active = False
    gone.save()
    clerk = make_user(Role.CLERK)
    put("归档", responsible=Act.ARCHIVE_FILE)
    assert services.remind(today=DAY) == 1
    assert [titles(user) for user in (archivist, gone, clerk)] == [["今天到期"], [], []]


@pytest.mark.django_db
def test_a_met_deadline_and_a_cancelled_batch_are_silent() -> None:
    make_user(Role.CLERK)
    row = put()
    Deadline.objects.update(by_hand=True)
    services.tick(actor=make_user(Role.HEAD).as_actor(), deadline=row)
    other = put(batch=make_batch())
    other.batch.status = "cancelled"
    other.batch.save()
    assert services.remind(today=DAY) == 0


@pytest.mark.django_db
def test_the_task_first_brings_the_day_up_to_date(frozen: Callable[..., Any]) -> None:
    frozen(2026, 4, 2, 0)
    clerk = make_user(Role.CLERK)
    make_batch()
    remind()
    assert Deadline.objects.get(kind="batches.open_registration").done_at is not None
    assert titles(clerk) == []
    head = make_user(Role.HEAD)
    assert remind() == 1
    assert titles(head) == ["请督办"]


@pytest.mark.django_db
def test_the_centre_is_reminded_too(frozen: Callable[..., Any]) -> None:
    frozen(2026, 12, 15, 9)
    clerk = make_user(Role.CLERK)
    make_rulebook()
    services.sync_centre(make_centre())
    assert services.remind() == 1
    notice = Notice.objects.get(recipient=clerk)
    assert "录入 2027 年放假安排通知" in notice.title
    assert notice.link == "/admin/work/deadlines/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("alone", [True, False], ids=["with the lock", "without the lock"])
def test_two_workers_at_once_tell_once(alone: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock lets one tell; were there none, the notices' key would still tell once."""
    if not alone:
        monkeypatch.setattr(reminding, "_alone", lambda: True)
    clerks = [make_user(Role.CLERK, email=f"c{i}@example.org") for i in range(3)]
    batch = make_batch()
    for i in range(8):
        put(f"事项{i}", batch=batch)
    start, told, faults = Barrier(4), [], []

    def work() -> None:
        try:
            start.wait()
            told.append(services.remind(today=DAY))
        except Exception as fault:  # noqa: BLE001
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=work) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sum(told) == 24
    assert [len(titles(clerk)) for clerk in clerks] == [8, 8, 8]
    assert Job.objects.filter(name="notices.email").count() == 24
