"""What the guide of the first days asks of the places where examinations are held."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupState, SetupStep
from exams.enums import RoomKind
from exams.models import Room
from exams.setup_sheet import ROOMS

WRITTEN = {RoomKind.THEORY, RoomKind.COMPUTER}


def rooms(_rules: Any) -> SetupState:
    """At least one room for theory and one for practical work."""
    kinds = list(
        Room.objects.filter(is_active=True, site__is_active=True).values_list("kind", flat=True)
    )
    if not kinds:
        return SetupState(0, [_("还没有考场。")])
    missing = []
    if not WRITTEN & set(kinds):
        missing.append(_("还没有理论考场或机考考场。"))
    advice = [] if RoomKind.PRACTICAL in kinds else [_("还没有技能考场。")]
    return SetupState(len(kinds), missing, advice)


setup_steps.register(
    "rooms",
    SetupStep(
        key="rooms",
        title=gettext_lazy("考点和考场"),
        purpose=gettext_lazy("座位和工位的排布决定排座、门贴和座次表。"),
        unit=gettext_lazy("间"),
        state=rooms,
        permission=Act.EXAM_ARRANGE,
        shown_at=lambda: reverse("admin:exams_room_changelist"),
        sheet=ROOMS,
        required=True,
    ),
    order=90,
)
