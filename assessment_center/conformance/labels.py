"""The words and tones of a rule's state."""

from django.utils.translation import gettext_lazy as _

from assessment_center.conformance.declarations import Kept
from assessment_center.conformance.enums import Outcome, State
from assessment_center.registry.entries import StageState

STATE_LABELS = {
    State.FAILED: _("不符"),
    State.MANUAL: _("待人工确认"),
    State.OPEN: _("尚无检查"),
    State.PASSED: _("核对符合"),
    State.CONFIRMED: _("已人工确认"),
    State.ENFORCED: _("系统保证"),
    State.WAITING: _("还没有可核对的记录"),
    State.NOT_APPLICABLE: _("不适用"),
}
STATE_TONES: dict[State, StageState] = {
    State.FAILED: "bad",
    State.MANUAL: "due",
    State.OPEN: "idle",
    State.PASSED: "done",
    State.CONFIRMED: "done",
    State.ENFORCED: "seal",
    State.WAITING: "idle",
    State.NOT_APPLICABLE: "idle",
}
KEPT_LABELS = {
    Kept.ENFORCED: _("系统保证：违反的操作做不成"),
    Kept.CHECKED: _("系统核对：逐批次检查记录"),
    Kept.MANUAL: _("人工确认：由人核对并签认"),
    Kept.NOT_APPLICABLE: _("不适用于本软件"),
    Kept.OPEN: _("尚无检查"),
}
OUTCOME_LABELS = {Outcome.KEPT: _("已做到"), Outcome.BROKEN: _("未做到")}
