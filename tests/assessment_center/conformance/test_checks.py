"""Each check finds a fault that only it reports; a sound batch has none."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment_center.batches import services
from assessment_center.batches.models import AnnualPlan, AssessmentBatch, AuthorityReport
from assessment_center.conformance import coverage, declarations, matrix
from assessment_center.conformance.running import failures, run
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.registry import SYSTEM
from tests.factories.foundation import announced, approved, at, closed, make_batch, make_plan

pytestmark = pytest.mark.django_db
OWN = ("FIL-", "PLAN-", "RPT-")


def broken(batch: AssessmentBatch) -> list[str]:
    """Rules of this part that fail; those of higher parts are tested beside theirs."""
    fresh = AssessmentBatch.objects.get(pk=batch.pk)
    return [each.rule for each in failures(run(fresh)) if each.rule.startswith(OWN)]


@pytest.fixture
def batch(frozen: Callable[..., Any]) -> AssessmentBatch:
    frozen(2026, 5, 20, 9)
    plan = make_plan()
    AnnualPlan.objects.filter(pk=plan.pk).update(approved_at=at(2026, 1, 10))
    return approved(make_batch())


def test_a_sound_batch_breaks_nothing(batch: AssessmentBatch) -> None:
    assert broken(batch) == []
    states = {each.rule: each.state for each in run(batch)}
    assert states["FIL-01"] == "passed"
    assert states["FIL-11"] == "not_applicable"
    assert len(states) == len(matrix.rows())


def test_scope_lost_later_is_found(batch: AssessmentBatch) -> None:
    FiledScope.objects.update(levels=[5])
    assert broken(batch) == ["FIL-01"]


def test_filing_that_ends_is_found(frozen: Callable[..., Any]) -> None:
    frozen(2026, 5, 20, 9)
    make_plan()
    AnnualPlan.objects.update(approved_at=at(2026, 1, 10))
    batch = approved(make_batch(rulebook="henan"))
    assert broken(batch) == []
    Filing.objects.update(valid_until=date(2026, 5, 23))
    assert broken(batch) == ["FIL-02"]


def test_batch_outside_the_plan_is_found(batch: AssessmentBatch) -> None:
    AnnualPlan.objects.update(approved_at=at(2026, 3, 25))
    assert broken(batch) == ["PLAN-01"]
    AssessmentBatch.objects.update(plan=None)
    assert broken(batch) == ["PLAN-01"]


def test_incomplete_announcement_is_found(batch: AssessmentBatch) -> None:
    AssessmentCentre.objects.update(phone="", complaint_phone="")
    assert broken(batch) == ["FIL-20", "PLAN-03"]


def test_late_announcement_is_found(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 21, 9)
    make_plan()
    AnnualPlan.objects.update(approved_at=at(2026, 1, 10))
    batch = make_batch(rulebook="shandong")
    announced(batch)
    assert broken(batch) == []
    AssessmentBatch.objects.update(exam_starts=date(2026, 4, 25), exam_ends=date(2026, 4, 25))
    assert broken(batch) == ["PLAN-04"]


def test_change_without_consent_is_found(batch: AssessmentBatch) -> None:
    change = services.draft_announcement(
        actor=SYSTEM, batch=batch, body="改址", reason="维修", consent_number="1号"
    )
    services.publish_announcement(actor=SYSTEM, announcement=change, at=at(2026, 5, 1))
    assert broken(batch) == []
    batch.announcements.create(
        number=3, title="x", body="y", status="published", published_at=at(2026, 5, 2)
    )
    assert broken(batch) == ["PLAN-05"]


def test_examination_on_a_holiday_is_found(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 21, 9)
    make_plan()
    AnnualPlan.objects.update(approved_at=at(2026, 1, 10))
    batch = make_batch(rulebook="jilin")
    announced(batch)
    assert broken(batch) == []
    AssessmentBatch.objects.update(exam_starts=date(2026, 5, 1), exam_ends=date(2026, 5, 1))
    assert broken(batch) == ["PLAN-07"]


def test_late_report_is_found(batch: AssessmentBatch) -> None:
    AuthorityReport.objects.update(submitted_at=at(2026, 5, 6))
    assert broken(batch) == ["RPT-01"]


def test_examination_without_approval_is_found(frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 21, 9)
    make_plan()
    AnnualPlan.objects.update(approved_at=at(2026, 1, 10))
    batch = closed(make_batch())
    assert broken(batch) == []
    clock.move_to(at(2026, 5, 23))
    assert broken(batch) == ["RPT-04"]
    report = services.submit_report(
        actor=SYSTEM, batch=batch, candidate_count=3, at=at(2026, 4, 22)
    )
    services.decide_report(
        actor=SYSTEM, report=report, approved=True, receipt_number="1", at=at(2026, 5, 24)
    )
    assert broken(batch) == ["RPT-04"]


def test_a_batch_in_preparation_has_nothing_to_fail(frozen: Callable[..., Any]) -> None:
    frozen(2026, 3, 1, 9)
    make_plan()
    assert broken(make_batch()) == []


def test_the_command_reports_and_fails(
    batch: AssessmentBatch, capsys: pytest.CaptureFixture[str]
) -> None:
    FiledScope.objects.update(levels=[5])
    for as_json in (True, False):
        with pytest.raises(CommandError, match="FIL-01"):
            call_command("conformance", batch.code, json=as_json)
        shown = capsys.readouterr().out
        assert "FIL-01" in shown
        if as_json:
            assert json.loads(shown)["batch"] == batch.code
    with pytest.raises(CommandError, match="没有批次号"):
        call_command("conformance", "B0")


@pytest.mark.parametrize("as_json", [True, False])
def test_coverage_commands(capsys: pytest.CaptureFixture[str], *, as_json: bool) -> None:
    call_command("rules_coverage", json=as_json)
    shown = capsys.readouterr().out
    if as_json:
        report = json.loads(shown)
        assert report["total"] == len(matrix.rows())
        assert sum(report["counts"].values()) == report["total"]
    call_command("rules_coverage", area="PLAN", json=as_json)
    assert "FIL-01" not in capsys.readouterr().out
    call_command("forms_coverage", json=as_json)
    shown = capsys.readouterr().out
    if as_json:
        assert json.loads(shown)["total"] == len(matrix.forms()) + len(matrix.reports())
    with pytest.raises(CommandError):
        call_command("rules_coverage", area="nowhere")
    with pytest.raises(CommandError):
        call_command("forms_coverage", group="nowhere")


def test_declarations_name_rules_of_the_matrix_only() -> None:
    with pytest.raises(KeyError):
        declarations.manual("NO-99", who="x")
    for rule in declarations.declarations:
        assert matrix.row(rule).id == rule


def test_a_form_is_a_document_a_reason_or_open(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {row["code"]: row for row in coverage.form_rows()}
    assert rows["F-202"]["document"] == "announcement"
    free = next(code for code, row in rows.items() if row["status"] == "open")
    monkeypatch.setitem(declarations.form_reasons, free, "人工填写")
    monkeypatch.setitem(declarations.report_ways, free, "人工报送")
    assert {row["code"]: row for row in coverage.form_rows()}[free]["status"] == "reason"


def test_declared_ways_of_keeping_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declarations, "declarations", {})
    monkeypatch.setattr(declarations, "form_reasons", {})
    monkeypatch.setattr(declarations, "report_ways", {})
    declarations.not_applicable("FIL-11", reason="不在本软件")
    declarations.enforced("FIL-11", how="不可能", tests=("a::b",))
    declarations.form_without_print("F-999", reason="r")
    declarations.report_made_by("R-99", how="h")
    kept = [each.kept for each in declarations.declarations["FIL-11"]]
    assert kept == [declarations.Kept.NOT_APPLICABLE, declarations.Kept.ENFORCED]
    assert declarations.form_reasons == {"F-999": "r"}
    assert declarations.report_ways == {"R-99": "h"}
