"""What every service of the staff asks first."""

from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError


def require_manage(actor: Actor) -> None:
    if not actor.may(Act.PEOPLE_MANAGE):
        raise RefusedError(_("您的角色不能维护考务人员。"), remedy=_("请找考务员办理。"))


def locked_member(member: StaffMember) -> StaffMember:
    """The member, locked until the end of the transaction."""
    return StaffMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
