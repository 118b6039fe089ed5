"""Lines of the ledger: entered, changed; the goods and the ledger agree (EQP-02)."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from exams.equipment.basis import articles_now
from exams.equipment.enums import Standing
from exams.equipment.services.columns import FIELDS
from exams.models import Equipment, Room
from exams.policies import require_act


@transaction.atomic
def enter_equipment(*, actor: Actor, values: Mapping[str, Any]) -> Equipment:
    """Enter a new line; `values` by the names in `FIELDS`, `needed` is the quantity if left out."""
    require_act(actor, Act.EXAM_ARRANGE, _("登记设备"))
    one = Equipment()
    _take(one, {"needed": values.get("quantity", 1), **values})
    _save(one, force_insert=True)
    payload = {"number": one.number, "name": one.name, "quantity": one.quantity}
    record(actor=actor, verb="exams.equipment_enter", subject=one.subject, payload=payload)
    return one


@transaction.atomic
def change_equipment(*, actor: Actor, equipment: Equipment, values: Mapping[str, Any]) -> Equipment:
    """Change a line; nothing is written or recorded where nothing differs.

    Refuses a scrapped line. What changed stands in the audit entry, old and new.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("变更设备台账"))
    one = locked(equipment)
    before = {name: getattr(one, name) for name in FIELDS}
    _take(one, values)
    changed = {
        name: [_plain(before[name]), _plain(getattr(one, name))]
        for name in FIELDS
        if before[name] != getattr(one, name)
    }
    if not changed:
        return one
    _save(one)
    payload = {"number": one.number, "changed": changed}
    record(actor=actor, verb="exams.equipment_change", subject=one.subject, payload=payload)
    return one


def locked(equipment: Equipment) -> Equipment:
    """The line for update; refuses what is scrapped."""
    one = Equipment.objects.select_for_update().get(pk=equipment.pk)
    if one.state == Standing.SCRAPPED:
        raise RefusedError(_("%(one)s 已报废。") % {"one": one}, articles_now("EQP-02"))
    return one


def _take(one: Equipment, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            value = values[name]
            setattr(one, name, value.strip() if isinstance(value, str) else value)


def _save(one: Equipment, *, force_insert: bool = False) -> None:
    try:
        one.full_clean()
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages), articles_now("EQP-02")) from faults
    if one.station and one.room and not _stands(one.room, one.station):
        raise RefusedError(
            _("%(room)s 只有 %(n)s 个工位。") % {"room": one.room, "n": one.room.capacity}
        )
    one.save(force_insert=force_insert)


def _stands(room: Room, station: int) -> bool:
    """Is there such a workstation? Where none are registered, each seat is one."""
    numbers = set(room.stations.values_list("number", flat=True))
    return station in numbers if numbers else station <= room.capacity


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
