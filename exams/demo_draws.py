"""The demo's draws: panels when the staff is proposed, lots at the hour the rulebook sets."""

from datetime import datetime, timedelta

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from assessment_center.registry import RefusedError
from exams import services
from exams.drawing import draws_at, kinds_for
from exams.enums import DrawKind
from exams.models import Sitting
from exams.policies import on_site_lots
from exams.selectors import staff_on_duty
from exams.services.draws import OF_STAFF
from exams.staffing import staffing_of

HOUR = timedelta(hours=1)


def _witness() -> str:
    """The last on the list of staff, who holds no draw himself."""
    last = staff_on_duty().last()
    return str(last) if last else "见证人"


def prepare_draws(demo: Demo, sitting: Sitting, moment: datetime) -> None:
    """Commit every draw the rulebook orders; where panels must be odd they are drawn at once."""
    clerk = demo.actor(Role.CLERK)
    settings = sitting.batch.rules.settings
    ordered = on_site_lots(sitting.batch.rules, sitting.subject_code)
    if ordered:
        services.commit_lots(actor=clerk, sitting=sitting, kind=ordered[0], at=moment)
    if ordered and settings.assessor_odd.value:
        _staff(demo, sitting, DrawKind.PANEL, moment)
    if DrawKind.SUPERVISOR in kinds_for(sitting.batch.rules, sitting.subject_code):
        _staff(demo, sitting, DrawKind.SUPERVISOR, moment)
    pooled = sitting.duties.filter(post="proctor", sitting_room__isnull=True).exists()
    if settings.proctor_room_draw.value and pooled:
        kind = DrawKind.PROCTOR_ROOMS
        services.commit_lots(actor=clerk, sitting=sitting, kind=kind, at=moment)


def _staff(demo: Demo, sitting: Sitting, kind: DrawKind, moment: datetime) -> None:
    clerk = demo.actor(Role.CLERK)
    draw = services.commit_lots(actor=clerk, sitting=sitting, kind=kind, at=moment)
    try:
        services.hold_lots(actor=clerk, draw=draw, witness=_witness(), at=moment + HOUR)
    except RefusedError as refused:
        demo.say(f"{sitting}：{refused}")


def hold_draws(demo: Demo, sitting: Sitting) -> None:
    """On the day: every committed draw at its hour, then the staff is confirmed where it suffices.

    A draw of proctors that lacks people leaves the rooms as proposed, as an office would do.
    """
    clerk = demo.actor(Role.CLERK)
    for draw in draws_at(sitting).values():
        if draw.held_at is None and draw.kind not in OF_STAFF:
            services.hold_lots(actor=clerk, draw=draw, witness=_witness(), at=draw.not_before)
    if sitting.staffed_at is not None:
        return
    short = [fault for room in staffing_of(sitting) for fault in room.faults]
    if short:
        demo.say(f"{sitting}：{'；'.join(short)}")
        return
    services.confirm_duties(actor=clerk, sitting=sitting)
