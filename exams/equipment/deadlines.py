"""What the centre owes its equipment: calibrations in time, loans back in time."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.entries import DeadlineSpec
from assessment_center.workdays.counting import counted, on
from exams.equipment.basis import articles_now
from exams.equipment.enums import LoanState, Standing
from exams.equipment.selectors import AWAY, with_use
from exams.models import Equipment, Loan

AHEAD = 30
KEPT = timedelta(days=30)


def equipment_deadlines(_centre: AssessmentCentre) -> Sequence[DeadlineSpec]:
    """One for every instrument whose calibration ends, and for every loan that is out."""
    return [*_calibrations(), *_loans()]


def _calibrations() -> Iterator[DeadlineSpec]:
    """EQP-07: sent in a month before the end, so that it is back in time."""
    cited = articles_now("EQP-07")
    measuring = Equipment.objects.filter(state=Standing.IN_USE, measuring=True)
    for one in with_use(measuring).order_by("number"):
        last = next(iter(one.calibrations.all()), None)
        if last is None or last.valid_until is None:
            continue
        by = counted(_("检定有效期止"), last.valid_until, -AHEAD, "day")
        yield DeadlineSpec.counted(
            "exams.calibration_due",
            str(_("送检计量器具（%(number)s）") % {"number": one.number}),
            by,
            cited,
            done=False,
            responsible=Act.EXAM_ARRANGE,
            subject=last.subject,
        )


def _loans() -> Iterator[DeadlineSpec]:
    """EQP-09: back on the agreed day; returned ones stay in sight for a month."""
    cited = articles_now("EQP-09")
    since = timezone.localdate() - KEPT
    back = Loan.objects.filter(state=LoanState.RETURNED, returned_on__gte=since)
    for loan in (Loan.objects.filter(state__in=AWAY) | back).select_related("equipment"):
        yield DeadlineSpec(
            "exams.loan_back",
            str(_("收回借出设备（%(number)s）") % {"number": loan.equipment.number}),
            loan.due_back,
            cited,
            done=loan.returned_on is not None,
            done_on=loan.returned_on,
            responsible=Act.EXAM_ARRANGE,
            counting=on(_("约定归还日"), loan.due_back),
            subject=loan.subject,
        )
