"""Whether a sitting waits for a new time, or will never be held (VAL-05)."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.registry import ALLOWED, Outcome, Refused
from exams.enums import CallOffKind
from exams.models import CallOff, Sitting


def still_on(sitting: Sitting) -> Outcome:
    """Refuses to begin a sitting that was put off without a new time, or cancelled."""
    last = CallOff.objects.filter(sitting=sitting).last()
    if last is None or last.outcome == CallOffKind.REARRANGED:
        return ALLOWED
    rule = sitting.batch.rules.settings.call_off_by
    return Refused(
        _("这个场次已%(what)s，不能开考。") % {"what": last.get_outcome_display()},
        rule.citations if rule else (),
        _("请先重新安排时间。") if last.outcome == CallOffKind.POSTPONED else "",
    )


def waiting_or_cancelled(sittings: Iterable[UUID]) -> dict[UUID, str]:
    """The sittings that have no time now, each with what was decided last."""
    last = {
        each.sitting_id: each.outcome for each in CallOff.objects.filter(sitting__in=list(sittings))
    }
    return {key: what for key, what in last.items() if what != CallOffKind.REARRANGED}
