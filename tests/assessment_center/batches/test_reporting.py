"""Closing, reporting in time, and the authority's answer."""

from datetime import date, timedelta

import pytest

from assessment_center.batches import policies, services
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import announced, at, closed, make_batch

pytestmark = pytest.mark.django_db


def test_registration_closes_at_its_hour_and_not_before() -> None:
    batch = make_batch()
    announced(batch)
    early = batch.registration_closes - timedelta(minutes=1)
    with pytest.raises(RefusedError, match="2026-04-20 17:00"):
        services.close_registration(actor=SYSTEM, batch=batch, at=early)
    services.close_registration(actor=SYSTEM, batch=batch, at=batch.registration_closes)
    assert batch.status == "registration_closed"


def test_last_days_count_working_days_back_from_the_examination() -> None:
    days = {kind: due for kind, (due, _cited) in policies.report_days(make_batch()).items()}
    assert days == {"plan": date(2026, 5, 11), "data": date(2026, 4, 30)}
    assert list(policies.report_days(make_batch(rulebook="fujian"))) == ["venue"]


def test_nobody_to_report_is_refused() -> None:
    with pytest.raises(RefusedError, match="没有已确认的考生"):
        services.submit_report(actor=SYSTEM, batch=closed(make_batch()), candidate_count=0)
    batch = make_batch()
    announced(batch)
    with pytest.raises(RefusedError, match="不能上报"):
        services.submit_report(actor=SYSTEM, batch=batch, candidate_count=3, at=at(2026, 4, 22))


@pytest.mark.parametrize(
    ("when", "refused", "warned"),
    [
        (date(2026, 4, 30), 0, 0),
        (date(2026, 5, 6), 0, 1),
        (date(2026, 5, 11), 0, 1),
        (date(2026, 5, 12), 2, 0),
    ],
)
def test_past_the_first_day_warned_past_the_last_refused(
    when: date, refused: int, warned: int
) -> None:
    faults, warnings = policies.report_lead(make_batch(), when)
    assert (len(faults), len(warnings)) == (refused, warned)


def test_a_late_report_needs_the_reason() -> None:
    batch = closed(make_batch())
    late = at(2026, 5, 15)
    with pytest.raises(RefusedError, match="上报期限已过"):
        services.submit_report(actor=SYSTEM, batch=batch, candidate_count=3, at=late)
    report = services.submit_report(
        actor=SYSTEM, batch=batch, candidate_count=3, at=late, late_reason="经市中心同意"
    )
    assert (report.note, report.submitted_at, batch.status) == ("经市中心同意", late, "reported")


def test_a_returned_report_is_submitted_anew() -> None:
    batch = closed(make_batch())
    report = services.submit_report(
        actor=SYSTEM, batch=batch, candidate_count=3, at=at(2026, 4, 22)
    )
    with pytest.raises(RefusedError, match="退回的原因"):
        services.decide_report(actor=SYSTEM, report=report, approved=False)
    services.decide_report(actor=SYSTEM, report=report, approved=False, note="照片不清")
    batch.refresh_from_db()
    assert batch.status == "registration_closed"
    again = services.submit_report(actor=SYSTEM, batch=batch, candidate_count=2, at=at(2026, 4, 24))
    assert (again.pk, again.candidate_count, again.decided_at) == (report.pk, 2, None)
    with pytest.raises(RefusedError, match="回执号"):
        services.decide_report(actor=SYSTEM, report=again, approved=True)
    services.decide_report(actor=SYSTEM, report=again, approved=True, receipt_number="HZ-1")
    batch.refresh_from_db()
    assert (batch.status, str(again.batch)) == ("approved", batch.name)
    with pytest.raises(RefusedError):
        services.decide_report(actor=SYSTEM, report=again, approved=True, receipt_number="HZ-2")


def test_a_unified_examination_is_reported_twenty_two_working_days_before() -> None:
    plain = make_batch(rulebook="shandong")
    unified = make_batch(rulebook="shandong", is_unified=True)
    assert policies.report_days(plain)["plan"][0] == date(2026, 5, 11)
    due, citations = policies.report_days(unified)["plan"]
    assert (due, str(citations[0])[-2:]) == (date(2026, 4, 21), "四2")
    assert policies.report_lead(plain, date(2026, 5, 11)) == ([], [])
    faults, _warnings = policies.report_lead(unified, date(2026, 4, 22))
    assert "最迟 2026-04-21" in str(faults[0].reason)
    assert faults[0].citations


def test_where_the_authority_answers_with_a_notice_its_number_is_asked_by_name() -> None:
    batch = closed(make_batch(rulebook="shandong"))
    report = services.submit_report(
        actor=SYSTEM, batch=batch, candidate_count=3, at=at(2026, 4, 20)
    )
    with pytest.raises(RefusedError, match="《鉴定通知书》的编号") as caught:
        services.decide_report(actor=SYSTEM, report=report, approved=True, receipt_number=" ")
    assert "五1" in str(caught.value.refusal.citations[0])
    services.decide_report(actor=SYSTEM, report=report, approved=True, receipt_number="济鉴 7 号")
    batch.refresh_from_db()
    assert batch.status == "approved"
