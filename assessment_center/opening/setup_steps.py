"""The step of the first days that says with what the centre begins."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.opening.enums import DeclarationState
from assessment_center.opening.selectors import declaration_of
from assessment_center.organization.selectors import active_centre
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupState, SetupStep
from assessment_center.rulebooks.rules.rulebook import Rulebook

WAITING = {
    DeclarationState.DRAFT.value: gettext_lazy("期初数据还在填报。"),
    DeclarationState.PREPARED.value: gettext_lazy("期初数据等另一名人员复核签署。"),
}


def opening(rules: Rulebook | None) -> SetupState:
    """Signed by two, or what is still to do; until then no certificate is numbered (CERT-18)."""
    centre = active_centre()
    found = declaration_of(centre) if centre else None
    if found is not None and found.status == DeclarationState.SIGNED:
        return SetupState(1)
    pattern = rules.settings.certno_pattern if rules else None
    told = WAITING[found.status] if found else _("还没有说明从哪里开始，不能编号发证。")
    return SetupState(0, [told], citations=pattern.citations if pattern else ())


setup_steps.register(
    "opening",
    SetupStep(
        key="opening",
        title=gettext_lazy("期初数据"),
        purpose=gettext_lazy(
            "新机构声明从零开始；已在运行的，证书流水号接着以前的编。由两人签署。"
        ),
        unit=gettext_lazy("份"),
        state=opening,
        permission=Act.CENTRE_MANAGE,
        page=lambda: reverse("opening_office:index"),
        needs=("centre", "filing"),
    ),
    order=130,
)
