"""Deadlines follow the batch and its sources; the table keeps one row a matter."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from assessment_center.accounts.enums import Role
from assessment_center.batches import services as batches
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.selectors import due, upcoming, waiting
from assessment_center.deadlines.services import syncing
from assessment_center.due import deadline_lines
from assessment_center.registry import SYSTEM, OpenSet
from assessment_center.registry.entries import DeadlineSpec
from assessment_center.workdays.rules.calendar import UnknownYearError
from assessment_center.workdays.services import enter_notice
from tests.factories.foundation import (
    announced,
    at,
    make_batch,
    make_centre,
    make_offering,
    make_rulebook,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_sources(monkeypatch: pytest.MonkeyPatch) -> "OpenSet[Any]":
    """Only the sources of the batches themselves: the others are tested beside theirs."""
    from assessment_center.batches.deadline_sources import batch_deadlines

    sources: OpenSet[Any] = OpenSet("deadline_sources")
    sources.register("batches", batch_deadlines)
    monkeypatch.setattr(syncing, "deadline_sources", sources)
    return sources


def kinds() -> dict[str, tuple[date, bool]]:
    return {row.kind: (row.due, row.done_at is not None) for row in Deadline.objects.all()}


def test_a_batch_has_the_deadlines_of_its_rulebook(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 1, 9)
    batch = make_batch()
    rows = services.sync(batch)
    assert kinds() == {
        "batches.announce": (date(2026, 4, 1), False),
        "batches.open_registration": (date(2026, 4, 1), False),
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
    connection.run_on_commit.clear()  # what was ordered while the batch was made is done
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


def test_what_cannot_be_counted_yet_waits_and_is_counted_when_the_notice_is_entered(
    frozen: Callable[..., Any],
) -> None:
    frozen(2026, 11, 20, 9)
    batch = make_batch(
        registration_opens=at(2026, 12, 1),
        registration_closes=at(2026, 12, 20, 17),
        exam_starts=date(2027, 1, 12),
        exam_ends=date(2027, 1, 12),
    )
    services.sync(batch)
    row = Deadline.objects.get(kind="batches.report_plan")
    assert (row.due, row.count, row.unit, row.start) == (None, -10, "workday", date(2027, 1, 12))
    [line] = deadline_lines([row])
    assert (line.state, line.chip) == ("idle", "待推算")
    assert services.remind() == 0
    sequence = row.sequence
    enter_notice(
        actor=SYSTEM,
        year=2027,
        title="国务院办公厅关于2027年部分节假日安排的通知",
        holidays=[date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)],
        workdays=[],
    )
    services.sync_all()
    row.refresh_from_db()
    assert (row.due, row.sequence) == (date(2026, 12, 28), sequence + 1)
    assert "考试开始日 2027-01-12 前 10 个工作日" in deadline_lines([row])[0].detail


def test_a_moved_date_takes_its_deadlines_along_and_a_silent_rule_has_none() -> None:
    batch = make_batch()
    services.sync(batch)
    before = Deadline.objects.get(kind="batches.report_plan")
    batch.exam_starts, batch.exam_ends = date(2026, 6, 20), date(2026, 6, 21)
    batch.save()
    services.sync(batch)
    after = Deadline.objects.get(kind="batches.report_plan")
    assert (after.pk, after.due, after.start) == (before.pk, date(2026, 6, 5), date(2026, 6, 20))
    assert after.sequence == before.sequence + 1
    assert after.changed_at > before.changed_at
    batch.rulebook_version = make_rulebook("fujian")
    batch.save()
    services.sync(batch)
    assert "batches.report_plan" not in kinds()
    assert "batches.report_venue" in kinds()


def test_a_failing_source_leaves_the_other_batches_alone(
    own_sources: "OpenSet[Any]", caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = make_batch("B1"), make_batch("B2")

    def source(batch: Any) -> list[DeadlineSpec]:
        if batch.pk == broken.pk:
            raise ValueError("broken")
        return []

    own_sources.register("odd", source)
    services.sync_all()
    assert not broken.deadlines.exists()
    assert sound.deadlines.count() == 6
    assert "could not be brought up to date" in caplog.text


def test_upcoming_is_for_those_who_see_batches(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 25, 9)
    services.sync(make_batch())
    clerk, writer = make_user(Role.CLERK).as_actor(), make_user(Role.ITEM_WRITER).as_actor()
    assert [row.kind for row in upcoming(clerk)] == [
        "batches.announce",
        "batches.open_registration",
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


BROKEN = {
    "deadline_of_batch_or_centre": {"batch": None},
    "deadline_counted_whole": {"unit": "day"},
    "deadline_waits_for_workdays": {"due": None},
    "deadline_ticked_by_hand": {"done_note": "x"},
    "deadline_nature_known": {"nature": "x"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_makes_no_sense(name: str) -> None:
    services.sync(make_batch())
    row = Deadline.objects.filter(kind="batches.exam")
    facts = {"unit": "", "start": None, "count": None}
    row.update(**facts)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.update(**BROKEN[name])


def test_a_deadline_belongs_to_a_batch_or_the_centre_never_both() -> None:
    batch = make_batch()
    services.sync(batch)
    row = Deadline.objects.get(kind="batches.exam")
    row.centre = batch.centre
    with pytest.raises(ValidationError, match="二者必居其一"):
        row.full_clean()
    with pytest.raises(IntegrityError, match="deadline_of_batch_or_centre"), transaction.atomic():
        row.save()


def test_the_centre_too_has_one_row_a_matter() -> None:
    make_batch()
    centre = make_centre()
    services.sync_centre(centre)
    row = Deadline.objects.filter(centre=centre).first()
    assert row is not None
    row.pk = uuid4()
    row._state.adding = True
    with pytest.raises(IntegrityError, match="deadline_once"), transaction.atomic():
        row.save(force_insert=True)
