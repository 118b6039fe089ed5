"""Log lines without ID numbers: an address, a message or a traceback may hold one."""

import logging
import re

SHAPE = re.compile(r"(?<!\d)(\d{6})\d{11}[\dXx](?!\d)")


def masked(text: str) -> str:
    """Everything of the shape of a resident number, true or mistyped, keeps its region alone."""
    return SHAPE.sub(r"\1************", text)


class MaskedFormatter(logging.Formatter):
    """The line as it goes out, traceback and all, with its numbers masked."""

    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))
