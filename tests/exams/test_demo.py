"""The demo's own steps, on batches that reach different stages."""

import pytest

from assessment_center.demo import Demo
from exams import demo as steps
from exams.models import Packet, Room, SeatAssignment, Violation
from exams.selectors import missing_records
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rulebook", ["chongqing", "henan", "shandong", "fujian", "jilin"])
def test_the_steps_carry_batches_as_far_as_they_reach(rulebook):
    build.staff(10)
    said: list[str] = []
    done = build.batch_with((("电工", 9), ("焊工", 8)), rulebook=rulebook)
    waiting = build.batch_with((("电工", 3),), rulebook=rulebook)
    demo = Demo(rulebook=rulebook, candidates=17, say=said.append)
    demo.batches = {"done": done, "arranging": waiting}
    demo.reach = {"done": "archive", "arranging": "report"}
    for step in (steps.arrange, steps.tickets, steps.exam_day):
        step(demo)
    assert set(done.sittings.values_list("status", flat=True)) == {"recorded"}
    assert not missing_records(done).exists()
    assert set(Packet.objects.values_list("state", flat=True)) == {"returned"}
    assert Violation.objects.count() == 1
    assert not SeatAssignment.objects.filter(sitting__batch=waiting).exists()
    assert Room.objects.filter(kind="practical").count() == 2
    assert len(said) >= 3


def test_a_batch_without_candidates_is_passed_over():
    demo = Demo(rulebook="chongqing", candidates=0, say=print)
    demo.batches = {"done": make.make_batch()}
    demo.reach = {"done": "ticket"}
    steps.arrange(demo)
    steps.tickets(demo)
    assert not SeatAssignment.objects.exists()
