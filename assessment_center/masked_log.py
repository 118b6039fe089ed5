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


class Masking(logging.Formatter):
    """Another formatter's line with its numbers masked."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        return masked(self.inner.format(record))


def mask_handlers(logger: logging.Logger) -> None:
    """Put the lines of a logger's own handlers under the law, in their own form."""
    for handler in logger.handlers:
        form = handler.formatter or logging.Formatter()
        if not isinstance(form, MaskedFormatter | Masking):
            handler.setFormatter(Masking(form))
