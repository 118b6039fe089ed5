"""The words for states of certificates."""

from django.utils.translation import gettext_lazy as _

from certificates.enums import BlankMove, CertificateStatus, Medium, Origin

STATUS_LABELS = {
    CertificateStatus.NUMBERED.value: _("已编号"),
    CertificateStatus.ISSUED.value: _("已发证"),
    CertificateStatus.HANDED_OUT.value: _("已领取"),
    CertificateStatus.REVOKED.value: _("已注销"),
}
MEDIUM_LABELS = {Medium.ELECTRONIC.value: _("电子证书"), Medium.PAPER.value: _("纸质证书")}
ORIGIN_LABELS = {Origin.OWN.value: _("本机构制作"), Origin.AUTHORITY.value: _("主管部门制作")}
BLANK_MOVE_LABELS = {
    BlankMove.OPENING.value: _("期初结存"),
    BlankMove.RECEIVED.value: _("印制入库"),
    BlankMove.USED.value: _("打印领用"),
    BlankMove.SPOILED.value: _("作废"),
    BlankMove.DESTROYED.value: _("销毁"),
}
