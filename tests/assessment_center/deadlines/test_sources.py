"""Every dated rule of the five rulebooks gives its deadline, with its count and its article."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from assessment_center.batches import services as batches
from assessment_center.deadlines import services
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.selectors import waiting
from assessment_center.due import counting_words
from assessment_center.registry import SYSTEM
from assessment_center.rulebooks.models import RuleOverride
from assessment_center.workdays.counting import count
from assessment_center.workdays.selectors import calendar
from certificates.enums import UPLOAD
from exams.models import Sitting
from scoring.models import Publicity
from tests.factories.foundation import approved, at, make_batch, make_offering, make_rulebook

pytestmark = pytest.mark.django_db
BOOKS = ("chongqing", "henan", "shandong", "fujian", "jilin")
# Counted by hand from RULES.md and the notice for 2026 (May Day 1-5 May, 9 May worked).
EXPECTED = {
    "chongqing": {
        "batches.report_plan": "2026-05-11",
        "batches.report_data": "2026-04-30",
        "exams.paper_pickup": "2026-05-20",
        "scoring.publish_from": "2026-06-13",
        "scoring.publicity_end": "2026-06-08",
        "scoring.review_apply": "2026-06-08",
        "scoring.review_apply_outer": "2026-07-01",
        "certificates.upload": "2026-06-24",
        "archive.keep_paper": "2029-05-24",
        "archive.keep_electronic": "2031-05-24",
        "archive.keep_video": "2031-05-24",
    },
    "henan": {
        "batches.report_plan": "2026-05-11",
        "exams.rooms_ready": "2026-05-22",
        "exams.familiarise": "2026-05-22",
        "exams.paper_pickup": "2026-05-23",
        "exams.supervision_report": "2026-05-26",
        "archive.keep_paper": "2029-05-24",
    },
    "shandong": {
        "batches.announce": "2026-04-01",
        "batches.report_plan": "2026-05-11",
        "exams.tickets_from": "2026-05-18",
        "exams.tickets": "2026-05-20",
        "exams.paper_pickup": "2026-05-23",
    },
    "fujian": {
        "batches.report_batch_plan": "2026-04-01",
        "batches.report_venue": "2026-05-11",
        "exams.rooms_ready": "2026-05-22",
        "exams.paper_pickup": "2026-05-22",
        "exams.supervision_report": "2026-05-25",
        "scoring.report": "2026-05-27",
        "scoring.review_apply": "2026-06-11",
        "archive.keep_paper": "2028-05-24",
        "archive.keep_video": "2026-11-24",
    },
    "jilin": {
        "batches.report_plan": "2026-05-11",
        "batches.report_data": "2026-05-11",
        "exams.rooms_ready": "2026-05-22",
        "exams.meeting": "2026-05-22",
        "exams.paper_pickup": "2026-05-23",
        "exams.supervision_report": "2026-05-29",
        "scoring.publicity_end": "2026-06-08",
        "scoring.review_apply": "2026-06-08",
        "archive": "2026-06-05",
        "archive.media": "2026-06-05",
        "archive.keep_secrecy_video": "2026-06-23",
    },
}


def synced(batch: Any) -> dict[str, Deadline]:
    services.sync(batch)
    return {row.kind: row for row in Deadline.objects.filter(batch=batch)}


@pytest.mark.parametrize("code", BOOKS)
def test_every_dated_rule_of_a_rulebook(code: str, frozen: Callable[..., Any]) -> None:
    frozen(2026, 6, 2, 9)
    batch = make_batch(rulebook=code)
    Publicity.objects.create(
        batch=batch, starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 8), place="校园网"
    )
    rows = synced(batch)
    found = {kind: str(rows[kind].due) for kind in EXPECTED[code] if kind in rows}
    assert found == EXPECTED[code]
    short = batch.rules.identity.short
    for row in rows.values():
        assert row.rulebook in {short, ""}
        assert counting_words(row), row.kind
        assert row.responsible
        assert row.stage
    silent = [row.kind for row in rows.values() if not row.citations]
    assert set(silent) <= {
        "batches.announce",
        "batches.open_registration",
        "batches.close_registration",
        "batches.exam",
        "scoring.publicity_end",
        "scoring.final_from",
    }


@pytest.mark.parametrize("code", BOOKS)
def test_what_is_kept_of_the_count_leads_to_the_day(code: str) -> None:
    """Counted again from event, number and unit, the day is the same; `from` days come after."""
    days = calendar()
    for row in synced(make_batch(rulebook=code)).values():
        assert row.start is not None
        again = count(days, row.start, row.count or 0, row.unit)  # type: ignore[arg-type]
        shift = timedelta(days=1 if row.kind == "scoring.publish_from" else 0)
        assert row.due == again + shift, row.kind  # type: ignore[operator]


def test_a_rescheduled_sitting_takes_its_deadlines_along(
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    batch = make_batch(rulebook="jilin")
    connection.run_on_commit.clear()  # what was ordered while the batch was made is done
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        sitting = Sitting.objects.create(
            batch=batch,
            number=1,
            subject_code="theory",
            starts_at=at(2026, 5, 23, 9),
            ends_at=at(2026, 5, 23, 11),
        )
        sitting.save()
    assert sum(getattr(call, "args", ()) == (batch.pk,) for call in callbacks) == 1
    before = Deadline.objects.get(kind="exams.meeting")
    assert before.due == date(2026, 5, 22)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sitting.starts_at, sitting.ends_at = at(2026, 5, 24, 9), at(2026, 5, 24, 11)
        sitting.save()
    after = Deadline.objects.get(kind="exams.meeting")
    assert (after.pk, after.due, after.sequence) == (before.pk, date(2026, 5, 23), 1)
    assert counting_words(after) == "首场考试日 2026-05-24 前 1 天"
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        sitting.delete()
    assert Deadline.objects.get(kind="exams.meeting").due == date(2026, 5, 22)


def test_a_deadline_goes_when_its_matter_is_settled(frozen: Callable[..., Any]) -> None:
    """Returned data is to be corrected within twenty working days, until it is reported again."""
    frozen(2026, 6, 12, 9)
    batch = make_batch(rulebook="jilin")
    report = batch.reports.create(kind=UPLOAD, status="submitted", submitted_at=at(2026, 6, 1))
    rows = synced(batch)
    assert rows["certificates.authority_review"].due == date(2026, 7, 14)
    assert rows["certificates.authority_review"].by_hand
    report.status, report.decided_at = "returned", at(2026, 6, 10)
    report.save()
    rows = synced(batch)
    assert rows["certificates.correction"].due == date(2026, 7, 9)
    assert rows["certificates.authority_review"].done_at is not None
    report.status = "submitted"
    report.save()
    assert "certificates.correction" not in synced(batch)


def test_the_authoritys_confirmation_is_awaited_after_the_report() -> None:
    batch = make_batch(rulebook="fujian")
    assert "scoring.confirmation" not in synced(batch)
    batch.reports.create(kind="results", status="submitted", submitted_at=at(2026, 5, 27))
    row = synced(batch)["scoring.confirmation"]
    assert (row.due, row.start) == (date(2026, 6, 1), date(2026, 5, 27))
    assert "一(九)" in row.citations[0]
    assert row.done_at is None
    batch.reports.filter(kind="results").update(status="approved", decided_at=at(2026, 5, 29))
    assert synced(batch)["scoring.confirmation"].done_at is not None
    assert "scoring.confirmation" not in synced(make_batch())


def test_each_report_names_its_own_article() -> None:
    rows = synced(make_batch())
    assert rows["batches.report_plan"].citations == ["《职业技能鉴定及等级认定考务管理办法》第八条"]
    assert "质量管理办法" in rows["batches.report_data"].citations[0]


def test_a_unified_examination_is_due_by_its_own_lead_in_the_calendar_too() -> None:
    row = synced(make_batch(rulebook="shandong", is_unified=True))["batches.report_plan"]
    assert (row.due, row.count) == (date(2026, 4, 21), -22)
    assert row.citations[0].endswith("四2")


def test_the_plan_of_a_batch_is_reported_before_it_is_announced() -> None:
    batch = make_batch(rulebook="fujian")
    make_offering(batch, level=None)
    row = synced(batch)["batches.report_batch_plan"]
    assert (row.done_at, row.responsible) == (None, "batches.report")
    assert "一(二)" in row.citations[0]
    batch.reports.create(kind="batch_plan", status="returned", submitted_at=at(2026, 3, 20))
    assert synced(batch)["batches.report_batch_plan"].done_at is None
    batch.reports.update(status="submitted")
    assert synced(batch)["batches.report_batch_plan"].done_at is not None
    assert "batches.report_batch_plan" not in synced(make_batch())


def test_an_office_override_counts_and_is_cited() -> None:
    RuleOverride.objects.create(
        rulebook_version=make_rulebook(),
        key="report_lead_workdays",
        value={"plan": 12},
        reason="市中心要求",
        article="渝职鉴〔2026〕3号",
    )
    rows = synced(make_batch())
    assert rows["batches.report_plan"].due == date(2026, 5, 8)
    assert rows["batches.report_plan"].citations == ["渝职鉴〔2026〕3号"]
    assert "batches.report_data" not in rows


def test_papers_are_sealed_before_and_opened_not_before() -> None:
    batch = make_batch()
    make_offering(batch)
    rows = synced(batch)
    assert (rows["questionbank.seal"].due, rows["questionbank.release"].due) == (
        date(2026, 5, 20),
        date(2026, 5, 20),
    )
    assert rows["questionbank.release"].nature == "from"


def test_ends_of_keeping_outlive_the_archived_batch() -> None:
    batch = approved(make_batch())
    batches.complete_batch(actor=SYSTEM, batch=batch)
    batches.archive_batch(actor=SYSTEM, batch=batch)
    synced(type(batch).objects.get(pk=batch.pk))
    kinds = set(waiting().filter(batch=batch).values_list("kind", flat=True))
    assert kinds == {"archive.keep_paper", "archive.keep_electronic", "archive.keep_video"}
