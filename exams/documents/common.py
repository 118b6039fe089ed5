"""What every printed form of an examination shares: its code, version, basis, and its words."""

from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.printed import imprint as printed
from assessment_center.registry import Actor, SubjectRef
from exams.models import SeatAssignment, Sitting, SittingRoom
from exams.opening import require_batch_known

WEEKDAYS = "一二三四五六日"


def imprint(
    batch: AssessmentBatch,
    actor: Actor,
    *,
    form: tuple[str, str, str],
    subject: SubjectRef,
    content: object,
) -> pdf.Imprint:
    """Register the sheet (form code if any, slug, title) of this content, give its corner.

    Refuses who need not know the arrangement before its hour: every form shows part of it.
    """
    require_batch_known(actor, batch)
    named = batch.rules.form(form[0])
    return printed.imprint(
        actor=actor,
        form=form,
        subject=subject,
        content=content,
        cite=named.cite if named else (),
        batch_id=batch.pk,
    )


def own_name(batch: AssessmentBatch, code: str, otherwise: str) -> str:
    """The form's name in the batch's rulebook, where it has one."""
    named = batch.rules.form(code)
    return named.name if named else otherwise


def day(sitting: Sitting) -> str:
    starts = timezone.localtime(sitting.starts_at)
    return f"{starts:%Y-%m-%d}（周{WEEKDAYS[starts.weekday()]}）"


def hours(sitting: Sitting) -> str:
    starts, ends = timezone.localtime(sitting.starts_at), timezone.localtime(sitting.ends_at)
    return f"{starts:%H:%M}－{ends:%H:%M}"


def when(sitting: Sitting) -> str:
    return f"{day(sitting)} {hours(sitting)}"


def place(room: SittingRoom) -> str:
    return f"{room.room.site.name} {room.room.name}"


def ticket_number(seat: SeatAssignment) -> str:
    """The admission number, or a gap to be filled in before tickets are issued."""
    ticket = getattr(seat.application, "ticket", None)
    return ticket.number if ticket else ""


def offered(seats: Iterable[SeatAssignment]) -> list[tuple[str, int]]:
    """Occupations and levels of a room with their numbers, largest first."""
    counts = Counter(str(seat.application.offering) for seat in seats)
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def offered_text(seats: Iterable[SeatAssignment]) -> str:
    return "；".join(f"{name} {number}人" for name, number in offered(seats))


def room_meta(room: SittingRoom, seats: list[SeatAssignment]) -> tuple[tuple[str, str], ...]:
    return (
        ("科目", str(room.sitting.get_subject_code_display())),
        ("时间", when(room.sitting)),
        ("考场", f"第 {room.number} 考场"),
        ("地点", place(room)),
        ("应考", f"{len(seats)} 人"),
    )
