"""What becomes of an application beside its review: safety agreed upon, fraud found."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.registry.records import Record
from candidates.enums import CaseStatus
from candidates.labels import CASE_LABELS


class SafetyAgreement(Record):
    """The candidate of a dangerous trade signed, on paper, before the practical (REG-18)."""

    application = models.OneToOneField(
        "candidates.Application",
        on_delete=models.PROTECT,
        related_name="safety_agreement",
        verbose_name=_("申报"),
    )
    signed_on = models.DateField(_("签订日期"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("安全保证书")
        verbose_name_plural = _("安全保证书")
        ordering = ("created_at",)

    def __str__(self) -> str:
        return f"{self.application} {self.signed_on}"


class FraudCase(Record):
    """False papers in an application: who found what, and what another person decided (REG-16).

    Act, consequence and articles are those of the batch's frozen rulebook, kept as they stood.
    """

    application = models.ForeignKey(
        "candidates.Application",
        on_delete=models.PROTECT,
        related_name="fraud_cases",
        verbose_name=_("申报"),
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=CASE_LABELS.items(), default=CaseStatus.OPEN
    )
    act_code = models.CharField(_("代码"), max_length=20)
    act = models.CharField(_("行为"), max_length=200)
    consequence = models.CharField(_("处理"), max_length=300)
    effects = ArrayField(models.CharField(max_length=40), default=list)
    citations = ArrayField(models.CharField(max_length=200), default=list)
    facts = models.TextField(_("查明的事实"))
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decision = models.CharField(_("决定说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("报名弄虚作假")
        verbose_name_plural = _("报名弄虚作假")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("application",),
                condition=models.Q(status__in=["open", "upheld"]),
                name="fraud_case_once",
                violation_error_message=_("这份申报已有待决定或已成立的弄虚作假处理。"),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("found_by")),
                name="fraud_two_people",
                violation_error_message=_("处理决定须由登记人以外的人作出。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status="open") | models.Q(decided_at__isnull=False),
                name="fraud_decided_when",
                violation_error_message=_("已决定的须有决定时间。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(facts=""),
                name="fraud_told",
                violation_error_message=_("请写明查明的事实。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} {self.act}"
