"""The demo's duties of which the program keeps no record: ticked for what is past."""

from django.utils import timezone

from assessment_center.deadlines.enums import Nature
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.services import sync, tick
from assessment_center.deadlines.services.ticking import answers_for
from assessment_center.demo import Demo
from assessment_center.registry import Actor
from assessment_center.registry.entries import demo_steps

NOTE = "见当日工作记录"


def keep_deadlines(demo: Demo) -> None:
    """Every batch has its deadlines; in the finished ones what was due was done by its day."""
    told = ticked = 0
    for name, batch in demo.batches.items():
        rows = sync(batch)
        told += len(rows)
        if demo.reaches(name, "certificate"):
            ticked += sum(_tick(demo, row) for row in rows)
    demo.say(f"期限 {told} 条，登记办结 {ticked} 条")


def _tick(demo: Demo, row: Deadline) -> bool:
    past = row.due is not None and row.due <= timezone.localdate()
    actor = _answering(demo, row)
    if actor is None or not past or not row.by_hand or row.done_at or row.nature == Nature.EVENT:
        return False
    tick(actor=actor, deadline=row, note=NOTE, done_on=row.due)
    return True


def _answering(demo: Demo, row: Deadline) -> Actor | None:
    actors = (user.as_actor() for user in demo.users.values())
    return next((each for each in actors if answers_for(each, row)), None)


demo_steps.register("foundation.deadlines", keep_deadlines, order=650)
