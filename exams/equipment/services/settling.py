"""How damage was settled: repaired, replaced or written off (EQP-06)."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from exams.equipment.basis import articles_now
from exams.equipment.enums import Settlement
from exams.equipment.services.ledger import locked
from exams.models import Damage, Equipment
from exams.policies import require_act


@transaction.atomic
def settle_damage(
    *,
    actor: Actor,
    damage: Damage,
    settlement: str,
    on: date,
    note: str = "",
    liable: str = "",
    compensation: Decimal | None = None,
) -> Damage:
    """Say how damage was settled: repaired, replaced, or written off from the ledger's quantity.

    The last piece is not written off here: that is scrapping, which needs an approved plan.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("登记损坏处理"))
    one = locked(damage.equipment)
    found = Damage.objects.select_for_update(of=("self",)).get(pk=damage.pk)
    cited = articles_now("EQP-06")
    if found.settlement:
        raise RefusedError(_("这条损坏记录已经处理。"), cited)
    if not timezone.localdate(found.happened_at) <= on <= timezone.localdate():
        raise RefusedError(_("处理日期应在损坏与今天之间。"), cited)
    if settlement == Settlement.WRITTEN_OFF:
        _write_off(one, found)
    found.settlement, found.settled_on, found.settled_note = settlement, on, note.strip()[:200]
    found.liable = liable.strip() or found.liable
    found.compensation = compensation if compensation is not None else found.compensation
    try:
        found.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), cited) from faults
    found.save()
    payload = {"number": one.number, "settlement": settlement}
    record(actor=actor, verb="exams.damage_settle", subject=one.subject, payload=payload)
    return found


def _write_off(one: Equipment, damage: Damage) -> None:
    left = one.quantity - damage.count
    if left < 1:
        raise RefusedError(
            _("这是最后的数量，报损须先批准报废计划。"),
            articles_now("EQP-09"),
            _("请提出报废计划，由负责人批准。"),
        )
    one.quantity, one.needed = left, min(one.needed, left)
    one.save(update_fields=["quantity", "needed"])
