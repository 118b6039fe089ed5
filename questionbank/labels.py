"""The words for kinds and states."""

from django.utils.translation import gettext_lazy as _

from questionbank.enums import ItemKind, ItemStatus, PaperStatus

ITEM_KIND_LABELS = {
    ItemKind.SINGLE.value: _("单项选择题"),
    ItemKind.TRUE_FALSE.value: _("判断题"),
    ItemKind.MULTIPLE.value: _("多项选择题"),
    ItemKind.PRACTICAL.value: _("操作题"),
}
ITEM_LABELS = {
    ItemStatus.DRAFT.value: _("草稿"),
    ItemStatus.SUBMITTED.value: _("待审题"),
    ItemStatus.RETURNED.value: _("已退回"),
    ItemStatus.REVIEWED.value: _("已审题"),
    ItemStatus.ACCEPTED.value: _("已入库"),
    ItemStatus.RETIRED.value: _("已停用"),
}
PAPER_LABELS = {
    PaperStatus.DRAFT.value: _("待审定"),
    PaperStatus.APPROVED.value: _("已审定"),
    PaperStatus.SEALED.value: _("已封存"),
    PaperStatus.RELEASED.value: _("已启封"),
    PaperStatus.VOID.value: _("已作废"),
}
