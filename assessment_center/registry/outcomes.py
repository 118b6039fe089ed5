"""Whether an act may be done; a refusal says why, by which article, and what to do instead."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment_center.registry.citations import Citation


@dataclass(frozen=True, slots=True)
class Allowed:
    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """`reason` and `remedy` are sentences for the user; `citations` the articles behind them."""

    reason: str
    citations: tuple[Citation, ...] = ()
    remedy: str = ""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        text = str(self.reason)
        if self.citations:
            text += f"（依据：{'、'.join(str(c) for c in self.citations)}）"
        if self.remedy:
            text += str(self.remedy)
        return text


Outcome = Allowed | Refused
ALLOWED = Allowed()


class RefusedError(Exception):
    """A service will not act; `refusal` is shown to the user as it is."""

    def __init__(
        self, reason: str | Refused, citations: Iterable[Citation] = (), remedy: str = ""
    ) -> None:
        if not isinstance(reason, Refused):
            reason = Refused(reason, tuple(citations), remedy)
        self.refusal = reason
        super().__init__(str(reason))


def require(outcome: Outcome) -> None:
    """Raise `RefusedError` unless the outcome is `Allowed`."""
    if isinstance(outcome, Refused):
        raise RefusedError(outcome)
