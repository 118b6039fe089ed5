"""A batch with as many admitted candidates as an instance has, written past the services."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone
from psycopg.types.range import TimestamptzRange

from assessment_center.people.models import Person, SchoolClass
from assessment_center.registry import SYSTEM
from candidates.models import Application
from exams import services
from exams.models import Room, Sitting, SittingRoom
from tests.factories import foundation as make

LOT = 5000


def sitting_of(instance: dict[str, Any], code: str) -> Sitting:
    """The theory sitting of a new batch: an offering per paper, a class per group, all rooms."""
    batch = make.make_batch(code)
    papers = sorted({each["paper"] for each in instance["candidates"]})
    offerings = {name: make.make_offering(batch, f"职业{name}") for name in papers}
    department = make.make_department()
    groups = sorted({each["class"] for each in instance["candidates"]})
    facts = {"major": "机电一体化技术", "enrolled_year": 2023, "graduation_year": 2026}
    classes = SchoolClass.objects.bulk_create(
        SchoolClass(department=department, name=f"{code}{name}", **facts) for name in groups
    )
    by_name = dict(zip(groups, classes, strict=True))
    _apply(instance, batch, offerings, by_name)
    starts = make.at(2026, 5, 23, 8, 30)
    sitting = Sitting.objects.create(
        batch=batch,
        number=1,
        subject_code="theory",
        starts_at=starts,
        ends_at=starts + timedelta(minutes=90),
    )
    _take(sitting, instance["rooms"])
    return sitting


def _apply(instance: dict[str, Any], batch: Any, offerings: Any, classes: Any) -> None:
    people = Person.objects.bulk_create(
        (
            Person(
                name=f"考生{each['id']}",
                id_kind="other",
                id_sealed=b"-",
                id_lookup=hashlib.sha256(f"{batch.code}{each['id']}".encode()).digest(),
                id_masked="***",
            )
            for each in instance["candidates"]
        ),
        batch_size=LOT,
    )
    now = timezone.now()
    moments = dict.fromkeys(("submitted_at", "first_reviewed_at", "confirmed_at"), now)
    Application.objects.bulk_create(
        (
            Application(
                batch=batch,
                offering=(offering := offerings[each["paper"]]),
                person=person,
                occupation_id=offering.occupation_id,
                job_id=offering.job_id,
                level=offering.level,
                number=f"{batch.code}-{each['id']}",
                status="confirmed",
                fee_state="none",
                subjects=["theory"],
                school_class=classes[each["class"]],
                **moments,
            )
            for person, each in zip(people, instance["candidates"], strict=True)
        ),
        batch_size=LOT,
    )


def _take(sitting: Sitting, shapes: list[dict[str, Any]]) -> None:
    site = services.enter_site(actor=SYSTEM, name=f"考点{sitting.batch.code}")
    rooms = Room.objects.bulk_create(
        Room(
            site=site,
            name=f"{number}室",
            kind="theory",
            rows=shape["rows"],
            columns=shape["columns"],
            capacity=shape["rows"] * shape["columns"],
            spacing_cm=80,
        )
        for number, shape in enumerate(shapes, 1)
    )
    period = TimestamptzRange(sitting.starts_at, sitting.ends_at)
    SittingRoom.objects.bulk_create(
        SittingRoom(sitting=sitting, room=room, number=number, period=period)
        for number, room in enumerate(rooms, 1)
    )
