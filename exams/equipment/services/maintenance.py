"""Care and repairs, with the indexes measured after them (EQP-04)."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from exams.equipment.basis import articles_now
from exams.equipment.enums import CareKind
from exams.equipment.services.ledger import locked
from exams.models import Equipment, Maintenance
from exams.policies import require_act


@transaction.atomic
def maintain(
    *,
    actor: Actor,
    equipment: Equipment,
    kind: str,
    done_on: date,
    work: str,
    member: StaffMember,
    indexes_after: str = "",
) -> Maintenance:
    """Record care or a repair; the indexes measured after it become those of the ledger."""
    require_act(actor, Act.EXAM_ARRANGE, _("登记维护维修"))
    one = locked(equipment)
    cited = articles_now("EQP-04")
    after = indexes_after.strip()
    if done_on > timezone.localdate():
        raise RefusedError(_("维护日期不能晚于今天。"), cited)
    if not work.strip():
        raise RefusedError(_("请写明维护维修内容。"), cited)
    if kind != CareKind.DAILY and not after:
        raise RefusedError(_("请写明维护维修后的技术指标与参数。"), cited)
    made = Maintenance(
        equipment=one, kind=kind, done_on=done_on, work=work.strip(), member=member,
        indexes_after=after,
    )  # fmt: skip
    made.full_clean()
    made.save()
    if after and after != one.indexes:
        one.indexes = after
        one.save(update_fields=["indexes"])
    payload = {"number": one.number, "kind": kind, "indexes": after}
    record(actor=actor, verb="exams.maintenance_enter", subject=one.subject, payload=payload)
    return made
