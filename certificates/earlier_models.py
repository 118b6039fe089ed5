"""Certificates of the time before this software: found by the public, never issued again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.bases import OfLevel
from assessment_center.opening.models import OpeningDeclaration
from assessment_center.organization.models import AssessmentCentre
from assessment_center.people.models import Person
from certificates.enums import CertificateStatus
from certificates.labels import STATUS_LABELS

S = CertificateStatus


class EarlierCertificate(OfLevel):
    """A certificate that the centre issued before its first day here, as two people signed it.

    It has no result, file or code of ours; `face` is what the certificate says.
    """

    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="+")
    opening = models.ForeignKey(OpeningDeclaration, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("姓名")
    )
    number = models.CharField(
        _("证书编号"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("这个证书编号已经登记。")},
    )
    issued_on = models.DateField(_("发证日期"))
    face = models.JSONField(_("证书内容"), default=dict)
    status = models.CharField(
        _("状态"), max_length=12, choices=STATUS_LABELS.items(), default=S.ISSUED
    )
    revoked_on = models.DateField(_("注销日期"), null=True, blank=True)
    revoked_reason = models.CharField(_("注销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("期初证书")
        verbose_name_plural = _("期初证书")
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status=S.ISSUED.value, revoked_on=None, revoked_reason="")
                | models.Q(status=S.REVOKED.value, revoked_on__isnull=False)
                & ~models.Q(revoked_reason=""),
                name="earlier_certificate_revoked_why",
                violation_error_message=_("已注销的证书必须有注销日期和原因，其他证书不能有。"),
            ),
        )

    def __str__(self) -> str:
        return self.number
