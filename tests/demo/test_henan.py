"""The demo under the Henan rulebook, whose routes lead to certificates without an examination."""

import pytest

from assessment_center.batches.models import AssessmentBatch
from candidates.models import Application
from certificates.models import Certificate
from scoring.models import FinalResult, RecognitionDecision
from tests.demo.walk import walk


@pytest.mark.django_db(transaction=True)
def test_every_stage_is_walked(settings, tmp_path, caplog) -> None:
    done = walk("henan", settings, tmp_path, caplog)
    pure = AssessmentBatch.objects.get(exam_starts="2026-06-08")
    rows = Application.objects.filter(batch=pure)
    assert set(rows.values_list("route", flat=True)) == {"direct", "process", "credit", "contest"}
    results = FinalResult.objects.filter(batch=pure)
    assert results.count() == rows.filter(status="confirmed").count()
    assert {str(each.subjects) for each in results} == {"[]"}
    issued = Certificate.objects.filter(batch=pure, status__in=["issued", "handed_out"])
    assert issued.count() == results.filter(passed=True).count() > 0
    routes = Certificate.objects.filter(batch=done).values_list("application__route", flat=True)
    assert {"exam", "direct", "process"} <= set(routes)
    waiting = RecognitionDecision.objects.exclude(status="confirmed")
    assert {each.application.batch.status for each in waiting} == {"approved"}
