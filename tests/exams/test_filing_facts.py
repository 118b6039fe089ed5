"""What the rooms tell the filing form: offices, classrooms and workshops with their area."""

import pytest
from django.db import IntegrityError, transaction

from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import filing_facts
from exams import services
from exams.forms import PracticalForm, WrittenSlotForm
from exams.models import Room
from exams.setup_sheet import read_area
from tests.exams import build

pytestmark = pytest.mark.django_db


def told(part: str) -> list[tuple[str, ...]]:
    return [
        tuple(str(cell) for cell in fact.cells)
        for source in filing_facts
        if source.part == part
        for fact in source.facts(None)
    ]


def test_places_are_told_by_kind_with_their_area() -> None:
    office = build.room(kind="office", rows=1, columns=1)
    theory, shop = build.room(), build.room(kind="practical", rows=2, columns=3)
    Room.objects.filter(pk=office.pk).update(area=48)
    Room.objects.filter(pk=shop.pk).update(area=160)
    address = theory.site.address
    assert told("work_place") == [(office.name, address, "48", "")]
    assert told("theory_place") == [(theory.name, address, "", f"{theory.capacity} 座")]
    assert told("practical_place") == [(shop.name, address, "160", "6 工位")]
    Room.objects.update(is_active=False)
    assert told("work_place") == told("theory_place") == []


def test_a_workshop_tells_whom_it_serves() -> None:
    """F-218 names the rooms of its project alone; a station without occupations takes any."""
    offering = build.batch_with((("电工", 1),)).offerings.get()
    shop = build.room(kind="practical", rows=2, columns=3)
    stations = [services.Station(n, occupations=[offering.occupation]) for n in (1, 2)]

    def serves(*more: services.Station) -> tuple[str, ...]:
        services.save_stations(actor=SYSTEM, room=shop, stations=[*stations, *more])
        (source,) = (each for each in filing_facts if each.part == "practical_place")
        return next(fact.serves for fact in source.facts(None) if fact.cells[0] == shop.name)

    assert serves() == (offering.occupation.code,)
    assert serves(services.Station(3, is_usable=False)) == (offering.occupation.code,)
    assert serves(services.Station(3)) == ()


def test_an_area_is_more_than_nothing() -> None:
    assert read_area(72) == 72
    with pytest.raises(ValueError, match="大于 0"):
        read_area(0)
    room = build.room()
    with pytest.raises(IntegrityError, match="room_area_positive"), transaction.atomic():
        Room.objects.filter(pk=room.pk).update(area=0)


def test_an_office_is_never_offered_for_a_sitting() -> None:
    office = build.room(kind="office", rows=1, columns=1)
    for form in (WrittenSlotForm, PracticalForm):
        offered = form.base_fields["rooms"].queryset.all()
        assert office not in offered
