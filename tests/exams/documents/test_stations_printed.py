"""Workstations on paper: told wherever their numbers are others than the seats' (VEN-11)."""

import pytest

from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from exams import services
from exams.models import Room
from exams.stations import station_labels
from tests.assessment_center.pdf import reading
from tests.exams import build

pytestmark = pytest.mark.django_db
STATIONS = ((1, 2), (12, 1))  # number and how many work there at once: seats 1, 2 and 3
SEATED = ("seat-table", "desk-labels", "door-notice", "sign-in", "admission-tickets")


def printed(rulebook: str, stations: tuple[tuple[int, int], ...]) -> dict[str, str]:
    """The text of every practical sheet, and of the tickets, of three candidates."""
    batch = build.batch_with((("电工", 3),), rulebook=rulebook)
    batch.applications.update(subjects=["practical"])
    shop = build.room(kind="practical", rows=1, columns=5)
    wanted = [services.Station(number, capacity=many) for number, many in stations]
    services.save_stations(actor=SYSTEM, room=shop, stations=wanted)
    services.plan_practical(
        actor=SYSTEM, batch=batch, starts_at=build.PRACTICAL_STARTS, minutes=60, rooms=[shop]
    )
    for sitting in batch.sittings.all():
        done = services.arrange_seats(actor=SYSTEM, sitting=sitting)
        services.confirm_arrangement(actor=SYSTEM, sitting=done)
    services.issue_tickets(actor=SYSTEM, batch=batch, at=build.TICKETS_AT)
    found = {}
    for slug in SEATED:
        parts = documents[slug].render(batch, SYSTEM)
        text = "".join(reading.text(data) for _stem, data in parts)
        found[slug] = "".join(text.split())
    return found


@pytest.mark.parametrize(("rulebook", "drawn"), [("shandong", False), ("jilin", True)])
def test_the_workstation_stands_beside_the_seat(rulebook: str, *, drawn: bool) -> None:
    found = printed(rulebook, STATIONS)
    for slug in ("seat-table", "desk-labels", "admission-tickets"):
        told = not (drawn and slug == "admission-tickets")  # a lot is drawn at the door
        copies = (2 if slug == "seat-table" else 1) * told
        numbers = [found[slug].count(f"{number}号工位") for number in (1, 12)]
        assert numbers == [2 * copies, copies], slug
    for slug in ("door-notice", "sign-in"):
        assert "工位号" in found[slug]
        assert "0312" in found[slug], slug  # seat 03, workstation 12


def test_stations_numbered_as_the_seats_are_not_told_twice() -> None:
    found = printed("shandong", ((1, 1), (2, 1), (3, 1)))
    assert [slug for slug, text in found.items() if "工位号" in text or "号工位" in text] == []
    assert station_labels(Room.objects.values_list("pk", flat=True)) == {}
