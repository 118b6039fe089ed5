"""The demo's buildings: offices for the filing form, classrooms, workshops, hearing rooms."""

from django.db.models import QuerySet

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.models import Occupation
from assessment_center.demo import Demo
from exams import services
from exams.models import Room, Site
from exams.selectors import active_rooms

ROWS, COLUMNS = 5, 6
SHOP = (4, 6)
LEAST_STATIONS, GROUPS = 4, 3
REVIEW = (3, 6)
ORDINALS = "一二三四五"
OFFICES = (("认定中心办公室", 48), ("档案室", 32), ("保密室", 24))
CLASSROOM, WORKSHOP, HEARING = 72, 160, 60  # square metres


def _site(demo: Demo) -> Site:
    """Each rulebook's demo has a building of its own: all of them examine on the same days."""
    books = AssessmentBatch.objects.filter(is_demo=True).values("rulebook_version__code").distinct()
    name = f"第{ORDINALS[max(0, books.count() - 1)]}教学楼与实训中心"
    found = Site.objects.filter(name=name).first()
    return found or services.enter_site(
        actor=demo.actor(Role.CLERK), name=name, address="学府大道88号"
    )


def _rooms(demo: Demo, kind: str) -> QuerySet[Room]:
    return active_rooms().filter(kind=kind, site=_site(demo)).order_by("name")


def theory_rooms(demo: Demo, number: int) -> list[Room]:
    """Enough classrooms of 5 by 6; two of them have places without a desk."""
    rooms = list(_rooms(demo, "theory"))
    for at in range(len(rooms) + 1, number + 1):
        blocked = [[1, 1], [1, 6]] if at in {2, 5} else []
        services.enter_room(
            actor=demo.actor(Role.CLERK),
            site=_site(demo),
            name=f"{1 + (at - 1) // 6}{1 + (at - 1) % 6:02d}教室",
            kind="theory",
            rows=ROWS,
            columns=COLUMNS,
            blocked=blocked,
            spacing_cm=90,
            area=CLASSROOM,
        )
    return list(_rooms(demo, "theory"))


def shop(demo: Demo, offering: Offering) -> Room:
    """The occupation's workshop, fitted out when it is entered."""
    name = f"{offering.occupation.name}实训室"
    found = _rooms(demo, "practical").filter(name=name).first()
    if found:
        return found
    room = services.enter_room(
        actor=demo.actor(Role.CLERK),
        site=_site(demo),
        name=name,
        kind="practical",
        rows=SHOP[0],
        columns=SHOP[1],
        area=WORKSHOP,
    )
    return _fitted_out(demo, room, offering.occupation)


def _fitted_out(demo: Demo, room: Room, occupation: Occupation) -> Room:
    """As many workstations as make groups of a third, the last one out of order."""
    most = min(len(room.places), max(LEAST_STATIONS, -(-demo.candidates // GROUPS)))
    rows = [services.Station(number, occupations=[occupation]) for number in range(1, most + 1)]
    spoiled = services.Station(most + 1, name="待修", is_usable=False)
    return services.save_stations(
        actor=demo.actor(Role.CLERK), room=room, stations=[*rows, spoiled]
    )


def review_rooms(demo: Demo, number: int) -> list[Room]:
    """Rooms for the defence, each with places for those who wait."""
    rooms = list(_rooms(demo, "review"))
    for at in range(len(rooms) + 1, number + 1):
        services.enter_room(
            actor=demo.actor(Role.CLERK),
            site=_site(demo),
            name=f"第{at}评审室",
            kind="review",
            rows=REVIEW[0],
            columns=REVIEW[1],
            area=HEARING,
        )
    return list(_rooms(demo, "review"))[:number]


def places(demo: Demo) -> None:
    """What the filing form tells of the house: offices, and the rooms there are from the start."""
    known = set(_rooms(demo, "office").values_list("name", flat=True))
    for name, area in [each for each in OFFICES if each[0] not in known]:
        services.enter_room(
            actor=demo.actor(Role.CLERK),
            site=_site(demo),
            name=name,
            kind="office",
            rows=1,
            columns=1,
            area=area,
        )
    theory_rooms(demo, demo.candidates // (ROWS * COLUMNS - 2) + 1)
    for batch in demo.reaching("arrange"):
        for offering in batch.offerings.select_related("occupation"):
            if offering.route == "exam":
                shop(demo, offering)
    demo.say(f"考场和办公用房 {Room.objects.count()} 间")
