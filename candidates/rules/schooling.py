"""Kinds of schools and classes, and which of them are kinds of one another.

Conditions name schooling by school (技师学院) in one place and by class (预备技师班) in another.
A class of a technician college is schooling at a technical school all the same.
"""

TECHNICAL = frozenset({"technical_school"})
SENIOR = TECHNICAL | {"senior_worker_class", "senior_worker"}
COLLEGE = frozenset({"college"})
ALSO: dict[str, frozenset[str]] = {
    "bachelor": COLLEGE,
    "evaluated_programme": COLLEGE | {"higher_vocational"},
    "intermediate_worker": TECHNICAL,
    "senior_worker": SENIOR,
    "senior_worker_class": SENIOR,
    "senior_technical_school": TECHNICAL,
    "technician_college": TECHNICAL,
    "preparatory_technician": SENIOR | {"technician_college"},
    "technician": SENIOR | {"technician_college"},
}
_KINDS = {kind: more | {kind} for kind, more in ALSO.items()}


def kinds_of(kind: str) -> frozenset[str]:
    """The kind itself and every kind it counts as."""
    return _KINDS.get(kind) or frozenset({kind})
