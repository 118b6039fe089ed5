"""The draw: a key published by its hash before, shown after, from which all chance comes."""

import hashlib
import random
from collections.abc import Iterable

from exams.rules.seating.problem import Candidate

ACCESSIBLE = "\taccessible"


def commitment(key: str) -> str:
    """What is published before the draw: the SHA-256 of the key, in hexadecimal."""
    return hashlib.sha256(key.encode()).hexdigest()


def generator(key: str, purpose: str) -> random.Random:
    """A stream of chance for one purpose; equal in every process and Python."""
    seed = hashlib.sha256(f"{purpose}\n{key}".encode()).digest()
    return random.Random(int.from_bytes(seed, "big"))  # noqa: S311


def candidates_digest(candidates: Iterable[Candidate]) -> str:
    """The SHA-256 of the list that was drawn, so that a replay can prove it is the same."""
    lines = sorted(
        f"{each.id}\t{each.paper}\t{each.group}{ACCESSIBLE * each.accessible}"
        for each in candidates
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
