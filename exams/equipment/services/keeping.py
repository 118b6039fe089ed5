"""Who keeps the equipment, on which education and qualification (EQP-01)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from candidates.labels import EDUCATION_LABELS
from exams.equipment.basis import articles_now, rules_now
from exams.models import Keeper
from exams.policies import require_act
from exams.rules.keepers import keeper_faults


@transaction.atomic
def appoint_keeper(
    *,
    actor: Actor,
    member: StaffMember,
    education: str,
    qualification: str,
    level: int,
    since: date,
    full_time: bool = False,
) -> Keeper:
    """Appoint who keeps the equipment; refuses too little education or qualification (EQP-01)."""
    require_act(actor, Act.CENTRE_MANAGE, _("指定设备保管员"))
    _refuse_unqualified(education, level)
    made = Keeper(
        member=member, education=education, qualification=qualification.strip(), level=level,
        full_time=full_time, since=since, appointed_by_id=actor.user_id,
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), articles_now("EQP-01")) from faults
    made.save()
    payload = {"education": education, "qualification": made.qualification}
    record(actor=actor, verb="exams.keeper_appoint", subject=made.subject, payload=payload)
    return made


def _refuse_unqualified(education: str, level: int) -> None:
    rules = rules_now()
    wanted = rules.settings.keeper_education if rules else None
    if wanted is None:
        return
    unschooled, unskilled = keeper_faults(wanted.value, education, level)
    if unschooled:
        raise RefusedError(
            _("设备保管员的文化程度（%(education)s）达不到规程的要求。")
            % {"education": EDUCATION_LABELS[education]},
            wanted.citations,
            _("请指定符合条件的人员。"),
        )
    if unskilled:
        raise RefusedError(
            _("设备保管员须有中级以上职业资格，%(level)s不符合。") % {"level": LEVEL_LABELS[level]},
            wanted.citations,
            _("请指定符合条件的人员。"),
        )


@transaction.atomic
def dismiss_keeper(*, actor: Actor, keeper: Keeper, on: date) -> Keeper:
    """End a keeper's term; he stays in the record."""
    require_act(actor, Act.CENTRE_MANAGE, _("变更设备保管员"))
    found = Keeper.objects.select_for_update(of=("self",)).get(pk=keeper.pk)
    if found.until:
        raise RefusedError(_("这名保管员已经离任。"))
    if on < found.since:
        raise RefusedError(_("离任日期不能早于任职日期。"))
    found.until = on
    found.save(update_fields=["until"])
    payload = {"until": on.isoformat()}
    record(actor=actor, verb="exams.keeper_dismiss", subject=found.subject, payload=payload)
    return found
