"""What somebody confirmed of a rule that only people can keep."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance.enums import Outcome
from assessment_center.conformance.labels import OUTCOME_LABELS
from assessment_center.registry.records import Record

REVOKED_WHOLE = models.Q(revoked_at=None, revoked_by=None, revoke_reason="") | models.Q(
    revoked_at__isnull=False, revoked_by__isnull=False
) & ~models.Q(revoke_reason="")


class ManualConfirmation(Record):
    """One confirmation of one rule in one batch; taken back with a reason, never changed."""

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="confirmations"
    )
    rule = models.CharField(_("规则"), max_length=16)
    outcome = models.CharField(_("结论"), max_length=8, choices=OUTCOME_LABELS.items())
    note = models.TextField(_("说明"))
    attachment = models.FileField(_("附件"), upload_to="confirmations/", blank=True)
    attachment_digest = models.CharField(_("附件摘要"), max_length=64, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("确认人"),
    )
    confirmed_at = models.DateTimeField(_("确认时间"))
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("撤回人"),
    )
    revoked_at = models.DateTimeField(_("撤回时间"), null=True)
    revoke_reason = models.TextField(_("撤回原因"), blank=True)

    class Meta:
        verbose_name = _("人工确认")
        verbose_name_plural = _("人工确认")
        ordering = ("-confirmed_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "rule"),
                condition=models.Q(revoked_at=None),
                name="one_live_confirmation",
                violation_error_message=_("这条规则已经确认过，请先撤回原来的确认。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(note="") & models.Q(outcome__in=sorted(Outcome)),
                name="confirmation_says_what",
                violation_error_message=_("请写明核对了什么、结论如何。"),
            ),
            models.CheckConstraint(
                condition=models.Q(attachment="", attachment_digest="")
                | models.Q(attachment_digest__regex=r"^[0-9a-f]{64}$") & ~models.Q(attachment=""),
                name="confirmation_attachment_digest",
                violation_error_message=_("附件须同时记下摘要。"),
            ),
            models.CheckConstraint(
                condition=REVOKED_WHOLE,
                name="confirmation_revoked_whole",
                violation_error_message=_("撤回须写明何人、何时、何故。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.get_outcome_display()}"
