"""The checks of scoring over a batch: each sees its fault."""

import pytest

from assessment_center.conformance.declarations import Failed, NotApplicable, Passed
from assessment_center.registry import SYSTEM
from scoring import conformance as checks
from scoring import services
from tests.factories import foundation as f
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db
ALL = (
    checks.scores_reported_in_time, checks.reviews_answered_in_time,
    checks.publicity_has_evidence, checks.every_result_has_its_subjects,
    checks.objections_are_recorded,
)  # fmt: skip


def test_nothing_applies_before_marking() -> None:
    batch = f.make_batch()
    assert [type(each(batch)) for each in ALL] == [NotApplicable] * 5


def test_faults_are_seen_and_a_clean_batch_passes() -> None:
    batch = s.examined(1)
    s.compiled(batch)
    assert isinstance(checks.scores_reported_in_time(batch), NotApplicable)
    services.report_results(actor=SYSTEM, batch=batch, late_reason="平台维护", at=f.at(2026, 6, 3))
    assert isinstance(checks.scores_reported_in_time(batch), Failed)
    publicity = services.publish(
        actor=SYSTEM, batch=batch, starts_on=f.at(2026, 6, 3).date(),
        ends_on=f.at(2026, 6, 10).date(), place="网站", at=f.at(2026, 6, 3),
    )  # fmt: skip
    assert isinstance(checks.publicity_has_evidence(batch), Failed)
    assert isinstance(checks.objections_are_recorded(batch), NotApplicable)
    services.attach_evidence(actor=SYSTEM, publicity=publicity, content=b"%PDF-1.4")
    asked = services.request_review(
        actor=SYSTEM, result=batch.results.get(), subject=s.THEORY, reason="合分",
        at=f.at(2026, 6, 4),
    )  # fmt: skip
    services.answer_review(
        actor=s.clerk().as_actor(), review=asked, answer="无误", at=f.at(2026, 6, 12)
    )
    assert isinstance(checks.reviews_answered_in_time(batch), Failed)
    services.finalise(actor=SYSTEM, batch=batch, objections="无异议", at=s.FINAL)
    rest = (checks.publicity_has_evidence, checks.every_result_has_its_subjects,
            checks.objections_are_recorded)  # fmt: skip
    assert [type(each(batch)) for each in rest] == [Passed] * 3
    batch.offerings.update(level=4)
    from candidates.models import Application

    Application.objects.filter(batch=batch).update(subjects=["theory"])
    assert isinstance(checks.every_result_has_its_subjects(batch), Failed)
