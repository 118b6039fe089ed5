"""What every printed form of an examination shares: its code, version, basis, and its words."""

from django.utils import timezone

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.printed import imprint as printed
from assessment_center.registry import Actor, SubjectRef
from exams.documents.reading import RoomPlan
from exams.models import Sitting, SittingRoom
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
    return batch.rules.form_name(code, otherwise)


def day(sitting: Sitting) -> str:
    starts = timezone.localtime(sitting.starts_at)
    return f"{starts:%Y-%m-%d}（周{WEEKDAYS[starts.weekday()]}）"


def hours(sitting: Sitting) -> str:
    starts, ends = timezone.localtime(sitting.starts_at), timezone.localtime(sitting.ends_at)
    return f"{starts:%H:%M}－{ends:%H:%M}"


def when(sitting: Sitting) -> str:
    return f"{day(sitting)} {hours(sitting)}"


def when_below(sitting: Sitting) -> str:
    """The hours in a line below the day, for a narrow column."""
    return f"{day(sitting)}\n{hours(sitting)}"


def subject_of(sitting: Sitting) -> str:
    return str(sitting.get_subject_code_display())


def place(room: SittingRoom) -> str:
    return f"{room.room.site.name} {room.room.name}"


def called(room: SittingRoom) -> str:
    return f"第 {room.number} 考场"


def room_meta(plan: RoomPlan) -> tuple[tuple[str, str], ...]:
    return (
        ("科目", subject_of(plan.sitting)),
        ("时间", when(plan.sitting)),
        ("考场", called(plan.room)),
        ("应考", f"{len(plan.seats)} 人"),
        ("地点", place(plan.room)),
    )
