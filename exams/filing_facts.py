"""What the rooms tell the filing form: where people work and are examined, and how large it is."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.registry.entries import FilingFact, FilingFacts, FilingPart, filing_facts
from exams.enums import RoomKind
from exams.models import Room

KINDS: dict[FilingPart, frozenset[RoomKind]] = {
    "work_place": frozenset({RoomKind.OFFICE}),
    "theory_place": frozenset({RoomKind.THEORY, RoomKind.COMPUTER}),
    "practical_place": frozenset({RoomKind.PRACTICAL}),
}
UNITS = {"theory_place": _("座"), "practical_place": _("工位")}


def rooms(part: FilingPart) -> Sequence[FilingFact]:
    """Rooms in use, site by site (FIL-28), with their area where it is known."""
    kinds = [kind.value for kind in KINDS[part]]
    found = Room.objects.filter(is_active=True, site__is_active=True, kind__in=kinds)
    ordered = found.select_related("site").order_by("site__name", "name")
    return [_fact(room, part) for room in ordered.prefetch_related("stations__occupations")]


def _fact(room: Room, part: FilingPart) -> FilingFact:
    unit = UNITS.get(part)
    number = f"{room.capacity} {unit}" if unit else ""
    area = str(room.area) if room.area else ""
    cells = (room.name, room.site.address, area, number)
    return FilingFact(cells, room.site.name, _serves(room))


def _serves(room: Room) -> tuple[str, ...]:
    """Codes of the occupations its workstations are for; empty where one of them takes any."""
    codes = set[str]()
    for station in room.stations.all():
        own = {each.code for each in station.occupations.all()}
        if station.is_usable and not own:
            return ()
        codes |= own
    return tuple(sorted(codes))


def _work(_centre: Any) -> Sequence[FilingFact]:
    return rooms("work_place")


def _theory(_centre: Any) -> Sequence[FilingFact]:
    return rooms("theory_place")


def _practical(_centre: Any) -> Sequence[FilingFact]:
    return rooms("practical_place")


filing_facts.register("exams.work", FilingFacts("work_place", _work), order=5)
filing_facts.register("exams.theory", FilingFacts("theory_place", _theory), order=10)
filing_facts.register("exams.practical", FilingFacts("practical_place", _practical), order=20)
