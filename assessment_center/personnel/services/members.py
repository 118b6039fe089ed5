"""Entering the staff and the facts their qualifications rest on."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.people.models import Department, Person
from assessment_center.people.selectors import find_by_id
from assessment_center.people.services import ensure_person
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.services.common import locked_member, require_manage
from assessment_center.registry import Actor, RefusedError

FACTS = frozenset(
    {
        "employment",
        "employer",
        "education",
        "major",
        "skill_level",
        "skill_occupation",
        "skill_since",
        "title",
        "title_rank",
        "title_since",
        "occupation_since",
        "assessor_since",
        "manager_since",
        "in_authority",
        "other_institutions",
        "resume",
    }
)


@transaction.atomic
def save_member(
    *,
    actor: Actor,
    person: Person,
    department: Department | None = None,
    title: str = "",
    is_external: bool = False,
    is_active: bool = True,
) -> StaffMember:
    """Take a person on as one who serves at examinations, or change how he does."""
    require_manage(actor)
    facts = {
        "department": department,
        "title": title,
        "is_external": is_external,
        "is_active": is_active,
    }
    member, created = StaffMember.objects.update_or_create(person=person, defaults=facts)
    record(
        actor=actor,
        verb="staff.take_on" if created else "staff.change",
        subject=member.subject,
        payload={"external": is_external, "active": is_active},
    )
    return member


@transaction.atomic
def enter_member(
    *,
    actor: Actor,
    name: str,
    id_kind: str,
    id_number: str,
    phone: str = "",
    **facts: Any,
) -> StaffMember:
    """Take on somebody by his identity document; the same number under another name is refused.

    Both names are told: who keeps the staff's file must see which of them is right.
    """
    require_manage(actor)
    known = find_by_id(id_kind, id_number)
    if known is not None and known.name != name.strip():
        raise RefusedError(
            _("同一证件号码已登记为“%(known)s”，现填“%(name)s”。")
            % {"known": known.name, "name": name.strip()},
            remedy=_("请对照证件核对，只留一个姓名。"),
        )
    person = ensure_person(
        actor=actor, name=name, id_kind=id_kind, id_number=id_number, phone=phone
    )
    return save_member(actor=actor, person=person, **facts)


@transaction.atomic
def save_facts(*, actor: Actor, member: StaffMember, **facts: Any) -> StaffMember:
    """Enter the facts of the member's file; `facts` are fields of `FACTS`, dates as days."""
    require_manage(actor)
    unknown = set(facts) - FACTS
    if unknown:
        message = f"unknown facts {sorted(unknown)}"
        raise TypeError(message)
    locked = locked_member(member)
    changed = sorted(name for name, value in facts.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, facts[name])
    if changed:
        locked.full_clean()
        locked.save(update_fields=changed)
        record(actor=actor, verb="staff.facts", subject=locked.subject, payload={"fields": changed})
    return locked
