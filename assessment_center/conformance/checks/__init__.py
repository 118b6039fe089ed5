"""Checks and declarations of the foundation; higher apps declare in their own `conformance`."""

from assessment_center.conformance.checks import (
    apart,
    appraisal,
    by_people,
    filing,
    foundation,
    planning,
    registers,
    reporting,
    safety,
    staff,
    timely,
)

__all__ = [
    "apart",
    "appraisal",
    "by_people",
    "filing",
    "foundation",
    "planning",
    "registers",
    "reporting",
    "safety",
    "staff",
    "timely",
]
