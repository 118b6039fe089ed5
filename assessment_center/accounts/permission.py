"""The one way a service asks whether the role of the person may do this."""

from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.registry import Actor, RefusedError


def require_act(actor: Actor, act: Act, what: str) -> None:
    """Refuse an actor without this permission; `what` is the deed in words for the user."""
    if not actor.may(act):
        raise RefusedError(_("您的角色不能%(what)s。") % {"what": what})
