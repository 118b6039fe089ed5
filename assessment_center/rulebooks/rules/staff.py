"""What staff and the institution itself must not do, and what follows (area 23)."""

from dataclasses import dataclass
from typing import Literal

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.choices import Decider

StaffGroup = Literal[
    "exam_staff",
    "proctor",
    "assessor",
    "supervisor",
    "expert",
    "bank_staff",
    "registration_staff",
    "certificate_staff",
    "paper_keeper",
    "archive_user",
    "institution",
]
StaffEffect = Literal[
    "end_duty",
    "replace",
    "lose_session",
    "criticise",
    "notice",
    "tell_employer",
    "correct_in_time",
    "pause_duty",
    "lose_post",
    "cancel_card",
    "end_hire",
    "bar",
    "bar_for_good",
    "discipline",
    "liability",
    "justice",
    "interview",
    "warn",
    "suspend_institution",
    "delist_institution",
    "decided_by_body",
]


@dataclass(frozen=True, slots=True)
class StaffPenalty:
    """A class of consequences for staff or the institution, in the order they grow heavier.

    `discretion` are the effects among which the deciding body chooses by the gravity of the case
    (“视情况”, “或”, “情节严重的”); the others always follow. `bar_years` is the time of an effect
    `bar`; `suspension_months` the least and the longest time of a suspension, where the rulebook
    states one.
    """

    code: str
    label: str
    effects: tuple[StaffEffect, ...]
    bar_years: int | None = None
    suspension_months: tuple[int, int] | None = None
    discretion: tuple[StaffEffect, ...] = ()

    @property
    def always(self) -> tuple[StaffEffect, ...]:
        """What follows in every case of this class."""
        return tuple(each for each in self.effects if each not in self.discretion)

    def __post_init__(self) -> None:
        if not set(self.discretion) <= set(self.effects):
            msg = "可酌情的处理（discretion）须在处理（effects）之内"
            raise ValueError(msg)
        if self.bar_years is not None and "bar" not in self.effects:
            msg = "写了禁止年限（bar_years），处理（effects）中须有 bar"
            raise ValueError(msg)
        if self.suspension_months is not None and "suspend_institution" not in self.effects:
            msg = "写了停业月数（suspension_months），处理（effects）中须有 suspend_institution"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class StaffViolation:
    """An act of staff or of the institution; `decided_by` is the body that settles it."""

    code: str
    groups: tuple[StaffGroup, ...]
    act: str
    penalty: str
    decided_by: Decider
    cite: tuple[Citation, ...]
    rows: tuple[str, ...]
