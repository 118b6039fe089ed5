"""The log of receipts only grows; papers reported by themselves; the institution's pledge."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.models import AssessmentBatch, AuthorityReport, ReportReceipt
from assessment_center.organization.models import FiledScope
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories.foundation import at, closed, make_batch, make_offering, make_user

pytestmark = pytest.mark.django_db


def submit(batch: AssessmentBatch, **more: Any) -> AuthorityReport:
    facts = {"candidate_count": 3, "at": at(2026, 4, 22), **more}
    return services.submit_report(actor=SYSTEM, batch=batch, **facts)


def test_every_answer_is_a_line_with_who_when_and_number() -> None:
    batch = closed(make_batch())
    report = submit(batch)
    clerk = make_user(Role.CLERK)
    when = at(2026, 4, 22, 15)
    services.log_receipt(actor=clerk.as_actor(), report=report, number=" SL-1 ", at=when)
    services.decide_report(
        actor=SYSTEM, report=report, approved=False, note="照片不清", at=at(2026, 4, 23)
    )
    again = submit(batch, at=at(2026, 4, 24))
    services.decide_report(
        actor=SYSTEM, report=again, approved=True, receipt_number="HZ-1", at=at(2026, 4, 25)
    )
    lines = list(ReportReceipt.objects.filter(report=report))
    kinds = ["submitted", "received", "returned", "submitted", "approved"]
    assert [line.kind for line in lines] == kinds
    assert (lines[1].number, lines[1].entered_by, lines[1].happened_at) == ("SL-1", clerk, when)
    assert (lines[2].note, lines[4].number) == ("照片不清", "HZ-1")


def test_the_log_is_not_rewritten() -> None:
    submit(closed(make_batch()))
    rows = ReportReceipt.objects.all()
    with pytest.raises(IntegrityError, match="回执登记后不能改动"), transaction.atomic():
        rows.update(number="x")
    with pytest.raises(IntegrityError, match="回执登记后不能改动"), transaction.atomic():
        rows.delete()
    report = AuthorityReport.objects.get()
    facts = {"report": report, "happened_at": at(2026, 4, 23)}
    with pytest.raises(IntegrityError, match="receipt_returned_why"), transaction.atomic():
        ReportReceipt.objects.create(kind="returned", **facts)
    ReportReceipt.objects.create(kind="received", number="1", **facts)
    with pytest.raises(IntegrityError, match="report_receipt_once"), transaction.atomic():
        ReportReceipt.objects.create(kind="received", number="1", **facts)


def test_what_is_no_receipt() -> None:
    report = submit(closed(make_batch()))
    with pytest.raises(RefusedError, match="请填写平台回执号"):
        services.log_receipt(actor=SYSTEM, report=report, number=" ")
    with pytest.raises(RefusedError, match="不能早于上报"):
        services.log_receipt(actor=SYSTEM, report=report, number="1", at=at(2026, 4, 1))
    with pytest.raises(RefusedError, match="登记回执"):
        services.log_receipt(actor=make_user(Role.REVIEWER).as_actor(), report=report, number="1")
    drafted = AuthorityReport.objects.create(batch=report.batch, kind="x")
    with pytest.raises(RefusedError, match="还没有上报"):
        services.log_receipt(actor=SYSTEM, report=drafted, number="1")


def test_without_the_institutions_pledge_nothing_is_reported_where_both_must_sign() -> None:
    batch = closed(make_batch(rulebook="jilin"))
    with pytest.raises(RefusedError, match="作出承诺") as caught:
        submit(batch)
    assert "第九条" in str(caught.value.refusal.citations[0])
    assert submit(batch, pledged_by=" 钱立功 ").pledged_by == "钱立功"
    assert submit(closed(make_batch("B2"))).pledged_by == ""


def test_the_plan_of_the_batch_is_reported_before_it_is_public() -> None:
    batch = make_batch(rulebook="fujian")
    make_offering(batch, level=None)
    draft = services.draft_announcement(actor=SYSTEM, batch=batch)
    with pytest.raises(RefusedError, match="考核计划》还没有上报") as caught:
        services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 3, 20))
    assert "一(二)" in str(caught.value.refusal.citations[0])
    report = services.submit_papers(actor=SYSTEM, batch=batch, kind="batch_plan")
    with pytest.raises(RefusedError, match="正在等批复"):
        services.submit_papers(actor=SYSTEM, batch=batch, kind="batch_plan")
    services.decide_report(actor=SYSTEM, report=report, approved=False, note="地点不明")
    with pytest.raises(RefusedError, match="还没有上报"):
        services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 3, 20))
    services.submit_papers(actor=SYSTEM, batch=batch, kind="batch_plan")
    services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 3, 20))
    batch.refresh_from_db()
    assert batch.status == "announced"


def test_papers_nobody_asks_for_are_not_reported() -> None:
    with pytest.raises(RefusedError, match="没有要求单独报送"):
        services.submit_papers(actor=SYSTEM, batch=make_batch(), kind="venue")
    with pytest.raises(RefusedError, match="还没有认定项目"):
        services.submit_papers(actor=SYSTEM, batch=make_batch("F", rulebook="fujian"), kind="venue")


def test_a_project_not_prechecked_is_not_announced() -> None:
    batch = make_batch(rulebook="fujian")
    make_offering(batch, level=None)
    services.submit_papers(actor=SYSTEM, batch=batch, kind="batch_plan")
    draft = services.draft_announcement(actor=SYSTEM, batch=batch)
    FiledScope.objects.all().delete()
    with pytest.raises(RefusedError, match="备案") as caught:
        services.publish_announcement(actor=SYSTEM, announcement=draft, at=at(2026, 3, 20))
    assert "一(一)" in str(caught.value.refusal.citations[0])
