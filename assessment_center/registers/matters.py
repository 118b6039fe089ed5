"""Finding the batch a line belongs to: higher packages say how, the registers keep key and code."""

from collections.abc import Callable

from assessment_center.registry import OpenSet, SubjectRef

# find(code) -> reference of the record with this code, or None.
matters: OpenSet[Callable[[str], SubjectRef | None]] = OpenSet("register_matters")


def find(code: str) -> SubjectRef | None:
    """The batch with this code, by whichever package knows it."""
    for look in matters:
        if found := look(code):
            return found
    return None
