"""Compiling, reporting, publicity and final results."""

from datetime import date
from decimal import Decimal

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.services import decide_report
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import deadline_sources
from candidates.models import SubjectPass
from scoring import policies, selectors, services
from scoring.enums import PublicityStatus, ResultStatus, ReviewStatus
from scoring.lifecycle import PUBLICITY, RESULT, REVIEW
from scoring.models import FinalResult, ScoreReport
from scoring.public import public_list
from tests.factories import foundation as f
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db
START, END = s.PUBLISHED.date(), date(2026, 6, 8)


def _publish(batch, **more):
    facts = {"starts_on": START, "ends_on": END, "place": "学院网站", "at": s.PUBLISHED, **more}
    return services.publish(actor=facts.pop("actor", SYSTEM), batch=batch, **facts)


@pytest.mark.parametrize("status", list(ResultStatus))
@pytest.mark.parametrize("move", ["publish", "finalise"])
def test_the_table_of_result_moves(status, move) -> None:
    starts = {"publish": {"draft"}, "finalise": {"published"}}
    targets = {"publish": "published", "finalise": "final"}
    assert (status in RESULT[move].sources) == (status in starts[move])
    assert RESULT[move].target == targets[move]


@pytest.mark.parametrize("status", list(ReviewStatus))
@pytest.mark.parametrize(
    ("move", "target"), [("keep", "unchanged"), ("correct", "corrected"), ("reject", "rejected")]
)
def test_the_table_of_review_moves(status, move, target) -> None:
    assert (status in REVIEW[move].sources) == (status == ReviewStatus.WAITING)
    assert REVIEW[move].target == target


@pytest.mark.parametrize("status", list(PublicityStatus))
def test_the_table_of_publicity_moves(status) -> None:
    assert (status in PUBLICITY["close"].sources) == (status == PublicityStatus.OPEN)
    assert PUBLICITY["close"].target == PublicityStatus.CLOSED


def test_a_result_has_all_its_subjects() -> None:
    batch = s.examined(1)
    with pytest.raises(RefusedError, match="还没有汇总成绩"):
        services.report_results(actor=SYSTEM, batch=batch)
    s.entered(batch, s.THEORY)
    s.check(batch, s.THEORY)
    with pytest.raises(RefusedError, match="还有 1 个科目没有核分"):
        services.compile_results(actor=SYSTEM, batch=batch)
    with pytest.raises(RefusedError, match="没有待公示的成绩"):
        _publish(batch)
    with pytest.raises(RefusedError, match="不能汇总成绩"):
        services.compile_results(actor=f.make_user(Role.ARCHIVIST).as_actor(), batch=batch)


def test_nobody_admitted_is_nothing_to_compile() -> None:
    with pytest.raises(RefusedError, match="没有可汇总成绩的考生"):
        services.compile_results(actor=SYSTEM, batch=f.make_batch())


