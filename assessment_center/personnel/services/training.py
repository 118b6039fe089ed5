"""Courses, and the training of a panel before its session (ASR-07, ASR-21, EXP-07)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.personnel.enums import TrainingKind
from assessment_center.personnel.models import StaffMember, Training, TrainingAttendance
from assessment_center.personnel.services.common import require_manage
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def record_training(  # noqa: PLR0913 - a course has this many facts
    *,
    actor: Actor,
    kind: TrainingKind,
    title: str,
    starts_on: date,
    ends_on: date,
    hours: int,
    attended: Mapping[StaffMember, int] | Iterable[StaffMember],
    topics: Sequence[str] = (),
    organiser: str = "",
    place: str = "",
    batch_id: UUID | None = None,
    session: str = "",
) -> Training:
    """Enter a course with who attended how many of its hours (without practice).

    `attended` without hours: all of them. `batch_id` and `session` name the batch a panel is
    trained for. Refuses hours beyond the course, days to come and a briefing without its batch.
    """
    require_manage(actor)
    if ends_on > timezone.localdate():
        raise RefusedError(_("培训还没有结束，结束后再登记。"))
    training = Training(
        kind=kind,
        title=title.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
        hours=hours,
        topics=[each.strip() for each in topics if each.strip()],
        organiser=organiser,
        place=place,
        batch_id=batch_id,
        session=session[:160],
    )
    training.full_clean()
    given = _hours_given(attended, hours)
    training.save()
    TrainingAttendance.objects.bulk_create(
        TrainingAttendance(training=training, member=member, hours=each)
        for member, each in given.items()
    )
    record(
        actor=actor,
        verb="staff.train",
        subject=training.subject,
        payload={"kind": kind, "title": training.title, "people": len(given), "hours": hours},
    )
    return training


def _hours_given(
    attended: Mapping[StaffMember, int] | Iterable[StaffMember], hours: int
) -> Mapping[StaffMember, int]:
    given = attended if isinstance(attended, Mapping) else dict.fromkeys(attended, hours)
    if not given:
        raise RefusedError(_("请选参加培训的人员。"))
    beyond = next((member for member, each in given.items() if not 0 < each <= hours), None)
    if beyond is not None:
        raise RefusedError(
            _("%(member)s 的参加学时应在 1 至 %(hours)s 之间。")
            % {"member": beyond, "hours": hours}
        )
    return given
