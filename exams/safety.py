"""Nobody begins the practical of a dangerous trade without the agreement (REG-18)."""

from django.utils.translation import gettext as _

from assessment_center.catalog.enums import Subject
from assessment_center.registry import ALLOWED, Outcome, Refused
from candidates.cases import unsigned
from exams.models import Sitting

SHOWN = 3


def safety_signed(sitting: Sitting) -> Outcome:
    """Refuses with the first who sit this practical and have not signed."""
    if sitting.subject_code != Subject.PRACTICAL:
        return ALLOWED
    waiting = list(unsigned(sitting.batch).filter(seats__sitting=sitting))
    if not waiting:
        return ALLOWED
    names = "、".join(each.person.name for each in waiting[:SHOWN])
    return Refused(
        _("%(names)s等 %(n)d 人还没有签订安全保证书，技能考核不能开考。")
        % {"names": names, "n": len(waiting)},
        sitting.batch.rules.settings.safety_agreement.citations,
        _("请在考前与考生签订，并在“安全保证书”页登记。"),
    )
