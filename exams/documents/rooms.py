"""The sheets of each room: clock, door, seats, faces, sign-in, board, labels, record."""

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image, ImageOps

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from exams.documents.common import called, own_name, place, room_meta, subject_of, when
from exams.documents.grids import cells
from exams.documents.posting import board_lines
from exams.documents.reading import Plan, RoomPlan, Seated, photos
from exams.documents.sheet import Kind, Made, Scope, declare, named_form
from exams.documents.timetable import card
from exams.documents.words import WRITTEN
from exams.models import SittingRoom

RECORD, PRACTICAL_RECORD, PROCTORS_RECORD = "F-502", "F-503", "F-505"
COPIES = 2
LARGE_GRID = 10  # rows or columns that a chart on A4 still shows in readable type
LARGE_PHOTO = 40_000  # bytes
PRINTED_PHOTO = (300, 400)  # pixels of 18 x 24 mm at 400 dpi
PAPERS = ("收回试卷份数", "收回草稿纸份数")  # what is collected at the end, by subject
COLLECTED: dict[str, tuple[str, str]] = {
    Subject.PRACTICAL: ("收回试卷份数", "收回作品件数"),
    Subject.REVIEW: ("收回材料份数", "备注"),
}
STATION = pdf.Column("工位号", 11)
NAME = pdf.Column("姓名", 23, face=pdf.Face.KAI, names=True)


def who_watches(plan: RoomPlan) -> str:
    """Who signs for the room: proctors of written subjects, assessors of all others."""
    return "监考员" if plan.sitting.subject_code in WRITTEN else "考评员"