def test_from_draft_over_publicity_to_final() -> None:  # noqa: PLR0915
    batch = s.examined(3)
    one, two, three = s.people_of(batch)
    theory = {one.id: s.PASS, two.id: s.FAIL, three.id: Decimal(60)}
    practical = {one.id: s.PASS, two.id: s.PASS, three.id: Decimal("59.99")}
    s.compiled(batch, theory, practical)
    found = {r.application_id: (r.passed, r.status) for r in FinalResult.objects.all()}
    assert found == {
        one.id: (True, "draft"), two.id: (False, "draft"), three.id: (False, "draft"),
    }  # fmt: skip
    assert services.compile_results(actor=SYSTEM, batch=batch) == 3

    with pytest.raises(RefusedError, match="还没有上报") as told:
        _publish(batch)
    assert told.value.refusal.citations
    due = policies.report_due(batch)
    assert due.day == date(2026, 6, 2)
    with pytest.raises(RefusedError, match="上报期限 2026-06-02 已过"):
        services.report_results(actor=SYSTEM, batch=batch, at=f.at(2026, 6, 3))
    with pytest.raises(RefusedError, match="不能上报成绩"):
        services.report_results(actor=s.clerk().as_actor(), batch=batch)
    report = services.report_results(actor=SYSTEM, batch=batch, at=s.REPORTED)
    batch.refresh_from_db()
    assert (report.kind, report.candidate_count) == ("results", 3)
    assert batch.status == BatchStatus.APPROVED
    package = ScoreReport.objects.get()
    assert (package.candidate_count, package.passed_count) == (3, 1)
    assert services.open_score_report(actor=SYSTEM, package=package)[:2] == b"PK"
    decided = decide_report(actor=SYSTEM, report=report, approved=True, receipt_number="CJ-1")
    batch.refresh_from_db()
    assert (decided.status, batch.status) == ("approved", BatchStatus.APPROVED)

    with pytest.raises(RefusedError, match="不能公示成绩"):
        _publish(batch, actor=s.clerk().as_actor())
    with pytest.raises(RefusedError, match="不足 5 个工作日") as told:
        _publish(batch, ends_on=date(2026, 6, 5))
    assert "2026-06-08" in told.value.refusal.remedy
    with pytest.raises(RefusedError, match="过去的日子"):
        _publish(batch, starts_on=date(2026, 5, 29))
    with pytest.raises(RefusedError, match="公示方式"):
        _publish(batch, place=" ")
    publicity = _publish(batch)
    assert selectors.result_counts(batch) == {
        "total": 3, "passed": 1, "draft": 0, "published": 3, "final": 0,
    }  # fmt: skip
    with pytest.raises(RefusedError, match="没有待公示"):
        _publish(batch)
    with pytest.raises(RefusedError, match="已经公示，不能重新汇总"):
        services.compile_results(actor=SYSTEM, batch=batch)
    specs = {spec.kind: spec for spec in deadline_sources["scoring"](batch)}
    assert {kind: spec.due for kind, spec in specs.items()} == {
        "scoring.report": date(2026, 6, 2),
        "scoring.publicity_end": END,
        "scoring.final_from": date(2026, 6, 13),
        "scoring.publish_from": policies.exam_wait(batch).day,
        "scoring.review_apply": policies.review_deadline(publicity).day,
        "scoring.review_apply_outer": date(2026, 7, 1),
    }
    assert specs["scoring.report"].due == policies.report_due(batch).day
    assert specs["scoring.report"].done

    assert policies.final_from(publicity).day == date(2026, 6, 13)
    for day in (f.at(2026, 6, 8), f.at(2026, 6, 12)):
        with pytest.raises(RefusedError, match="最早于 2026-06-13 生效"):
            services.finalise(actor=SYSTEM, batch=batch, objections="无异议", at=day)
    with pytest.raises(RefusedError, match="无异议"):
        services.finalise(actor=SYSTEM, batch=batch, objections=" ", at=s.FINAL)
    with pytest.raises(RefusedError, match="不能使成绩生效"):
        services.finalise(actor=s.clerk().as_actor(), batch=batch, objections="无", at=s.FINAL)
    assert services.finalise(actor=SYSTEM, batch=batch, objections="无异议", at=s.FINAL) == 3
    assert [r.application_id for r in selectors.passed(batch)] == [one.id]
    passes = {
        (p.application_id, p.subject_code): (p.passed_on, p.valid_until)
        for p in SubjectPass.objects.all()
    }
    until = (date(2026, 5, 24), date(2027, 5, 24))
    assert passes == {(two.id, "practical"): until, (three.id, "theory"): until}
    publicity.refresh_from_db()
    assert (publicity.status, publicity.objections) == ("closed", "无异议")
    with pytest.raises(RefusedError):
        services.finalise(actor=SYSTEM, batch=batch, objections="无异议", at=s.FINAL)
    with pytest.raises(RefusedError, match="已结束"):
        services.attach_evidence(actor=SYSTEM, publicity=publicity, content=b"%PDF-1.4")


def test_results_changed_since_the_report_are_not_published() -> None:
    batch = s.examined(1)
    s.compiled(batch)
    services.report_results(actor=SYSTEM, batch=batch, at=s.REPORTED)
    assert selectors.reported_now(batch)
    services.reopen_subject(
        actor=SYSTEM, batch=batch, offering=batch.offerings.get(), subject=s.THEORY, reason="漏登"
    )
    from scoring.models import ScoreEntry

    for entry in ScoreEntry.objects.filter(subject=s.THEORY):
        services.correct_entry(
            actor=entry.entered_by.as_actor(), entry=entry, score=Decimal(82), reason="漏登"
        )
    s.check(batch, s.THEORY)
    services.compile_results(actor=SYSTEM, batch=batch)
    assert not selectors.reported_now(batch)
    with pytest.raises(RefusedError, match="还没有上报"):
        _publish(batch)


def test_the_evidence_of_publicity_and_the_public_list() -> None:
    batch = s.examined(1, absent={s.PRACTICAL: [0]})
    publicity = s.published(batch)
    with pytest.raises(RefusedError, match="PNG"):
        services.attach_evidence(actor=SYSTEM, publicity=publicity, content=b"MZ")
    with pytest.raises(RefusedError, match="10 MB"):
        services.attach_evidence(
            actor=SYSTEM, publicity=publicity, content=b"%PDF" + bytes(services.EVIDENCE_LIMIT)
        )
    kept = services.attach_evidence(actor=SYSTEM, publicity=publicity, content=b"\x89PNG..")
    assert kept.evidence.name.endswith(".png")
    assert len(kept.evidence_digest) == 64
    table = public_list(batch)
    row = s.people_of(batch)[0]
    assert table.heads == [
        "准考证号", "姓名", "职业", "等级", "理论知识考试", "技能操作考核", "评定结果",
    ]  # fmt: skip
    assert [list(each) for each in table.rows] == [
        [row.ticket.number, row.person.name, "电工", "四级/中级工", "80.00", "缺考", "不合格"]
    ]
