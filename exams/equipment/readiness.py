"""Whether what stands in the rooms of a sitting may be used on its day (EQP-05, EQP-07)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.registry import ALLOWED, Citation, Outcome, Refused
from exams.equipment.basis import articles
from exams.equipment.enums import CheckMoment, Reason, Standing
from exams.equipment.room_selectors import unchecked_rooms
from exams.equipment.selectors import faults_of, with_use
from exams.equipment.wording import fault_words
from exams.models import Equipment, Sitting, SittingRoom
from exams.policies import exam_day
from exams.rules.equipment import Fault
from exams.stations import taken_stations

MEASURED = frozenset({Reason.NEVER_CALIBRATED, Reason.FAILED, Reason.EXPIRED})
REMEDIES = {
    True: gettext_lazy("请换用检定合格的器具，或把它移出该考场（工位）。"),
    False: gettext_lazy("请修复、收回或补充，或把它移出该考场（工位）。"),
}


@dataclass(frozen=True, slots=True)
class Blocked:
    """A piece that keeps a room or a workstation from being used, and by which article."""

    equipment: Equipment
    fault: Fault
    citations: tuple[Citation, ...]

    @property
    def text(self) -> str:
        return fault_words(self.fault)


def blocked_in(sitting: Sitting) -> Iterator[Blocked]:
    """Pieces of the sitting's rooms and of the workstations taken that may not be used that day.

    An expired calibration counts where the rulebook forbids it; what is not there, always.
    """
    rules, day = sitting.batch.rules, exam_day(sitting)
    found = Equipment.objects.filter(room__uses__sitting=sitting, state=Standing.IN_USE)
    if not found.exists():
        return
    seated = taken_stations(sitting)
    used = {room for room, _seat in seated}
    for one in with_use(found).order_by("room__name", "station", "number"):
        if one.room_id not in used or (one.station and (one.room_id, one.station) not in seated):
            continue
        for fault in faults_of(one, day):
            measured = fault.reason in MEASURED
            cited = articles("EQP-07" if measured else "EQP-05", rules)
            if cited:
                yield Blocked(one, fault, cited)


def equipment_ready(sitting: Sitting) -> Outcome:
    """Refuses with the first piece that may not be used: which, where, on which day, and why."""
    first = next(blocked_in(sitting), None)
    if first is None:
        return ALLOWED
    return Refused(
        _("%(place)s 的%(equipment)s%(why)s，%(day)s 不能使用。")
        % {
            "place": first.equipment.place,
            "equipment": first.equipment,
            "why": first.text,
            "day": exam_day(sitting).isoformat(),
        },
        first.citations,
        str(REMEDIES[first.fault.reason in MEASURED]),
    )


def rooms_checked(sitting: Sitting) -> Outcome:
    """EQP-05: the equipment of every room was looked over and found sound before the start."""
    cited = articles("EQP-05", sitting.batch.rules)
    rooms = SittingRoom.objects.filter(sitting=sitting).select_related("room__site")
    open_rooms = unchecked_rooms(rooms.order_by("number"), CheckMoment.BEFORE)
    if not open_rooms or not cited:
        return ALLOWED
    return Refused(
        _("%(rooms)s 的设备还没有考前检查合格，不能开考。")
        % {"rooms": "、".join(str(each.room) for each in open_rooms)},
        cited,
        _("请检查确认，不合要求的调试、补充后再检查一次。"),
    )
