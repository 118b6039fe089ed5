"""What may be entered as a mark, in pure Python."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum

PLACES = 2


class MarkFault(StrEnum):
    NOT_A_NUMBER = "not_a_number"
    TOO_FINE = "too_fine"
    OUT_OF_RANGE = "out_of_range"


def read_mark(text: str) -> Decimal:
    """The mark somebody typed; full-width figures are taken. Raises `ValueError`."""
    plain = text.strip().translate(FULL_WIDTH)
    if not plain.replace(".", "", 1).isdecimal() or not plain.isascii():
        raise ValueError(MarkFault.NOT_A_NUMBER.value)
    try:
        return Decimal(plain)
    except InvalidOperation:  # pragma: no cover - the check above leaves only plain numbers
        raise ValueError(MarkFault.NOT_A_NUMBER.value) from None


FULL_WIDTH = str.maketrans("０１２３４５６７８９．。", "0123456789..")  # noqa: RUF001


def fault_of(mark: Decimal, *, full: int) -> MarkFault | None:
    """What is wrong with a mark: no number, more than two decimals, outside 0 to `full`."""
    if not mark.is_finite():
        return MarkFault.NOT_A_NUMBER
    if not 0 <= mark <= full:
        return MarkFault.OUT_OF_RANGE
    if mark != round(mark, PLACES):
        return MarkFault.TOO_FINE
    return None
