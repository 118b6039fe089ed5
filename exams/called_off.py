"""Whether a sitting waits for a new time, or will never be held (VAL-05)."""

from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import ALLOWED, Outcome, Refused
from exams.enums import CallOffKind
from exams.models import CallOff, Sitting


def still_on(sitting: Sitting) -> Outcome:
    """Refuses to begin a sitting that was put off without a new time, or cancelled."""
    return _standing(sitting, _("这个场次已%(what)s，不能开考。"))


def still_printed(sitting: Sitting) -> Outcome:
    """Refuses new paper for such a sitting; what was printed keeps its record."""
    return _standing(sitting, _("这个场次已%(what)s，不再打印它的考务材料。"))


def _standing(sitting: Sitting, said: str) -> Outcome:
    last = CallOff.objects.filter(sitting=sitting).last()
    if last is None or last.outcome == CallOffKind.REARRANGED:
        return ALLOWED
    rule = sitting.batch.rules.settings.call_off_by
    return Refused(
        said % {"what": last.get_outcome_display()},
        rule.citations if rule else (),
        _("请先重新安排时间。") if last.outcome == CallOffKind.POSTPONED else "",
    )


def waiting_or_cancelled(batch: AssessmentBatch) -> dict[UUID, str]:
    """The sittings that have no time now, each with what was decided last."""
    last = {each.sitting_id: each.outcome for each in CallOff.objects.filter(sitting__batch=batch)}
    return {key: what for key, what in last.items() if what != CallOffKind.REARRANGED}
