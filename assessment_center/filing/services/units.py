"""Units with their people: set up, renamed with a successor, joined and left (area 2)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.filing.models import OrgUnit, UnitMember
from assessment_center.filing.selectors import unit_rules
from assessment_center.filing.services.common import require
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook


@transaction.atomic
def set_up_unit(
    *,
    actor: Actor,
    centre: AssessmentCentre,
    rules: Rulebook,
    code: str,
    name: str,
    since: date,
    document: str = "",
) -> OrgUnit:
    """Set up a unit the rulebook orders; its duties are those the rulebook names (ORG-01)."""
    require(actor)
    rule = next((each for each in unit_rules(rules) if each.code == code), None)
    if rule is None:
        raise RefusedError(_("规程没有规定这个机构。"))
    made = OrgUnit(
        centre=centre,
        code=code,
        name=name.strip() or rule.label,
        kind=rule.kind,
        document=document.strip(),
        since=since,
    )
    made.full_clean()
    made.save()
    payload = {"unit": made.name, "code": code}
    record(actor=actor, verb="unit.set_up", subject=made.subject, payload=payload)
    return made


@transaction.atomic
def succeed_unit(
    *, actor: Actor, unit: OrgUnit, name: str, on: date, document: str = ""
) -> OrgUnit:
    """Rename a unit: its successor takes over duties and members, the old one ends (ORG-05)."""
    require(actor)
    held = OrgUnit.objects.select_for_update().get(pk=unit.pk)
    if held.ended_on is not None:
        raise RefusedError(
            _("“%(unit)s”已由“%(next)s”承继职责。") % {"unit": held, "next": held.successor}
        )
    if not name.strip() or name.strip() == held.name:
        raise RefusedError(_("请填写承继单位的新名称。"))
    if on < held.since:
        raise RefusedError(_("更名日期不能早于成立日期。"))
    heir = OrgUnit(
        centre=held.centre,
        code=held.code,
        name=name.strip(),
        kind=held.kind,
        document=document.strip(),
        since=on,
    )
    heir.full_clean()
    heir.save()
    held.members.update(unit=heir)
    held.ended_on, held.successor = on, heir
    held.full_clean()
    held.save(update_fields=["ended_on", "successor"])
    payload = {"unit": held.name, "successor": heir.name, "on": on.isoformat()}
    record(actor=actor, verb="unit.succeed", subject=held.subject, payload=payload)
    return heir


@transaction.atomic
def join_unit(
    *,
    actor: Actor,
    unit: OrgUnit,
    member: StaffMember,
    post: str,
    duty: str = "",
    is_head: bool = False,
    is_fulltime: bool = False,
) -> UnitMember:
    """Put a member of the staff into a unit; refused for a unit that has ended."""
    require(actor)
    held = OrgUnit.objects.select_for_update().get(pk=unit.pk)
    if held.ended_on is not None:
        raise RefusedError(_("“%(unit)s”已停用。") % {"unit": held})
    made = UnitMember(
        unit=held,
        member=member,
        post=post.strip(),
        duty=duty.strip(),
        is_head=is_head,
        is_fulltime=is_fulltime,
    )
    made.full_clean()
    made.save()
    payload = {"member": str(member.pk), "post": made.post, "fulltime": is_fulltime}
    record(actor=actor, verb="unit.join", subject=held.subject, payload=payload)
    return made


@transaction.atomic
def leave_unit(*, actor: Actor, membership: UnitMember) -> None:
    """Take a member out of a unit."""
    require(actor)
    payload = {"member": str(membership.member_id), "post": membership.post}
    subject = membership.unit.subject
    membership.delete()
    record(actor=actor, verb="unit.leave", subject=subject, payload=payload)
