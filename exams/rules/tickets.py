"""Admission numbers: the batch's code and a running number, so that they sort and stay unique."""

import re
from collections.abc import Iterable, Iterator

DIGITS = 5


def prefix(batch_code: str) -> str:
    """Letters and figures of the code, as they stand at the head of every number."""
    return re.sub(r"[^0-9A-Za-z]", "", batch_code).upper()


def numbers(batch_code: str, taken: Iterable[str]) -> Iterator[str]:
    """The next free numbers, rising, after those of any batch with the same head.

    Raises `ValueError` where the row is full: a longer number would no longer sort.
    """
    head = prefix(batch_code)
    used = [
        int(each[len(head) :])
        for each in taken
        if each.startswith(head) and each[len(head) :].isdigit() and len(each) == len(head) + DIGITS
    ]
    running = max(used, default=0)
    while True:
        running += 1
        if running >= 10**DIGITS:
            raise ValueError(f"the numbers of {head} are used up")
        yield f"{head}{running:0{DIGITS}d}"
