"""What a change of an announcement may bring, and how it is told (PLAN-05, RPT-05)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# The fields of a batch that an announcement makes known, in the order they are told.
CHANGEABLE = ("registration_closes", "exam_starts", "exam_ends", "exam_place")
TIME_OR_PLACE = frozenset({"exam_starts", "exam_ends", "exam_place"})


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing announced that changes: its name, what was told, what holds from now on."""

    field: str
    label: str
    before: str
    after: str


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """What really is another value; an empty one leaves things as they are."""
    return {
        field: after[field]
        for field in CHANGEABLE
        if after.get(field) and after[field] != before[field]
    }


def moves_exam(changes: Mapping[str, str]) -> bool:
    """Whether time or place of the examination is another one."""
    return bool(TIME_OR_PLACE & changes.keys())


def compose_change(original: str, changed: Sequence[Changed], reason: str) -> str:
    """The text of a change: what it changes, why, and each thing before and after."""
    because = f"因{reason.rstrip('。')}，" if reason else ""
    lines = [f"{because}现将《{original}》的有关安排变更如下："]
    lines += [
        f"（{place}）{each.label}：由“{each.before}”变更为“{each.after}”。"
        for place, each in enumerate(changed, start=1)
    ]
    return "\n".join([*lines, "其他事项仍按原公告执行。"])
