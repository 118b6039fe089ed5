"""The checks of the foundation beyond plan and report: each sees its fault."""

import pytest

from assessment_center.batches.models import AnnualPlan, AssessmentBatch
from assessment_center.conformance.checks import foundation
from assessment_center.conformance.declarations import Failed, NotApplicable, Passed
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from tests.factories.foundation import make_batch, make_offering

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch() -> AssessmentBatch:
    made = make_batch()
    make_offering(made)
    return made


def fresh(batch: AssessmentBatch) -> AssessmentBatch:
    return AssessmentBatch.objects.get(pk=batch.pk)


def test_a_scope_line_without_levels_is_found(batch: AssessmentBatch) -> None:
    assert isinstance(foundation.scope_lines_are_whole(batch), Passed)
    FiledScope.objects.update(levels=[])
    assert isinstance(foundation.scope_lines_are_whole(batch), Failed)
    Filing.objects.update(valid_until="2025-12-31")
    assert isinstance(foundation.scope_lines_are_whole(batch), NotApplicable)


def test_a_centre_without_its_facts_is_found(batch: AssessmentBatch) -> None:
    assert isinstance(foundation.centre_is_told(batch), Passed)
    AssessmentCentre.objects.update(authority_name="", phone="")
    found = foundation.centre_is_told(fresh(batch))
    assert isinstance(found, Failed)
    assert "电话、主管部门" in str(found.evidence[0])


def test_a_plan_without_lines_is_found(batch: AssessmentBatch) -> None:
    assert isinstance(foundation.plan_is_whole(batch), Passed)
    AnnualPlan.objects.get().lines.update(forecast=0)
    assert isinstance(foundation.plan_is_whole(batch), Failed)
    AnnualPlan.objects.get().lines.all().delete()
    assert isinstance(foundation.plan_is_whole(batch), Failed)
    AssessmentBatch.objects.update(plan=None)
    assert isinstance(foundation.plan_is_whole(fresh(batch)), NotApplicable)
