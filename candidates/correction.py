"""What of a returned application may be changed: what was returned, and what follows from it."""

from django.utils.translation import gettext as _

from assessment_center.registry import ALLOWED, Outcome, Refused
from candidates.enums import ApplicationStatus
from candidates.labels import PART_LABELS
from candidates.models import Application
from candidates.policies import missing_parts


def open_parts(application: Application) -> frozenset[str]:
    """Which parts may be changed: of a returned application only what was returned.

    What the correction itself makes necessary is open too: a proof of the condition chosen anew,
    or a part that was never filled in.
    """
    returned = {part for part in application.return_part.split(",") if part in PART_LABELS}
    if application.status != ApplicationStatus.RETURNED or not returned:
        return frozenset(PART_LABELS)
    return frozenset(returned | {part for part, _words in missing_parts(application)})


def part_open(application: Application, part: str) -> Outcome:
    """Whether this part of the application may be changed now."""
    opened = open_parts(application)
    if part in opened:
        return ALLOWED
    names = "、".join(str(label) for key, label in PART_LABELS.items() if key in opened)
    return Refused(
        _("这一部分没有退回，不能改。"),
        remedy=_("这次只需补正：%(parts)s。") % {"parts": names},
    )
