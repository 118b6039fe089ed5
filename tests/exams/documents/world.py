"""A batch whose people have long and rare names, carried to the day, for every form to print."""

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import SYSTEM
from exams import services
from exams.models import Duty
from tests.exams import build
from tests.factories import foundation as make

NAMES = (
    "买买提·吐尔逊江·阿不都热西提", "欧阳䶮㛃", "𬭎𬍛𫖯", "𬎆𠅤", "司马相如", "王一", "李二", "赵𠅤三",
)  # fmt: skip
JOBS = (("电工", 5), ("工业机器人系统操作员", 3))


def batch_of(rulebook: str) -> AssessmentBatch:
    """Eight candidates in a theory room of sixty places, another of thirty and a workshop."""
    batch = build.batch_with(JOBS, rulebook=rulebook, code="B20260900")
    for number, (row, name) in enumerate(
        zip(batch.applications.order_by("number"), NAMES, strict=True)
    ):
        person = row.person
        type(person).objects.filter(pk=person.pk).update(
            name=name, id_masked=f"500101********{number:04d}"
        )
    site = services.enter_site(actor=SYSTEM, name="南岸校区实训中心", address="学府大道 1 号")
    large = build.room(site, "一号楼 101 阶段教室", rows=6, columns=10)
    shop = build.room(site, "电工实训室", kind="practical", rows=2, columns=5)
    stations = [services.Station(1, capacity=2), services.Station(12, capacity=6)]
    services.save_stations(actor=SYSTEM, room=shop, stations=stations)
    theory = services.plan_sittings(actor=SYSTEM, batch=batch, slots=[build.theory_slot([large])])
    practical = services.plan_practical(
        actor=SYSTEM, batch=batch, starts_at=build.PRACTICAL_STARTS, minutes=120, rooms=[shop]
    )
    for sitting in (*theory, *practical):
        done = services.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key="摇号")
        services.confirm_arrangement(actor=SYSTEM, sitting=done)
    services.issue_tickets(actor=SYSTEM, batch=batch, at=build.TICKETS_AT)
    _staff(batch)
    return batch


STAFF = {"诸葛𬭎": "proctor", "上官婉儿": "assessor", "夏侯惇": "chief_examiner"}


def _staff(batch: AssessmentBatch) -> None:
    """Three people, each on a post in every sitting."""
    for name, post in STAFF.items():
        member = make.make_member()
        type(member.person).objects.filter(pk=member.person_id).update(name=name)
        for sitting in batch.sittings.all():
            everywhere = post == "chief_examiner"
            Duty.objects.create(
                sitting=sitting,
                sitting_room=None if everywhere else sitting.rooms.order_by("number").first(),
                member=member,
                post=post,
                period=(sitting.starts_at, sitting.ends_at),
                card_number="JK-2026-0001",
            )
