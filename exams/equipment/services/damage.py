"""Damage, wear and loss, noted when they happen (EQP-06)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from exams.equipment.basis import articles_now
from exams.equipment.services.ledger import locked
from exams.models import Damage, Equipment, Sitting
from exams.policies import require_act


@dataclass(frozen=True, slots=True)
class Harm:
    """What was found: damage, wear or loss, why, and who stopped a misuse."""

    kind: str
    what: str
    cause: str
    at: datetime
    noted_by: StaffMember
    count: int = 1
    misuse: bool = False
    stopped_by: str = ""
    liable: str = ""
    compensation: Decimal | None = None


@transaction.atomic
def note_damage(
    *, actor: Actor, equipment: Equipment, harm: Harm, sitting: Sitting | None = None
) -> Damage:
    """Note damage, wear or loss; from now on these pieces do not count as usable."""
    require_act(actor, Act.EXAM_RECORD, _("登记设备损坏"))
    one = locked(equipment)
    cited = articles_now("EQP-06")
    if harm.at > timezone.now():
        raise RefusedError(_("发生时间不能晚于现在。"), cited)
    if harm.count > one.quantity:
        raise RefusedError(_("损坏的数量不能多于台账的数量。"), cited)
    made = Damage(
        equipment=one, sitting=sitting, kind=harm.kind, count=harm.count, happened_at=harm.at,
        what=harm.what.strip(), cause=harm.cause.strip(), misuse=harm.misuse,
        stopped_by=harm.stopped_by.strip(), liable=harm.liable.strip(),
        compensation=harm.compensation, noted_by=harm.noted_by,
    )  # fmt: skip
    try:
        made.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), cited) from faults
    made.save()
    payload = {"number": one.number, "kind": made.kind, "misuse": made.misuse}
    record(actor=actor, verb="exams.damage_note", subject=one.subject, payload=payload)
    return made
