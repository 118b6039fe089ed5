"""Demos of two rulebooks at one centre; each whole one is walked in tests/demo."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment_center.batches import demo as steps
from assessment_center.batches.management.commands import load_demo
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import OpenSet

pytestmark = pytest.mark.django_db


@pytest.fixture
def own_steps(monkeypatch):
    """Only the steps of this part: the others are tested beside theirs."""
    own = OpenSet("demo_steps")
    for order, step in enumerate(
        (steps.accounts, steps.centre, steps.people, steps.staff, steps.batches)
    ):
        own.register(step.__name__, step, order=order)
    monkeypatch.setattr(load_demo, "demo_steps", own)


def test_a_second_rulebook_joins_the_same_centre(own_steps):
    call_command("load_demo", rulebook="chongqing", candidates=1)
    call_command("load_demo", rulebook="jilin", candidates=1)
    assert AssessmentBatch.objects.count() == 10
    with pytest.raises(CommandError, match="已经装入"):
        call_command("load_demo", rulebook="jilin", candidates=1)
    call_command("load_demo", if_empty=True)
