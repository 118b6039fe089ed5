"""Lists of an examination as workbooks."""

from django.utils import timezone

from assessment_center.batches.models import AssessmentBatch
from assessment_center.spreadsheets import ColumnSpec, write
from exams.selectors import duties_of, records_of, tickets_of, violations_of

TICKETS = (
    ColumnSpec("number", "准考证号", width=20),
    ColumnSpec("name", "姓名"),
    ColumnSpec("id", "证件号码", width=24),
    ColumnSpec("offering", "职业（工种）等级", width=30),
    ColumnSpec("seats", "考场与座位", width=60),
)
RECORDS = (
    ColumnSpec("sitting", "场次", width=24),
    ColumnSpec("room", "考场"),
    ColumnSpec("expected", "应考人数", kind="integer"),
    ColumnSpec("present", "实考人数", kind="integer"),
    ColumnSpec("absent", "缺考人数", kind="integer"),
    ColumnSpec("late", "迟到未入场人数", kind="integer"),
    ColumnSpec("proctors", "监考（考评）员", width=24),
    ColumnSpec("violations", "违纪违规", width=60),
    ColumnSpec("notes", "考场情况", width=40),
)
DUTIES = (
    ColumnSpec("sitting", "场次", width=24),
    ColumnSpec("when", "时间", width=24),
    ColumnSpec("room", "考场"),
    ColumnSpec("post", "岗位"),
    ColumnSpec("name", "姓名"),
    ColumnSpec("card", "证卡编号", width=20),
)


def ticket_workbook(batch: AssessmentBatch) -> bytes:
    """Who got which admission number and seats."""
    rows = (
        {
            "number": ticket.number,
            "name": ticket.application.person.name,
            "id": ticket.application.person.id_masked,
            "offering": str(ticket.application.offering),
            "seats": "；".join(
                f"{seat.sitting} {seat.sitting_room} {seat.seat_number:02d}"
                for seat in ticket.application.seats.all()
            ),
        }
        for ticket in tickets_of(batch)
    )
    return write(rows, TICKETS, title="准考证发放名册")


def record_workbook(batch: AssessmentBatch) -> bytes:
    """The record of every room, with its violations in words."""
    told: dict[object, list[str]] = {}
    for each in violations_of(batch):
        name = each.assignment.application.person.name
        told.setdefault(each.assignment.sitting_room_id, []).append(
            f"{name}：{each.act}；{each.consequence}"
        )
    rows = (
        {
            "sitting": str(record.sitting_room.sitting),
            "room": f"{record.sitting_room} {record.sitting_room.room.name}",
            "expected": record.expected,
            "present": record.present,
            "absent": record.absent,
            "late": record.late_refused,
            "proctors": "、".join(record.proctors),
            "violations": "\n".join(told.get(record.sitting_room_id, [])),
            "notes": record.notes,
        }
        for record in records_of(batch)
    )
    return write(rows, RECORDS, title="考场记录汇总")


def duty_workbook(batch: AssessmentBatch) -> bytes:
    """Who served where and when, with the card he served by."""
    rows = (
        {
            "sitting": str(duty.sitting),
            "when": f"{timezone.localtime(duty.sitting.starts_at):%Y-%m-%d %H:%M}",
            "room": str(duty.sitting_room or "全场"),
            "post": str(duty.get_post_display()),
            "name": duty.member.person.name,
            "card": duty.card_number,
        }
        for duty in duties_of(batch)
    )
    return write(rows, DUTIES, title="值岗人员表")
