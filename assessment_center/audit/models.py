"""The trail: entries, their leaves in one ordered log, and the signed heads of that log."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act, written in the transaction of the change it tells of; never changed again."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(_("时间"))
    actor_kind = models.CharField(max_length=60)
    actor_id = models.UUIDField()
    actor_label = models.CharField(_("何人"), max_length=80)
    verb = models.CharField(_("何事"), max_length=80)
    subject_kind = models.CharField(_("对象"), max_length=60)
    subject_id = models.UUIDField()
    payload = models.JSONField(_("内容"), default=dict)
    mac = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("subject_kind", "subject_id"), name="audit_subject"),
            models.Index(fields=("actor_id", "at"), name="audit_actor"),
        )

    def __str__(self) -> str:
        return f"{self.id} {self.verb}"


class SealedHead(models.Model):
    """The log after one sealing: its size, the block's Merkle root, the chain and a signature."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("封存时间"))
    size = models.BigIntegerField(_("累计条数"))
    root = models.BinaryField(max_length=32)
    head = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    class Meta:
        verbose_name = _("审计封存")
        verbose_name_plural = _("审计封存")
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"#{self.number}"


class SealedLeaf(models.Model):
    """The place of one entry in the log and the hash it had when it was sealed."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    leaf = models.BinaryField(max_length=32)
    head = models.ForeignKey(SealedHead, on_delete=models.PROTECT, related_name="leaves")

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return str(self.position)
