"""What the steps of `load_demo` share: the actors, the batches, and how far each batch goes."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, Actor

if TYPE_CHECKING:
    from assessment_center.accounts.models import User
    from assessment_center.batches.models import AssessmentBatch
    from assessment_center.organization.models import AssessmentCentre

STAGES = (
    "plan",
    "announce",
    "register",
    "review",
    "fee",
    "report",
    "arrange",
    "ticket",
    "papers",
    "exam",
    "score",
    "publicity",
    "certificate",
    "archive",
)


@dataclass
class Demo:
    """One loading of the demo centre; every step works through services only.

    `reach[batch name]` is the last stage that batch completes.
    """

    rulebook: str
    candidates: int
    say: Callable[[str], None]
    rng: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311
    centre: "AssessmentCentre | None" = None
    users: "dict[str, User]" = field(default_factory=dict)
    batches: "dict[str, AssessmentBatch]" = field(default_factory=dict)
    reach: dict[str, str] = field(default_factory=dict)

    def actor(self, role: Role | str) -> Actor:
        user = self.users.get(str(role))
        return user.as_actor() if user else SYSTEM

    def reaches(self, name: str, stage: str) -> bool:
        """Does the batch of this name complete `stage`?"""
        return STAGES.index(self.reach[name]) >= STAGES.index(stage)

    def reaching(self, stage: str) -> "list[AssessmentBatch]":
        """All demo batches that complete `stage`, the furthest first."""
        found = [name for name in self.batches if self.reaches(name, stage)]
        found.sort(key=lambda name: -STAGES.index(self.reach[name]))
        return [self.batches[name] for name in found]
