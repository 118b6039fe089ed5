"""What the slips say, and their printing."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from assessment_center.first_day.enums import Audience
from assessment_center.pdf.layouts.slips import Slip, SlipWords, slips


def render(
    items: Sequence[Slip], *, audience: Audience, centre: str, address: str, until: date
) -> bytes:
    """The slips as a PDF, in Chinese; raises `GlyphMissing` before anything prints."""
    with translation.override("zh-hans"):
        return slips(items, _words(audience, centre, address, until))


def _words(audience: Audience, centre: str, address: str, until: date) -> SlipWords:
    shown = address.partition("://")[2].rstrip("/")
    if audience == Audience.STUDENTS:
        heading, label = _("账号激活条"), _("激活码")
        steps = (
            _("1. 扫码或打开网址，填学号和激活码，自己设置密码。"),
            _("2. 以后用证件号码和密码登录。激活码只能用一次。"),
        )
    else:
        heading, label = _("工作账号条"), _("一次性代码")
        steps = (
            _("1. 扫码或打开网址，填登录名和代码，自己设置密码。"),
            _("2. 再到登录页登录。代码只能用一次。"),
        )
    return SlipWords(
        heading=f"{centre} · {heading}" if centre else heading,
        code_label=label,
        until=_("有效至 %(day)s；重新打印后，原来的作废。") % {"day": until.isoformat()},
        address=address,
        shown=_("网址 %(address)s") % {"address": shown},
        steps=steps,
    )
