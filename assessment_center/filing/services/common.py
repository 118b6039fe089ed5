"""Who may, and on which application: asked first by every service."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.filing.enums import EDITABLE
from assessment_center.filing.models import FilingApplication
from assessment_center.registry import Actor, RefusedError


def require(actor: Actor) -> None:
    """Only who keeps the centre's affairs files."""
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您的角色不能办理备案。"), remedy=_("请找中心主任或考务员办理。"))


def locked(application: FilingApplication) -> FilingApplication:
    """The row as it stands now, held until the transaction ends."""
    rows = FilingApplication.objects.select_for_update(of=("self",))
    return rows.select_related("centre", "rulebook_version", "base").get(pk=application.pk)


def editable(
    actor: Actor, application: FilingApplication, states: Collection[str] = EDITABLE
) -> FilingApplication:
    """The locked application, if it may still be changed by this actor."""
    require(actor)
    held = locked(application)
    if held.status not in states:
        raise RefusedError(
            _("申请“%(status)s”，不能再改。") % {"status": held.get_status_display()},
            remedy=_("如需修改，请先重新填报；已报送的须由受理部门退回。"),
        )
    return held