def clock(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """What happens when in the room, by the rulebook's minutes."""
    yield Made(card(plan, room), "考场时间卡")


def door_sign(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """The number of the room, to be read from the end of the corridor."""
    lines = [f"{subject_of(room.sitting)}　{when(room.sitting)}", room.room.room.name]
    span = room.span()
    sign = pdf.Sign(
        main=called(room.room),
        heading=plan.batch.name,
        lines=[*lines, f"准考证号 {span}"] if span else lines,
    )
    yield Made(sign, "门牌", pdf.Paper.A4_LANDSCAPE)


def _at(room: RoomPlan, each: Seated) -> tuple[str, ...]:
    """The number of the seat, and of the workstation where the room numbers them otherwise."""
    return (each.number, each.station) if room.stations else (each.number,)


def door_list(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """F-311: who sits in the room, at its door."""
    sheet = pdf.Roster(
        title=f"{called(room.room)}　考生名单",
        subtitle=plan.batch.name,
        columns=(
            pdf.Column("座位号", 11),
            *([STATION] if room.stations else []),
            pdf.Column("准考证号", 30),
            NAME,
            pdf.Column("职业（工种）等级", 44, align="left"),
        ),
        rows=[(*_at(room, each), each.ticket, each.name, each.offering) for each in room.seats],
        meta=room_meta(room),
    )
    yield Made(sheet, "门贴")


def seat_chart(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """F-309: the seats as they stand, in two copies."""
    grid = room.room.room
    last_row = max((each.row for each in room.seats), default=0)
    last_column = max((each.column for each in room.seats), default=0)
    chart = pdf.SeatingChart(
        title=own_name(plan.batch, "F-309", "考场座（工）位排列表"),
        subtitle=plan.batch.name,
        seats=tuple(
            pdf.Seat(each.row, each.column, each.number, each.name, each.ticket, each.station_words)
            for each in room.seats
        ),
        rows=max(grid.rows, last_row),
        columns=max(grid.columns, last_column),
        meta=room_meta(room),
        notes=("一份贴在考场门口，一份交监考员（考评组长）。",),
        aisles=tuple((row, column) for row, column in grid.blocked),
        broken=tuple((row, column) for row, column in grid.broken),
    )
    large = chart.rows > LARGE_GRID or chart.columns > LARGE_GRID
    paper = pdf.Paper.A3_LANDSCAPE if large else pdf.Paper.A4_LANDSCAPE
    yield Made(chart, "考场座位表", paper, COPIES)


def faces(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """Photos beside the names, to tell at the door who is whom."""
    files = photos(each.application for each in room.seats)
    people = tuple(
        pdf.Portrait(
            each.number, each.name, (each.ticket or each.id_masked, each.offering),
            partial(_picture, files[each.application]),
        )
        for each in room.seats
    )  # fmt: skip
    roll = pdf.PhotoRoll(
        title="考生照片核对表",
        subtitle=plan.batch.name,
        people=people,
        meta=room_meta(room),
        signatures=(who_watches(room), who_watches(room), "日期"),
    )
    shown = [(each, files[each.application]) for each in room.seats]
    yield Made(roll, "考生照片核对表", content=("faces", room_meta(room), shown))


def _picture(names: tuple[str, str]) -> bytes | None:
    """The photo of the application, else the person's; a file that is gone leaves the frame."""
    for name in names:
        if name and default_storage.exists(name):
            with default_storage.open(name, "rb") as picture:
                return small(picture.read())
    return None


def small(content: bytes) -> bytes:
    """A photo no larger than it is printed, so that a room of originals stays a small file."""
    if len(content) <= LARGE_PHOTO:
        return content
    with Image.open(BytesIO(content)) as opened:
        plain = ImageOps.exif_transpose(opened).convert("RGB")
    plain.thumbnail(PRINTED_PHOTO)
    made = BytesIO()
    plain.save(made, "JPEG", quality=85)
    return made.getvalue()


def sign_in(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """F-501: signed at the door; with a print of the right forefinger where ordered."""
    batch = plan.batch
    finger = batch.rules.settings.fingerprint_for_subsidised.value
    columns = [
        pdf.Column("座位号", 11),
        *([STATION] if room.stations else []),
        pdf.Column("准考证号", 27),
        NAME,
        pdf.Column("证件号码", 31),
        pdf.Column("考生签名", 25),
        *([pdf.Column("右手食指指纹", 16)] if finger else []),
        pdf.Column("备注", 13),
    ]
    blank = ("",) * (3 if finger else 2)
    sheet = pdf.Roster(
        title=own_name(batch, "F-501", "考生签到表"),
        subtitle=batch.name,
        columns=tuple(columns),
        rows=[
            (*_at(room, each), each.ticket, each.name, each.id_masked, *blank)
            for each in room.seats
        ],
        meta=room_meta(room),
        signatures=(who_watches(room), who_watches(room), "日期"),
        notes=("缺考的在备注栏写“缺考”；享受补贴的考生须签名并按指纹。",)
        if finger
        else ("缺考的在备注栏写“缺考”。",),
        row_height=FINGER_ROW if finger else ROW,
        tightest=0 if finger else TIGHT_ROW,
    )
    yield Made(sheet, "考生签到表")


ROW, TIGHT_ROW, FINGER_ROW = 8.6, 6.5, 12.0


def board(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """F-314: what proctors write on the board."""
    notice = pdf.WallNotice(
        title=called(room.room),
        subtitle=plan.batch.name,
        items=board_lines(plan.rules, room),
        numbered=False,
    )
    yield Made(notice, "考场板书")


def desk_labels(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """F-311: a label for each desk; the number stands in the corner the rulebook names."""
    corner = plan.rules.settings.label_corner
    left = corner is not None and corner.value == "top-left"
    label = f"桌贴（{CORNERS[corner.value]}）" if corner else "桌贴"
    items = tuple(
        pdf.Label(
            main=each.name,
            lines=tuple(filter(None, (each.station_words, each.ticket, each.offering))),
            corner=each.number,
            heading=called(room.room),
            left=left,
        )
        for each in room.seats
    )
    yield Made(pdf.LabelSheet(items, title=label), label)


CORNERS = {"top-left": "贴在桌面左上角", "top-right": "贴在桌面右上角"}


def record_code(batch: AssessmentBatch, room: SittingRoom) -> str:
    """Under which form the batch's rulebook knows the record of this room."""
    first = (PRACTICAL_RECORD,) if room.sitting.subject_code == Subject.PRACTICAL else ()
    codes = (*first, RECORD, PROCTORS_RECORD)
    return next((code for code in codes if batch.rules.form(code)), RECORD)


def _pair(label: str, span: int = 1, text: str = "") -> list[pdf.Cell]:
    return [pdf.Cell(label, label=True), pdf.Cell(text, span=span)]


def record(plan: Plan, room: RoomPlan) -> Iterator[Made]:
    """The blank record of the room, filled in by hand and signed by two (F-502, -503, -505)."""
    batch, who = plan.batch, who_watches(room)
    code = record_code(batch, room.room)
    blocks = (
        ("缺考考生（准考证号、姓名）", 30.0),
        ("违纪违规（准考证号、姓名、行为、处理）", 48.0),
        ("考场情况", 44.0),
    )
    form = pdf.Form(
        title=own_name(batch, code, "考场记录表"),
        subtitle=batch.name,
        widths=(3, 5, 3, 5),
        rows=(
            cells(("科目", subject_of(room.sitting)), ("时间", when(room.sitting))),
            cells(("考场", called(room.room)), ("地点", place(room.room))),
            pdf.FormRow(tuple(_pair("职业、等级", 3, room.offered_text)), 14.0),
            cells(("应考人数", str(len(room.seats))), ("实考人数", "")),
            cells(("缺考人数", ""), ("迟到未入场人数", "")),
            cells(*((label, "") for label in COLLECTED.get(room.sitting.subject_code, PAPERS))),
            *(pdf.FormRow(tuple(_pair(label, 3)), height) for label, height in blocks),
        ),
        signatures=(who, who, "日期"),
    )
    yield Made(form, "考场记录表", code=code)


def register() -> None:
    record_codes = f"{RECORD},{PRACTICAL_RECORD},{PROCTORS_RECORD}"
    kinds = (
        Kind("F-313", "timeline-card", "考场时间卡", Scope.ROOM, clock),
        Kind("F-311", "door-sign", "考场门牌", Scope.ROOM, door_sign),
        Kind("F-311", "door-notice", "门贴", Scope.ROOM, door_list),
        Kind("F-309", "seat-table", "考场座位表", Scope.ROOM, seat_chart),
        Kind("", "photo-roll", "考生照片核对表", Scope.ROOM, faces),
        Kind("F-501", "sign-in", "考生签到表", Scope.ROOM, sign_in),
        Kind("F-314", "blackboard", "考场板书", Scope.ROOM, board, named_form("F-314")),
        Kind("F-311", "desk-labels", "桌贴", Scope.ROOM, desk_labels),
        Kind(record_codes, "room-record", "考场记录表", Scope.ROOM, record),
    )
    for kind in kinds:
        declare(kind, order=320)
