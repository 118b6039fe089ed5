"""The demo's own steps, on batches that reach different stages."""

import pytest

from assessment_center.demo import Demo
from exams import demo as steps
from exams.models import SeatAssignment
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


def test_a_batch_without_candidates_is_passed_over():
    demo = Demo(rulebook="chongqing", candidates=0, say=print)
    demo.batches = {"done": make.make_batch()}
    demo.reach = {"done": "ticket"}
    steps.arrange(demo)
    steps.tickets(demo)
    assert not SeatAssignment.objects.exists()
