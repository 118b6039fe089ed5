"""The demo's scores, through every earlier step of the demo."""

import pytest
from django.core.management import call_command

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import OpenSet
from assessment_center.registry.entries import demo_steps
from scoring.models import FinalResult, ScoreEntry, ScoreReview
from scoring.overview import sheet_states

pytestmark = pytest.mark.django_db
NEEDED = ("foundation.", "candidates.", "questionbank.", "exams.", "scoring.")


@pytest.fixture
def steps_so_far(monkeypatch):
    from assessment_center.batches.management.commands import load_demo

    some = OpenSet("demo_steps")
    for order, (key, step) in enumerate(demo_steps.items()):
        if key.startswith(NEEDED):
            some.register(key, step, order=order)
    monkeypatch.setattr(load_demo, "demo_steps", some)


def test_one_batch_is_final_and_one_in_the_middle_of_entry(steps_so_far, capsys):
    call_command("load_demo", rulebook="chongqing", candidates=16)
    done = AssessmentBatch.objects.get(exam_starts="2026-05-23")
    results = FinalResult.objects.filter(batch=done)
    assert set(results.values_list("status", flat=True)) == {"final"}
    assert results.filter(passed=True).exists()
    assert ScoreReview.objects.filter(result__batch=done).exclude(status="unchanged").count() == 0
    assert ScoreReview.objects.filter(result__batch=done).count() <= 1
    assert done.reports.get(kind="results").status == "approved"
    middle = AssessmentBatch.objects.get(exam_starts="2026-11-14")
    assert not FinalResult.objects.filter(batch=middle).exists()
    assert ScoreEntry.objects.filter(application__batch=middle).exists()
    assert any(state.different for state in sheet_states(middle))
