"""The demo's first steps build a centre that keeps its own rules, whichever the rulebook."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assessment_center.batches import demo as steps
from assessment_center.batches.enums import AnnouncementStatus, BatchStatus
from assessment_center.batches.management.commands import load_demo
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.models import SchoolClass, StudentRecord
from assessment_center.personnel.models import StaffMember
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


@pytest.mark.parametrize("rulebook", load_demo.RULEBOOKS)
def test_every_rulebook_has_its_demo(own_steps, rulebook):
    call_command("load_demo", rulebook=rulebook, candidates=3)
    batches = AssessmentBatch.objects.all()
    assert batches.count() == 5
    assert {batch.status for batch in batches} == {BatchStatus.ANNOUNCED}
    for batch in batches:
        assert batch.offerings.count() >= 1
        assert batch.announcements.get().status == AnnouncementStatus.PUBLISHED
    assert StudentRecord.objects.count() == 163
    assert SchoolClass.objects.count() >= 12
    assert StaffMember.objects.count() == 96


def test_a_second_rulebook_joins_the_same_centre(own_steps):
    call_command("load_demo", rulebook="chongqing", candidates=1)
    call_command("load_demo", rulebook="jilin", candidates=1)
    assert AssessmentBatch.objects.count() == 10
    with pytest.raises(CommandError, match="已经装入"):
        call_command("load_demo", rulebook="jilin", candidates=1)
    call_command("load_demo", if_empty=True)
