"""The demo of a rulebook with other routes than the examination, as far as its certificates."""

import pytest
from django.core.management import call_command

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import OpenSet
from assessment_center.registry.entries import demo_steps
from candidates.models import Application
from certificates.models import Certificate
from scoring.models import FinalResult, RecognitionDecision

pytestmark = pytest.mark.django_db
NEEDED = ("foundation.", "candidates.", "questionbank.", "exams.", "scoring.", "certificates.")


def test_each_route_reaches_its_certificate_and_one_batch_waits(monkeypatch) -> None:
    from assessment_center.batches.management.commands import load_demo

    some = OpenSet("demo_steps")
    for order, (key, step) in enumerate(demo_steps.items()):
        if key.startswith(NEEDED):
            some.register(key, step, order=order)
    monkeypatch.setattr(load_demo, "demo_steps", some)
    call_command("load_demo", rulebook="henan", candidates=8)
    pure = AssessmentBatch.objects.get(exam_starts="2026-06-08")
    assert pure.status == "completed"
    rows = Application.objects.filter(batch=pure)
    assert set(rows.values_list("route", flat=True)) == {"direct", "process", "credit", "contest"}
    results = FinalResult.objects.filter(batch=pure)
    assert results.count() == rows.filter(status="confirmed").count()
    assert {str(each.subjects) for each in results} == {"[]"}
    issued = Certificate.objects.filter(batch=pure, status__in=["issued", "handed_out"])
    assert issued.count() == results.filter(passed=True).count() > 0
    done = AssessmentBatch.objects.get(exam_starts="2026-05-23")
    routes = Certificate.objects.filter(batch=done).values_list("application__route", flat=True)
    assert {"exam", "direct", "process"} <= set(routes)
    waiting = RecognitionDecision.objects.exclude(status="confirmed")
    assert {each.application.batch.status for each in waiting} == {"approved"}
