"""The minutes of an exam day that a rulebook names, in the order of the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.settings_fields import Settings

MOMENTS = (
    "t_meeting",
    "t_room_unseal",
    "t_practical_staff",
    "t_staff_in_room",
    "t_paper_pickup",
    "t_cordon_entry",
    "t_waiting_entry",
    "t_candidate_entry",
    "t_draw",
    "t_all_ready",
    "t_read_rules",
    "t_paper_open",
)
PRACTICAL_ONLY = frozenset({"t_practical_staff"})
IN_ROOM_ONLY = frozenset({"t_staff_in_room", "t_paper_open"})


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    key: str
    citations: tuple[Citation, ...] = ()


def timetable(
    settings: Settings, subject: str, starts_at: datetime, ends_at: datetime
) -> list[Moment]:
    """What happens when in one sitting; what the rulebook does not say is left out.

    A default without an article is for the office's own planning and is never posted as a rule.
    """
    found = [Moment(starts_at, "start"), Moment(ends_at, "end")]
    for name in MOMENTS:
        if (name in PRACTICAL_ONLY and subject != "practical") or (
            name in IN_ROOM_ONLY and subject == "practical"
        ):
            continue
        cited: Cited[int | Mapping[str, int]] | None = getattr(settings, name)
        minutes = _minutes(cited, subject)
        if cited is not None and cited.citations and minutes is not None:
            found.append(Moment(starts_at + timedelta(minutes=minutes), name, cited.citations))
    found += _after_start(settings, subject, starts_at, ends_at)
    return sorted(found, key=lambda moment: moment.at)


def _minutes(cited: Cited[int | Mapping[str, int]] | None, subject: str) -> int | None:
    if cited is None:
        return None
    value = cited.value
    return value if isinstance(value, int) else value.get(subject)


def _after_start(
    settings: Settings, subject: str, starts_at: datetime, ends_at: datetime
) -> list[Moment]:
    found = []
    late: Cited[int] | None = getattr(settings, f"late_limit_{subject}_min", None)
    if late is not None:
        found.append(
            Moment(starts_at + timedelta(minutes=late.value), "late_limit", late.citations)
        )
    leave: Cited[int] | None = getattr(settings, f"early_leave_{subject}_min", None)
    if leave is not None:
        found.append(
            Moment(starts_at + timedelta(minutes=leave.value), "early_leave", leave.citations)
        )
    absent, end = settings.absence_mark_at_min, settings.end_reminder_min
    if absent is not None:
        found.append(
            Moment(starts_at + timedelta(minutes=absent.value), "absence_mark", absent.citations)
        )
    if end is not None:
        found.append(Moment(ends_at + timedelta(minutes=end.value), "end_reminder", end.citations))
    return found
