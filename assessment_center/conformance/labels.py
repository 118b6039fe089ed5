"""The words and tones of a rule's state."""

from django.utils.translation import gettext_lazy as _

STATE_LABELS = {
    "failed": _("不符"),
    "passed": _("符合"),
    "enforced": _("系统保证"),
    "manual": _("人工确认"),
    "open": _("尚无检查"),
    "not_applicable": _("不适用"),
}
STATE_TONES = {
    "failed": "bad",
    "passed": "done",
    "enforced": "done",
    "manual": "due",
    "open": "idle",
    "not_applicable": "idle",
}
