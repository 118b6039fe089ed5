"""Deadlines follow the batch; reminders come three days before, on the day, and once after."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.batches import services as batches
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.selectors import due, upcoming, waiting
from assessment_center.deadlines.tasks import remind
from assessment_center.notices.models import Notice
from assessment_center.registry import SYSTEM, OpenSet
from assessment_center.registry.entries import DeadlineSpec
from assessment_center.workdays.rules.calendar import UnknownYearError
from tests.factories.foundation import announced, make_batch, make_offering, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_sources(monkeypatch: pytest.MonkeyPatch) -> "OpenSet[Any]":
    """Only the sources of the batches themselves: the others are tested beside theirs."""
    from assessment_center.batches.deadline_sources import batch_deadlines

    sources: OpenSet[Any] = OpenSet("deadline_sources")
    sources.register("batches", batch_deadlines)
    monkeypatch.setattr(services, "deadline_sources", sources)
    return sources


def kinds() -> dict[str, tuple[date, bool]]:
    return {row.kind: (row.due, row.done_at is not None) for row in Deadline.objects.all()}


def test_a_batch_has_the_deadlines_of_its_rulebook(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 1, 9)
    batch = make_batch()
    rows = services.sync(batch)
    assert kinds() == {
        "batches.announce": (date(2026, 4, 1), False),
        "batches.close_registration": (date(2026, 4, 20), False),
        "batches.report_plan": (date(2026, 5, 11), False),
        "batches.report_data": (date(2026, 4, 30), False),
        "batches.exam": (date(2026, 5, 23), False),
    }
    assert {row.pk for row in services.sync(batch)} == {row.pk for row in rows}
    assert "考务" in due(batch).get(kind="batches.report_plan").citations[0]


def test_a_lead_time_moves_the_announcement_forward(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 1, 9)
    early = {"exam_starts": date(2026, 5, 1), "exam_ends": date(2026, 5, 2)}
    services.sync(make_batch(rulebook="shandong", **early))
    assert kinds()["batches.announce"] == (date(2026, 3, 17), False)


def test_every_move_brings_them_up_to_date_once_at_the_end(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    batch = make_batch()
    make_offering(batch)
    services.sync(batch)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        announced(batch)
    syncs = [each for each in callbacks if getattr(each, "func", None) is services.sync_batch]
    assert len(syncs) == 1
    assert kinds()["batches.announce"][1] is True
    assert kinds()["batches.close_registration"][1] is False


def test_what_no_source_names_any_more_goes_unless_it_was_met(own_sources: "OpenSet[Any]") -> None:
    batch = make_batch()
    specs = [
        DeadlineSpec("x.open", "甲", date(2026, 5, 1), ()),
        DeadlineSpec("x.met", "乙", date(2026, 5, 1), (), done=True),
    ]
    own_sources.register("x", lambda _batch: specs)
    services.sync(batch)
    specs.clear()
    services.sync(batch)
    assert "x.open" not in kinds()
    assert kinds()["x.met"][1] is True


def test_an_unknown_year_waits_and_keeps_what_stands(own_sources: "OpenSet[Any]") -> None:
    batch = make_batch()
    services.sync(batch)
    Deadline.objects.create(
        batch=batch,
        kind="late",
        label="上报成绩",
        due=date(2026, 12, 31),
        subject_kind=batch.subject.kind,
        subject_id=batch.pk,
    )

    def unknown(_batch: Any) -> list[DeadlineSpec]:
        raise UnknownYearError(2099)

    own_sources.register("later", unknown)
    services.sync(batch)
    assert "late" in kinds()


def test_reminders_come_once_each(frozen: Callable[..., Any]) -> None:
    clerk = make_user(Role.CLERK)
    make_user(Role.ARCHIVIST)
    clock = frozen(2026, 3, 25, 9)
    batch = make_batch()
    services.sync(batch)
    assert services.remind() == 0
    for day, told in ((28, 0), (29, 1), (30, 0), (31, 0)):
        assert services.remind(today=date(2026, 3, day)) == told
    assert remind() == 0
    assert services.remind(today=date(2026, 4, 1)) == 1
    assert services.remind(today=date(2026, 4, 2)) == 1
    assert services.remind(today=date(2026, 4, 3)) == 0
    titles = list(Notice.objects.filter(recipient=clerk).order_by("created_at", "key"))
    assert sorted(notice.title[:4] for notice in titles) == ["今天到期", "即将到期", "已逾期："]
    assert titles[0].link == f"/admin/work/batches/{batch.code}/"
    clock.shift(0)


def test_upcoming_is_for_those_who_see_batches(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 25, 9)
    services.sync(make_batch())
    clerk, writer = make_user(Role.CLERK).as_actor(), make_user(Role.ITEM_WRITER).as_actor()
    assert [row.kind for row in upcoming(clerk)] == [
        "batches.announce",
        "batches.close_registration",
    ]
    assert list(upcoming(writer)) == []


def test_a_cancelled_batch_waits_for_nothing() -> None:
    batch = make_batch()
    services.sync(batch)
    batches.cancel_batch(actor=SYSTEM, batch=batch, reason="人数不足")
    assert not waiting().exists()
    services.sync_batch(batch.pk)
    batch.deadlines.all().delete()


def test_the_database_keeps_one_row_a_kind() -> None:
    services.sync(make_batch())
    row = Deadline.objects.first()
    assert row is not None
    assert str(row.due) in str(row)
    with pytest.raises(IntegrityError, match="deadline_once"), transaction.atomic():
        Deadline.objects.create(
            batch=row.batch,
            kind=row.kind,
            label="x",
            due=row.due,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
        )
