"""What the rooms tell the filing form: where candidates are examined, and how many at once."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.registry.entries import FilingFact, FilingFacts, FilingPart, filing_facts
from exams.enums import RoomKind
from exams.models import Room

KINDS: dict[FilingPart, frozenset[RoomKind]] = {
    "theory_place": frozenset({RoomKind.THEORY, RoomKind.COMPUTER}),
    "practical_place": frozenset({RoomKind.PRACTICAL}),
}


def rooms(part: FilingPart) -> Sequence[FilingFact]:
    """Rooms in use, site by site (FIL-28); the area is not kept with a room."""
    kinds = [kind.value for kind in KINDS[part]]
    found = Room.objects.filter(is_active=True, site__is_active=True, kind__in=kinds)
    unit = _("座") if part == "theory_place" else _("工位")
    return [
        FilingFact(
            (room.name, room.site.address, "", f"{room.capacity} {unit}"), group=room.site.name
        )
        for room in found.select_related("site").order_by("site__name", "name")
    ]


def _theory(_centre: Any) -> Sequence[FilingFact]:
    return rooms("theory_place")


def _practical(_centre: Any) -> Sequence[FilingFact]:
    return rooms("practical_place")


filing_facts.register("exams.theory", FilingFacts("theory_place", _theory), order=10)
filing_facts.register("exams.practical", FilingFacts("practical_place", _practical), order=20)
