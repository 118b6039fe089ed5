"""What certificates add to the candidate's page: how to get it, and the file."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.models import Application
from candidates.portal_parts import PortalAction, PortalPart, TimelineEntry
from certificates.enums import CertificateStatus, Origin
from certificates.models import Certificate
from certificates.selectors import certificate_of


def _issued(one: Certificate) -> TimelineEntry:
    if one.origin == Origin.AUTHORITY:
        text = _("证书编号 %(number)s，由%(maker)s制作，已到认定中心。")
        told = {"number": one.number, "maker": one.face["maker"]}
        return TimelineEntry(_("证书已领回"), text % told, "done")
    told = {"number": one.number, "day": one.issued_on}
    detail = _("%(day)s 发证，证书编号 %(number)s，可以下载电子证书。") % told
    return TimelineEntry(_("证书已发放"), detail, "done")


def _collected(one: Certificate) -> TimelineEntry:
    at = timezone.localtime(one.handed_out_at) if one.handed_out_at else None
    if at is None:
        return TimelineEntry(
            _("领取证书"), _("请凭身份证件到认定中心领取；代领须带委托书。"), "due"
        )
    detail = _("%(month)s 月 %(day)s 日，%(to)s") % {
        "month": at.month, "day": at.day, "to": one.handed_to,
    }  # fmt: skip
    return TimelineEntry(_("证书已领取"), detail, "done", one.handed_out_at)


def entries(application: Application) -> Sequence[TimelineEntry]:
    one = certificate_of(application)
    if one is None:
        return ()
    if one.status == CertificateStatus.NUMBERED:
        return [TimelineEntry(_("证书制作中"), _("发放后会显示在这里。"), "now")]
    if one.status == CertificateStatus.REVOKED:
        return [TimelineEntry(_("证书已注销"), one.revoked_reason, "bad", one.revoked_at)]
    return [_issued(one), _collected(one)]


def actions(application: Application) -> Sequence[PortalAction]:
    one = certificate_of(application)
    if (
        one is None
        or one.origin == Origin.AUTHORITY
        or one.status not in {CertificateStatus.ISSUED, CertificateStatus.HANDED_OUT}
    ):
        return ()
    url = reverse("certificates_portal:pdf", args=[application.pk])
    return [PortalAction(_("下载电子证书"), url, primary=True)]


PART = PortalPart("certificates", 130, entries, actions)
