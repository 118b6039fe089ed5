"""The set of each room: seat table, labels, door notice, sign-in sheet, room record."""

from collections.abc import Callable, Sequence

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.catalog.enums import Subject
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from exams.documents.common import (
    imprint,
    offered_text,
    own_name,
    room_meta,
    ticket_number,
    when,
)
from exams.models import SeatAssignment, SittingRoom
from exams.selectors import rooms_with_seats

Seats = list[SeatAssignment]
Drawn = tuple[object, Callable[[pdf.Imprint], bytes]]
Draw = Callable[[AssessmentBatch, SittingRoom, Seats], Drawn]
RECORD, PRACTICAL_RECORD, PROCTORS_RECORD = "F-502", "F-503", "F-505"
COPIES = 2


def _stem(room: SittingRoom, title: str) -> str:
    return f"{room.sitting.number:02d}场-{room.number:02d}考场-{title}"


def _per_room(
    form: tuple[str, str, str],
    draw: Draw,
    code_of: Callable[[AssessmentBatch, SittingRoom], str] | None = None,
) -> None:
    """Register a form that has one part for every room with candidates.

    `code_of` tells which of several codes a part bears.
    """

    def render(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
        parts = []
        for room, seats in rooms_with_seats(batch):
            content, finish = draw(batch, room, seats)
            code = code_of(batch, room) if code_of else form[0]
            corner = imprint(
                batch, actor, form=(code, *form[1:]), subject=room.subject, content=content
            )
            parts.append((_stem(room, form[2]), finish(corner)))
        return parts

    kind = DocumentKind(form[0], form[1], form[2], render, Act.EXAM_VIEW, is_examined)
    documents.register(form[1], kind, order=320)


def _chart(batch: AssessmentBatch, room: SittingRoom, seats: Seats) -> Drawn:
    """F-309: the seats as they stand, in two copies."""
    chart = pdf.SeatingChart(
        title=own_name(batch, "F-309", "考场座（工）位排列表"),
        subtitle=batch.name,
        seats=tuple(
            pdf.Seat(
                seat.row,
                seat.column,
                f"{seat.seat_number:02d}",
                seat.application.person.name,
                ticket_number(seat),
            )
            for seat in seats
        ),
        rows=room.room.rows,
        columns=room.room.columns,
        meta=room_meta(room, seats),
        notes=("一份贴在考场门口，一份交监考员（考评组长）。",),
    )
    return chart, lambda corner: pdf.seating_chart([chart] * COPIES, imprint=corner)


def _labels(_batch: AssessmentBatch, room: SittingRoom, seats: Seats) -> Drawn:
    """F-311: a label for each desk, its number in the corner."""
    items = [
        pdf.Label(
            main=seat.application.person.name,
            lines=(ticket_number(seat), str(seat.application.offering)),
            corner=f"{seat.seat_number:02d}",
            heading=f"第 {room.number} 考场",
        )
        for seat in seats
    ]
    return items, lambda corner: pdf.labels(items, imprint=corner)


def _door(batch: AssessmentBatch, room: SittingRoom, seats: Seats) -> Drawn:
    """F-311: the list at the door."""
    sheet = pdf.Roster(
        title=f"第 {room.number} 考场",
        subtitle=batch.name,
        columns=(
            pdf.Column("座位号", 12),
            pdf.Column("准考证号", 30),
            pdf.Column("姓名", 24, face=pdf.Face.KAI, names=True),
            pdf.Column("职业（工种）等级", 44, align="left"),
        ),
        rows=[
            (
                f"{seat.seat_number:02d}",
                ticket_number(seat),
                seat.application.person.name,
                str(seat.application.offering),
            )
            for seat in seats
        ],
        meta=room_meta(room, seats),
    )
    return sheet, lambda corner: pdf.roster(sheet, imprint=corner)


def _sign_in(batch: AssessmentBatch, room: SittingRoom, seats: Seats) -> Drawn:
    """F-501: signed at the door; with a print of the right forefinger where ordered."""
    finger = batch.rules.settings.fingerprint_for_subsidised.value
    columns = [
        pdf.Column("座位号", 9),
        pdf.Column("准考证号", 24),
        pdf.Column("姓名", 18, face=pdf.Face.KAI, names=True),
        pdf.Column("证件号码", 32),
        pdf.Column("考生签名", 24),
        *([pdf.Column("右手食指指纹", 16)] if finger else []),
        pdf.Column("备注", 14),
    ]
    blank = ("",) * (len(columns) - 4)
    sheet = pdf.Roster(
        title=own_name(batch, "F-501", "考生签到表"),
        subtitle=batch.name,
        columns=tuple(columns),
        rows=[
            (
                f"{seat.seat_number:02d}",
                ticket_number(seat),
                seat.application.person.name,
                seat.application.person.id_masked,
                *blank,
            )
            for seat in seats
        ],
        meta=room_meta(room, seats),
        signatures=("监考（考评）员", "监考（考评）员", "日期"),
        notes=("缺考的在备注栏写“缺考”；享受补贴的考生须签名并按指纹。",) if finger else (),
    )
    return sheet, lambda corner: pdf.roster(sheet, imprint=corner)


def _pair(label: str, span: int = 1, text: str = "") -> list[pdf.Cell]:
    return [pdf.Cell(label, label=True), pdf.Cell(text, span=span)]


def record_code(batch: AssessmentBatch, room: SittingRoom) -> str:
    """Under which form the batch's rulebook knows the record of this room."""
    first = (PRACTICAL_RECORD,) if room.sitting.subject_code == Subject.PRACTICAL else ()
    codes = (*first, RECORD, PROCTORS_RECORD)
    return next((code for code in codes if batch.rules.form(code)), RECORD)


def _record(batch: AssessmentBatch, room: SittingRoom, seats: Seats) -> Drawn:
    """The record of the room, to be filled in by hand and signed by two (F-502, -503, -505)."""
    who = "监考员" if room.sitting.subject_code == Subject.THEORY else "考评员"
    blocks = (
        ("缺考考生（准考证号、姓名）", 30.0),
        ("违纪违规（准考证号、姓名、行为、处理）", 50.0),
    )
    form = pdf.Form(
        title=own_name(batch, record_code(batch, room), "考场记录表"),
        subtitle=batch.name,
        widths=(3, 5, 3, 5),
        rows=(
            pdf.FormRow(
                (*_pair("科目", text=str(room.sitting.get_subject_code_display())),
                 *_pair("时间", text=when(room.sitting)))
            ),
            pdf.FormRow(
                (*_pair("考场", text=f"第 {room.number} 考场"), *_pair("地点", text=str(room.room)))
            ),
            pdf.FormRow(tuple(_pair("职业、等级", 3, offered_text(seats))), 14.0),
            pdf.FormRow((*_pair("应考人数", text=str(len(seats))), *_pair("实考人数"))),
            pdf.FormRow((*_pair("缺考人数"), *_pair("收回试卷份数"))),
            *(pdf.FormRow(tuple(_pair(label, 3)), height) for label, height in blocks),
            pdf.FormRow(tuple(_pair("考场情况", 3)), 50.0),
        ),
        signatures=(who, who, "年  月  日"),
    )  # fmt: skip
    return form, lambda corner: pdf.form_table(form, imprint=corner)


def register() -> None:
    _per_room(("F-309", "seat-table", "考场座位表"), _chart)
    _per_room(("F-311", "desk-labels", "桌贴"), _labels)
    _per_room(("F-311", "door-notice", "门贴"), _door)
    _per_room(("F-501", "sign-in", "考生签到表"), _sign_in)
    codes = f"{RECORD},{PRACTICAL_RECORD},{PROCTORS_RECORD}"
    _per_room((codes, "room-record", "考场记录表"), _record, record_code)
