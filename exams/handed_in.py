"""What goes to the authority with the report where it wants the arrangement first (RPT-02).

Rooms, seats and posts are then settled before the batch is reported; a later change of them puts
the sheets that were handed in out of date. Where only the rooms are asked for, everybody is in a
room when the report goes out, and the seats in it may still be drawn anew until they are confirmed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.batches.seams import ReportedArrangement, reported_arrangements
from assessment_center.people.selectors import id_number
from assessment_center.personnel.enums import Post
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import Citation, Refused
from assessment_center.registry.language import in_chinese
from assessment_center.spreadsheets import ColumnSpec, Kind, write
from candidates.models import ReportPackage
from candidates.seams import reported_data, session_arrangements
from candidates.selectors import admitted
from exams.models import SeatAssignment, Sitting
from exams.selectors import duties_of, seats_of, sittings_of, unseated
from exams.staffing import staffing_of
from exams.stations import station_labels

ROOMS, SEATING, STAFFING = "rooms", "seating", "staffing"
# Proctors, assessors, supervisors, staff: the columns of the application for a session.
GROUPS = (
    (Post.PROCTOR,),
    (Post.PANEL_LEADER, Post.ASSESSOR),
    (Post.SUPERVISOR,),
    (Post.CHIEF_EXAMINER, Post.EXAM_MANAGER, Post.SITE_HEAD, Post.EXAM_STAFF, Post.KEEPER),
)
# The sheets of each part; plan and application show rooms and staff alike.
BOTH = ("implementation-plan", "session-application")
SLUGS = {
    ROOMS: BOTH,
    SEATING: ("reported-seating", *BOTH),
    STAFFING: ("staff-filing", *BOTH),
}
SEATS = (
    ColumnSpec("sitting", "场次", width=8, kind=Kind.INTEGER),
    ColumnSpec("subject", "科目"),
    ColumnSpec("starts", "开考时间", width=18),
    ColumnSpec("ends", "结束时间", width=18),
    ColumnSpec("site", "考点", width=20),
    ColumnSpec("room", "考场号", width=8, kind=Kind.INTEGER),
    ColumnSpec("place", "考场地点", width=20),
    ColumnSpec("seat", "座（工）位号", width=12, kind=Kind.INTEGER),
    ColumnSpec("name", "姓名"),
    ColumnSpec("id_number", "证件号码", kind=Kind.ID_NUMBER, width=22),
    ColumnSpec("offering", "职业（工种）等级", width=30),
)


def wanted(batch: AssessmentBatch, part: str) -> bool:
    """Whether this part of the arrangement is handed in with the report."""
    rule = batch.rules.settings.report_arrangement
    return rule is not None and part in rule.value


def gaps(batch: AssessmentBatch) -> Iterator[Refused]:
    """What the authority wants to see arranged and is not yet."""
    rule = batch.rules.settings.report_arrangement
    if rule is None:
        return
    sittings = list(sittings_of(batch))
    if not sittings:
        text = _("还没有安排场次和考场，须随申请一并报送。")
        yield Refused(text, rule.citations, _("请先完成场次与排座，再上报。"))
        return
    if SEATING in rule.value:
        yield from _open_ones(sittings, rule.citations)
    if SEATING in rule.value or ROOMS in rule.value:
        yield from _place_gaps(batch, rule.citations)
    if STAFFING in rule.value:
        yield from _staffing_gaps(sittings, rule.citations)


def _open_ones(sittings: list[Sitting], cited: tuple[Citation, ...]) -> Iterator[Refused]:
    open_ones = [str(each.number) for each in sittings if each.confirmed_at is None]
    if open_ones:
        text = _("第 %(numbers)s 场的排座还没有确认，须随申请一并报送。")
        told = text % {"numbers": "、".join(open_ones)}
        yield Refused(told, cited, _("请先排座并确认。"))


def _place_gaps(batch: AssessmentBatch, cited: tuple[Citation, ...]) -> Iterator[Refused]:
    """Who is in no room yet, and who is in one without being on the roll."""
    if left := unseated(batch):
        text = _("还有 %(count)s 人次没有排进考场，例如%(name)s。")
        told = text % {"count": len(left), "name": left[0][0].person.name}
        yield Refused(told, cited, _("请补排后再上报。"))
    gone = SeatAssignment.objects.filter(sitting__batch=batch).exclude(
        application__in=admitted(batch).values("pk")
    )
    if seat := gone.select_related("application__person").first():
        text = _("%(name)s已不在考生名册内，仍占着座位。")
        told = text % {"name": seat.application.person.name}
        yield Refused(told, cited, _("请调整座位后再上报。"))


def _staffing_gaps(sittings: list[Sitting], cited: tuple[Citation, ...]) -> Iterator[Refused]:
    for sitting in sittings:
        rooms = staffing_of(sitting)
        faults = [fault for room in rooms for fault in room.faults]
        if faults or not rooms:
            text = _("第 %(number)s 场的考务人员还没有安排好：%(faults)s。")
            told = "；".join(faults) or _("还没有排座")
            yield Refused(
                text % {"number": sitting.number, "faults": told},
                cited,
                _("请先安排值岗人员，再上报。"),
            )


def changed(report: AuthorityReport) -> list[PrintedSheet]:
    """The sheets handed in with the report that a later change has outdated."""
    packed = ReportPackage.objects.filter(report=report).order_by("-created_at").first()
    if packed is None:
        return []
    parts = (slugs for part, slugs in SLUGS.items() if wanted(report.batch, part))
    handed_in = (
        PrintedSheet.objects.filter(
            batch_id=report.batch_id,
            slug__in={slug for slugs in parts for slug in slugs},
            created_at__lte=packed.created_at,
        )
        .order_by("slug", "subject_kind", "subject_id", "-version")
        .distinct("slug", "subject_kind", "subject_id")
    )
    return [each for each in handed_in if each.is_outdated]


def seating_data(batch: AssessmentBatch) -> Mapping[str, bytes]:
    """The arrangement as data, beside the candidates' data: who sits where and when."""
    return {"考场编排.xlsx": seating_workbook(batch)} if wanted(batch, SEATING) else {}


