"""Where a rule stands: the rulebook's short name, and document and article as printed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """`rulebook` is the short code of the rulebook ("CQ"); `text` names document and article."""

    rulebook: str
    text: str

    def __str__(self) -> str:
        return self.text
