"""Kept versions of the rulebooks, and the values an office has put in place of theirs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.registry.records import Record

STATUS_LABELS = {
    "in_force": _("现行"),
    "sample": _("样例"),
    "old": _("旧规"),
    "draft": _("征求意见稿"),
}


class RulebookVersion(Record):
    """The full text of a rulebook as it was installed; never changed, batches point to it."""

    code = models.CharField(_("代码"), max_length=20)
    name = models.CharField(_("名称"), max_length=60)
    version = models.CharField(_("版本"), max_length=20)
    sha256 = models.CharField(_("摘要"), max_length=64, unique=True)
    content = models.TextField(_("内容"))
    status = models.CharField(_("性质"), max_length=10, choices=STATUS_LABELS.items())
    loaded_at = models.DateTimeField(_("载入时间"))

    class Meta:
        verbose_name = _("规程版本")
        verbose_name_plural = _("规程版本")
        ordering = ("code", "-loaded_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="rulebook_sha256_form",
                violation_error_message=_("摘要应为 64 位十六进制数。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=sorted(STATUS_LABELS)),
                name="rulebook_status_known",
                violation_error_message=_("规程性质不在所列之内。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class RuleOverride(Record):
    """The office's own value of one setting; the latest one counts, none is ever changed."""

    rulebook_version = models.ForeignKey(
        RulebookVersion,
        on_delete=models.PROTECT,
        related_name="overrides",
        verbose_name=_("规程版本"),
    )
    key = models.CharField(_("设置"), max_length=60)
    value = models.JSONField(_("值"))
    reason = models.TextField(_("理由"))
    article = models.CharField(_("依据"), max_length=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("设置人"),
    )

    class Meta:
        verbose_name = _("规程调整")
        verbose_name_plural = _("规程调整")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason="") & ~models.Q(article=""),
                name="override_reason_and_article",
                violation_error_message=_("请写明理由和依据。"),
            ),
        )

    def __str__(self) -> str:
        return self.key


class OverrideWithdrawal(Record):
    """An override taken back: from then on the rulebook's own value holds again."""

    override = models.OneToOneField(
        RuleOverride,
        on_delete=models.PROTECT,
        related_name="withdrawal",
        verbose_name=_("规程调整"),
    )
    reason = models.TextField(_("理由"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name=_("撤销人"),
    )

    class Meta:
        verbose_name = _("规程调整的撤销")
        verbose_name_plural = _("规程调整的撤销")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="override_withdrawal_reason",
                violation_error_message=_("请写明撤销的理由。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.override)