def session_rows(batch: AssessmentBatch) -> Iterator[tuple[str, ...]]:
    """Every sitting with its rooms and those on duty, as the application for it tells them."""
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    for duty in duties_of(batch):
        told = names[duty.sitting.number, duty.post]
        if duty.member.person.name not in told:
            told.append(duty.member.person.name)
    for sitting in sittings_of(batch).prefetch_related("rooms__room"):
        rooms = "；".join(
            f"第 {each.number} 考场 {each.room.name}"
            for each in sorted(sitting.rooms.all(), key=lambda room: room.number)
        )
        starts = timezone.localtime(sitting.starts_at)
        groups = ("\n".join(n for post in posts for n in names[sitting.number, post])
                  for posts in GROUPS)  # fmt: skip
        subject = sitting.get_subject_code_display()
        yield (str(sitting.number), f"{subject}\n{starts:%Y-%m-%d %H:%M}", rooms, *groups)


@in_chinese
def seating_workbook(batch: AssessmentBatch) -> bytes:
    """One line for every seat, in the order of the timetable."""
    return write(_seat_rows(batch), SEATS, title="考场编排")


def _seat_rows(batch: AssessmentBatch) -> Iterator[dict[str, str | int]]:
    for sitting in sittings_of(batch):
        rooms = {each.pk: each for each in sitting.rooms.all()}
        labels = station_labels({each.room_id for each in rooms.values()})
        for seat in seats_of(rooms.values()):
            room = rooms[seat.sitting_room_id]
            person = seat.application.person
            yield {
                "sitting": sitting.number,
                "subject": str(sitting.get_subject_code_display()),
                "starts": f"{timezone.localtime(sitting.starts_at):%Y-%m-%d %H:%M}",
                "ends": f"{timezone.localtime(sitting.ends_at):%Y-%m-%d %H:%M}",
                "site": room.room.site.name,
                "room": room.number,
                "place": room.room.name,
                "seat": int(labels.get((room.room_id, seat.seat_number), seat.seat_number)),
                "name": person.name,
                "id_number": id_number(person),
                "offering": str(seat.application.offering),
            }


reported_arrangements.register("exams", ReportedArrangement(gaps, changed))
reported_data.register("exams", seating_data)
session_arrangements.register("exams", session_rows)
