"""What later stages add to a candidate's page: entries of the timeline and buttons."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assessment_center.registry import Citation, OpenSet
from candidates.enums import LIVE
from candidates.models import Application

EntryState = Literal["done", "now", "due", "bad", "idle"]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened or comes next, in plain words; `at` sorts nothing, it is shown."""

    title: str
    detail: str = ""
    state: EntryState = "idle"
    at: datetime | None = None
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class PortalAction:
    """A button of the candidate's page; a posted one when `method` is post."""

    label: str
    url: str
    method: Literal["get", "post"] = "get"
    primary: bool = False


def _no_actions(_application: Application) -> Sequence[PortalAction]:
    return ()


@dataclass(frozen=True, slots=True)
class PortalPart:
    """One stage's share of the page; entries of all parts stand in the order of `order`.

    `until` names a part whose entries, once there are any, take the place of these.
    """

    key: str
    order: int
    entries: Callable[[Application], Sequence[TimelineEntry]]
    actions: Callable[[Application], Sequence[PortalAction]] = _no_actions
    until: str = ""


portal_parts: OpenSet[PortalPart] = OpenSet("portal_parts")


def add_part(part: PortalPart) -> PortalPart:
    return portal_parts.register(part.key, part, order=part.order)


def timeline(application: Application) -> list[TimelineEntry]:
    """The entries of all parts, in their order; nothing lies ahead of what has ended."""
    told = {part.key: list(part.entries(application)) for part in portal_parts}
    entries = (e for part in portal_parts if not told.get(part.until) for e in told[part.key])
    ended = application.status not in LIVE
    return [entry for entry in entries if not (ended and entry.state == "idle")]
