"""Papers from elsewhere than the own bank: whoever keeps them says how they stand (PAPER-01)."""

from collections.abc import Callable
from dataclasses import replace

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import OpenSet
from assessment_center.registry.entries import StageState, StageView

paper_supplies: OpenSet[Callable[[AssessmentBatch], StageView]] = OpenSet("paper_supplies")
OPEN_FIRST: tuple[StageState, ...] = ("bad", "due", "now", "idle", "seal", "done")


def joined(one: StageView, other: StageView) -> StageView:
    """Two sources of papers as one stage, as far as the one that is less far."""
    first, second = (one, other) if one.primary is not None else (other, one)
    spare = [second.primary] if second.primary is not None else []
    return replace(
        first,
        state=min(one.state, other.state, key=OPEN_FIRST.index),
        note="，".join(str(each) for each in (one.note, other.note) if each),
        facts=[*one.facts, *other.facts],
        lines=[*one.lines, *other.lines],
        blockers=[*one.blockers, *other.blockers],
        actions=[*first.actions, *second.actions, *spare],
    )
