"""Amounts of money as people and workbooks write them, in cents."""

import re
import unicodedata
from decimal import Decimal

AMOUNT = re.compile(r"[0-9]{1,7}(\.[0-9]{1,2})?")  # below ten million, as the tables hold
MARKS = re.compile(r"[\s,¥元]|人民币")
HUNDRED = 100


def cents(text: object) -> int:
    """“300”, “￥1,200.50”, “300.00元” as cents; `ValueError` for anything not plainly an amount."""
    plain = MARKS.sub("", unicodedata.normalize("NFKC", str(text)))
    if not AMOUNT.fullmatch(plain):
        raise ValueError(plain)
    return int(Decimal(plain) * HUNDRED)


def plain_receipt(number: str) -> str:
    """A receipt's number as it is compared: without spaces and width variants."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", number))


def cap_left(*, income: int, spent: int, share: float) -> int:
    """Cents that may still be spent under a cap on the share of the income; negative: over it."""
    return int(Decimal(income) * Decimal(str(share))) - spent
