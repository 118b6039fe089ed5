"""What waits for the leader's consent, on the home page; the registers in the menu."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.office import MenuLink, menu_links
from assessment_center.registers.models import SealUse
from assessment_center.registers.selectors import waiting
from assessment_center.registry import Actor
from assessment_center.registry.entries import HomePanel, Line, home_panels


def waiting_lines(_actor: Actor) -> list[Line]:
    """Seals to be used and documents to be handed over, once somebody else agrees."""
    return [
        Line(
            f"{each} {each.document}",
            each.purpose if isinstance(each, SealUse) else each.receiver,
            "due",
            _("待批准"),
            reverse(
                "registers_office:register",
                args=["seals" if isinstance(each, SealUse) else "transfers"],
            ),
        )
        for each in waiting()
    ]


home_panels.register(
    "registers",
    HomePanel("registers", gettext_lazy("用印与文件移交"), waiting_lines, Act.REGISTER_APPROVE),
    order=95,
)
menu_links.register(
    "registers",
    MenuLink("centre", gettext_lazy("登记簿"), "registers_office:home", Act.REGISTER_VIEW),
    order=60,
)
