"""Why a piece may not be used, in words."""

from django.utils.translation import gettext as _

from exams.equipment.enums import Reason
from exams.rules.equipment import Fault


def fault_words(fault: Fault) -> str:
    """Why a piece may not be used, with the day that decides."""
    day = fault.since.isoformat() if fault.since else ""
    return {
        Reason.NEVER_CALIBRATED: _("没有检定记录"),
        Reason.FAILED: _("%(day)s 检定不合格") % {"day": day},
        Reason.EXPIRED: _("检定有效期至 %(day)s，已超期") % {"day": day},
        Reason.ON_LOAN: _("已借出，应于 %(day)s 归还") % {"day": day},
        Reason.DAMAGED: _("已损坏或丢失，可用数量不足"),
    }[fault.reason]
