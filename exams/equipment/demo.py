"""The demo's equipment: machines and instruments of every workshop, kept, lent and looked after."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from exams.equipment import services
from exams.equipment.room_selectors import in_room
from exams.equipment.selectors import keepers
from exams.equipment.services import Harm, Measured
from exams.models import Equipment, Room, Sitting
from exams.selectors import sittings_of, staff_on_duty

YEAR = timedelta(days=364)
BODY = "市计量质量检测研究院"


def equip(demo: Demo) -> None:
    """Every workshop of the demo's batches gets its machines, tools and an instrument."""
    _keeper(demo)
    made = 0
    for batch in demo.reaching("ticket"):
        for sitting in sittings_of(batch).filter(subject_code="practical"):
            for used in sitting.rooms.select_related("room"):
                if not used.room.equipment.exists():
                    offering = sitting.offerings.first() or batch.offerings.first()
                    occupation = offering.occupation if offering else None
                    day = min(timezone.localdate(), batch.exam_starts)
                    made += _workshop(demo, used.room, occupation, day)
    meters = Equipment.objects.filter(measuring=True, room__isnull=False).order_by("number")
    one = meters.filter(occupation__name="电工").first() or meters.first()
    if made and one is not None:
        _life(demo, one)
        demo.say(f"设备台账 {Equipment.objects.count()} 项")


def _keeper(demo: Demo) -> None:
    if keepers().exists():
        return
    services.appoint_keeper(
        actor=demo.actor(Role.CLERK), member=staff_on_duty()[0], education="college",
        qualification="电工", level=3, since=date(2025, 9, 1), full_time=True,
    )  # fmt: skip


def _workshop(demo: Demo, room: Room, occupation: object, day: date) -> int:
    """A bench for every workstation, tools, and a meter calibrated two months before the day."""
    clerk, start = demo.actor(Role.CLERK), Equipment.objects.count() + 1
    lines = (
        ("实训考核台", "XK-DG3", room.capacity, "台", "12800.00", "380 V，10 A", "安装与调试"),
        ("工量具箱", "GJ-24", room.capacity, "套", "420.00", "24 件套", "各项操作"),
        ("数字绝缘电阻表", "VC60B", 1, "块", "386.00", "准确度 ±5%", "检测与测量"),
    )
    for place, (name, model, quantity, unit, price, indexes, assesses) in enumerate(lines):
        made = services.enter_equipment(
            actor=clerk,
            values={
                "number": f"SB-{start + place:04d}", "name": name, "model": model,
                "quantity": quantity, "unit": unit, "price": Decimal(price), "indexes": indexes,
                "assesses": assesses, "occupation": occupation, "room": room,
                "bought_on": date(2024, 3, 15), "measuring": unit == "块",
            },
        )  # fmt: skip
        if made.measuring:
            _calibrated(demo, made, day - timedelta(days=60))
    return len(lines)


def _calibrated(demo: Demo, one: Equipment, done: date) -> None:
    services.calibrate(
        actor=demo.actor(Role.CLERK),
        equipment=one,
        measured=Measured(done, "passed", f"DZ{done:%Y}-{one.number}", BODY, done + YEAR),
    )


def _life(demo: Demo, one: Equipment) -> None:
    """A spare meter that must be calibrated soon, is lent out, and a bench that was mended."""
    clerk, today = demo.actor(Role.CLERK), timezone.localdate()
    first, second = staff_on_duty()[:2]
    spare = services.enter_equipment(
        actor=clerk,
        values={
            "number": f"SB-{Equipment.objects.count() + 1:04d}", "name": "钳形电流表",
            "model": "UT204", "quantity": 2, "unit": "块", "price": Decimal("260.00"),
            "occupation": one.occupation, "store": "器材室 2 号柜", "measuring": True,
            "bought_on": date(2023, 9, 1), "assesses": "检测与测量",
        },
    )  # fmt: skip
    _calibrated(demo, spare, today - YEAR + timedelta(days=20))
    loan = services.ask_loan(
        actor=clerk, equipment=spare, borrower=second, purpose="电工实训课教学", count=1,
        starts_on=today - timedelta(days=3), due_back=today + timedelta(days=4),
    )  # fmt: skip
    services.decide_loan(actor=demo.actor(Role.HEAD), loan=loan, approved=True)
    bench = Equipment.objects.filter(room=one.room, measuring=False).order_by("number")[0]
    broken = services.note_damage(
        actor=clerk,
        equipment=bench,
        harm=Harm(
            "damage", "3 号台漏电保护器拒动", "触点烧蚀", timezone.now() - timedelta(days=40), first
        ),
    )
    fixed = today - timedelta(days=38)
    services.maintain(
        actor=clerk, equipment=bench, kind="repair", done_on=fixed, member=first,
        work="更换漏电保护器，通电试验", indexes_after="380 V，10 A，动作电流 30 mA",
    )  # fmt: skip
    services.settle_damage(actor=clerk, damage=broken, settlement="repaired", on=fixed)


def check_rooms(demo: Demo, sitting: Sitting, moment: str) -> None:
    """The keeper looks over every room with equipment before the start, and clears up after."""
    before = moment == "before"
    at = sitting.starts_at - timedelta(minutes=50) if before else sitting.ends_at
    for room in sitting.rooms.filter(seats__isnull=False).distinct():
        if in_room(room).exists():
            services.check_room(
                actor=demo.actor(Role.CLERK), room=room, moment=moment, at=at,
                member=staff_on_duty()[0],
                findings="数量、质量和技术状态符合要求" if before else "设备清洁，用具归位",
            )  # fmt: skip
