"""The menu line, and what waits on the home page until the first day is signed."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import MenuLink, menu_links
from assessment_center.opening.enums import DeclarationState
from assessment_center.opening.selectors import declaration_of
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import Actor
from assessment_center.registry.entries import HomePanel, Line, home_panels


def lines(_actor: Actor) -> Sequence[Line]:
    """One line while numbers cannot be given; nothing once two have signed."""
    centre = active_centre()
    if centre is None:
        return []
    found = declaration_of(centre)
    if found is not None and found.status == DeclarationState.SIGNED:
        return []
    waits = found is not None and found.status == DeclarationState.PREPARED
    return [
        Line(
            _("期初数据还没有签署"),
            _("签署以前不能编号发证。"),
            "now" if waits else "due",
            _("待复核签署") if waits else _("待填报"),
            reverse("opening_office:index"),
            _("办理"),
        )
    ]


home_panels.register(
    "opening",
    HomePanel("opening", gettext_lazy("期初数据"), lines, Act.CENTRE_MANAGE),
    order=85,
)
menu_links.register(
    "opening",
    MenuLink("centre", gettext_lazy("期初数据"), "opening_office:index", Act.CENTRE_VIEW),
    order=80,
)
