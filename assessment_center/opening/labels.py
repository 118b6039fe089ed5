"""The words for beginnings and states of the declaration."""

from django.utils.translation import gettext_lazy as _

from assessment_center.opening.enums import Beginning, DeclarationState

BEGINNING_LABELS = {
    Beginning.NEW.value: _("新机构，无期初数据"),
    Beginning.WORKING.value: _("已在运行，登记期初数据"),
}
STATE_LABELS = {
    DeclarationState.DRAFT.value: _("填报中"),
    DeclarationState.PREPARED.value: _("待复核签署"),
    DeclarationState.SIGNED.value: _("已签署"),
}
