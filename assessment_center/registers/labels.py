"""The words of the registers."""

from django.utils.translation import gettext_lazy as _

from assessment_center.registers.enums import Consent, Secrecy, Series

SERIES_LABELS = {
    Series.IN.value: _("收文"),
    Series.OUT.value: _("发文"),
    Series.TRANSFER.value: _("文件移交"),
    Series.MEETING.value: _("会议"),
    Series.WORK.value: _("工作"),
    Series.SEAL.value: _("用印"),
}
# As a number is written: 收〔2026〕12号.
MARKS = {
    Series.IN.value: "收",
    Series.OUT.value: "发",
    Series.TRANSFER.value: "移",
    Series.MEETING.value: "会",
    Series.WORK.value: "记",
    Series.SEAL.value: "印",
}
SECRECY_LABELS = {
    Secrecy.OPEN.value: _("公开"),
    Secrecy.INTERNAL.value: _("内部"),
    Secrecy.SECRET.value: _("秘密"),
}
CONSENT_LABELS = {
    Consent.NOT_NEEDED.value: _("无须批准"),
    Consent.ASKED.value: _("待批准"),
    Consent.GIVEN.value: _("已批准"),
    Consent.REFUSED.value: _("未批准"),
    Consent.USED.value: _("已办理"),
}
