"""The structure of a certificate number (人社鉴发〔2019〕2号): 13 + 2 + 1 + 6 characters.

Filing number of the centre, last two digits of the year, level, serial of that year and level.
A rulebook without levels is not numbered here: its certificates come from the authority.
"""

import re
from dataclasses import dataclass

FILING_LENGTH = 13
MAX_SERIAL = 999_999
STRUCTURE = re.compile(r"^(?P<filing>[A-Z]\d{12})(?P<year>\d{2})(?P<level>[1-5])(?P<serial>\d{6})$")


class NumberError(ValueError):
    """The parts do not make a number, or a text is none; `part` names which."""

    def __init__(self, part: str) -> None:
        self.part = part
        super().__init__(part)


@dataclass(frozen=True, slots=True)
class NumberParts:
    filing: str
    year: int
    level: int
    serial: int

    def __str__(self) -> str:
        return compose(filing=self.filing, year=self.year, level=self.level, serial=self.serial)


def compose(*, filing: str, year: int, level: int, serial: int, pattern: str = "") -> str:
    """22 characters; `pattern` is the rulebook's own expression. Raises `NumberError`."""
    if not re.fullmatch(r"[A-Z]\d{12}", filing):
        raise NumberError("filing")
    if level not in range(1, 6):
        raise NumberError("level")
    if not 1 <= serial <= MAX_SERIAL:
        raise NumberError("serial")
    number = f"{filing}{year % 100:02d}{level}{serial:06d}"
    if pattern and not re.fullmatch(pattern, number):
        raise NumberError("pattern")
    return number


def parse(text: str) -> NumberParts:
    """The parts of a number; the year is read as 2000 + two digits. Raises `NumberError`."""
    found = STRUCTURE.match(text.strip().upper())
    if not found:
        raise NumberError("structure")
    return NumberParts(
        found["filing"], 2000 + int(found["year"]), int(found["level"]), int(found["serial"])
    )
