"""The forms of the whole venue: arrangement, distribution, timetable, blackboard text."""

from collections.abc import Sequence

from django.utils import timezone

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind, documents
from exams.documents.common import (
    day,
    hours,
    imprint,
    offered,
    offered_text,
    own_name,
    place,
    ticket_number,
    when,
)
from exams.documents.words import board_rules
from exams.labels import MOMENT_LABELS
from exams.models import SeatAssignment
from exams.rules.timetable import timetable
from exams.selectors import rooms_with_seats, sittings_of

Parts = Sequence[tuple[str, bytes]]


def _printed(
    batch: AssessmentBatch, actor: Actor, form: tuple[str, str, str], sheet: pdf.Roster
) -> Parts:
    corner = imprint(batch, actor, form=form, subject=batch.subject, content=sheet)
    return [(form[2], pdf.roster(sheet, imprint=corner, paper=pdf.Paper.A4_LANDSCAPE))]


def arrangement(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-307: every sitting and room with occupations and numbers."""
    title = own_name(batch, "F-307", "考场安排表")
    rows = [
        (
            str(room.sitting.number),
            str(room.sitting.get_subject_code_display()),
            when(room.sitting),
            str(room.number),
            place(room),
            offered_text(seats),
            str(len(seats)),
        )
        for room, seats in rooms_with_seats(batch)
    ]
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=(
            pdf.Column("场次", 7),
            pdf.Column("科目", 17),
            pdf.Column("时间", 26),
            pdf.Column("考场", 7),
            pdf.Column("地点", 28, align="left"),
            pdf.Column("职业、等级与人数", 50, align="left"),
            pdf.Column("人数", 8),
        ),
        rows=rows,
        signatures=("制表人", "审核人", "日期"),
    )
    return _printed(batch, actor, ("F-307", "arrangement-table", title), sheet)


def _span(seats: Sequence[SeatAssignment], name: str) -> str:
    """From the first to the last admission number of one occupation in a room."""
    numbers = sorted(
        ticket_number(seat) for seat in seats if str(seat.application.offering) == name
    )
    if not numbers[0]:
        return ""
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]} 至 {numbers[-1]}"


def distribution(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-308: which occupation sits where; posted outside."""
    title = own_name(batch, "F-308", "考场分布表")
    rows = [
        (
            f"{room.sitting.number}",
            str(room.sitting.get_subject_code_display()),
            hours(room.sitting),
            f"第 {room.number} 考场",
            place(room),
            name,
            _span(seats, name),
            str(number),
        )
        for room, seats in rooms_with_seats(batch)
        for name, number in offered(seats)
    ]
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=(
            pdf.Column("场次", 7),
            pdf.Column("科目", 17),
            pdf.Column("时间", 16),
            pdf.Column("考场", 13),
            pdf.Column("地点", 26, align="left"),
            pdf.Column("职业（工种）等级", 34, align="left"),
            pdf.Column("准考证号", 34),
            pdf.Column("人数", 8),
        ),
        rows=rows,
        notes=("准考证号区间内考生按座位表入座，以准考证所载考场、座位号为准。",),
    )
    return _printed(batch, actor, ("F-308", "room-distribution", title), sheet)


def day_timetable(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-313: what happens when, by the rulebook's minutes."""
    title = own_name(batch, "F-313", "考试时间表")
    rows = [
        (
            str(sitting.number),
            str(sitting.get_subject_code_display()),
            day(sitting),
            f"{timezone.localtime(moment.at):%H:%M}",
            str(MOMENT_LABELS[moment.key]),
            "、".join(str(each) for each in moment.citations),
        )
        for sitting in sittings_of(batch)
        for moment in timetable(
            batch.rules.settings, sitting.subject_code, sitting.starts_at, sitting.ends_at
        )
    ]
    sheet = pdf.Roster(
        title=title,
        subtitle=batch.name,
        columns=(
            pdf.Column("场次", 8),
            pdf.Column("科目", 20),
            pdf.Column("日期", 26),
            pdf.Column("时间", 12),
            pdf.Column("事项", 50, align="left"),
            pdf.Column("依据", 34, align="left"),
        ),
        rows=rows,
    )
    return _printed(batch, actor, ("F-313", "exam-timetable", title), sheet)


def blackboard(batch: AssessmentBatch, actor: Actor) -> Parts:
    """F-314: what proctors write on the board, per room of a written subject."""
    parts = []
    for room, seats in rooms_with_seats(batch):
        notice = pdf.WallNotice(
            title=f"第 {room.number} 考场",
            subtitle=batch.name,
            items=(
                f"{room.sitting.get_subject_code_display()}　{when(room.sitting)}",
                f"职业、等级：{'；'.join(name for name, _ in offered(seats))}",
                f"应考 {len(seats)} 人　实考　　人　缺考　　人",
                *board_rules(batch.rules),
            ),
            numbered=False,
        )
        corner = imprint(
            batch,
            actor,
            form=("F-314", "blackboard", "考场板书"),
            subject=room.subject,
            content=notice,
        )
        stem = f"{room.sitting.number:02d}场-{room.number:02d}考场-板书"
        parts.append((stem, pdf.wall_notice(notice, imprint=corner, paper=pdf.Paper.A4)))
    return parts


def _orders_board(batch: AssessmentBatch) -> bool:
    return is_examined(batch) and batch.rules.form("F-314") is not None


def register() -> None:
    for code, slug, label, render in (
        ("F-307", "arrangement-table", "考场安排表", arrangement),
        ("F-308", "room-distribution", "考场分布表", distribution),
        ("F-313", "exam-timetable", "考试时间表", day_timetable),
    ):
        kind = DocumentKind(code, slug, label, render, Act.EXAM_VIEW, is_examined)
        documents.register(slug, kind, order=300)
    board = DocumentKind(
        "F-314", "blackboard", "考场板书", blackboard, Act.EXAM_VIEW, _orders_board
    )
    documents.register("blackboard", board, order=330)
