"""Messages to a user: always in the application, by e-mail where an address is known."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.registry.records import Record


class Notice(Record):
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="notices",
        verbose_name=_("收件人"),
    )
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("内容"), blank=True)
    link = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=160, blank=True)
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "key"), condition=~models.Q(key=""), name="notice_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
