"""The timetable of a batch: what is sat together, groups by stations, turns before a panel.

Pure, and the same in every process for the same problem.
"""

from exams.rules.planning.explain import Limit, Shortage, explain
from exams.rules.planning.faults import Fault, Kind, faults
from exams.rules.planning.problem import (
    Block,
    Engagement,
    Place,
    Plan,
    Problem,
    Sitter,
    Span,
    Task,
)
from exams.rules.planning.search import solve

ALGORITHM = "timetable-1"

__all__ = [
    "ALGORITHM",
    "Block",
    "Engagement",
    "Fault",
    "Kind",
    "Limit",
    "Place",
    "Plan",
    "Problem",
    "Shortage",
    "Sitter",
    "Span",
    "Task",
    "explain",
    "faults",
    "solve",
]
