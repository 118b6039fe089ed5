"""Four registers on one pattern: numbered without a gap, never changed, put right by a line."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.registers.enums import Consent, Series
from assessment_center.registers.labels import (
    CONSENT_LABELS,
    MARKS,
    SECRECY_LABELS,
    SERIES_LABELS,
)
from assessment_center.registry.records import Record, by_staff


class Line(Record):
    """A line of a register; `matter` is the batch it belongs to, known by key and code only."""

    series = models.CharField(_("登记簿"), max_length=10, choices=SERIES_LABELS.items())
    year = models.PositiveSmallIntegerField(_("年度"))
    number = models.PositiveIntegerField(_("登记号"))
    entered_on = models.DateField(_("登记日期"))
    entered_by = by_staff(_("登记人"))
    matter_id = models.UUIDField(null=True, blank=True, db_index=True)
    matter = models.CharField(_("批次"), max_length=40, blank=True)
    corrects = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("更正"),
    )
    reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        abstract = True
        ordering = ("-year", "series", "-number")

    def __str__(self) -> str:
        return f"{MARKS[self.series]}〔{self.year}〕{self.number}号"

    @property
    def is_corrected(self) -> bool:
        """A later line took this one's place."""
        return hasattr(self, "corrected_by")


def _line_constraints(name: str) -> tuple[models.BaseConstraint, ...]:
    return (
        models.UniqueConstraint(
            fields=("series", "year", "number"),
            name=f"{name}_number_once",
            violation_error_message=_("这个登记号已经使用。"),
        ),
        models.CheckConstraint(
            condition=models.Q(corrects=None, reason="")
            | models.Q(corrects__isnull=False) & ~models.Q(reason=""),
            name=f"{name}_corrected_why",
            violation_error_message=_("更正须写明原因。"),
        ),
    )


class DocumentEntry(Line):
    """A document that came in or went out, with its file and the file's digest."""

    title = models.CharField(_("文件名称"), max_length=200)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    counterpart = models.CharField(_("来文（发往）单位"), max_length=120)
    dated = models.DateField(_("文件日期"))
    copies = models.PositiveSmallIntegerField(_("份数"), default=1)
    secrecy = models.CharField(_("密级"), max_length=10, choices=SECRECY_LABELS.items())
    keeper = models.CharField(_("保管人"), max_length=80)
    file = models.FileField(_("文件"), upload_to="registers/", blank=True)
    file_digest = models.CharField(_("文件摘要"), max_length=64, blank=True)

    class Meta(Line.Meta):
        abstract = False
        verbose_name = _("收发文登记")
        verbose_name_plural = _("收发文登记")
        constraints = (
            *_line_constraints("document"),
            models.CheckConstraint(
                condition=models.Q(series__in=[Series.IN.value, Series.OUT.value]),
                name="document_in_or_out",
                violation_error_message=_("请选收文或发文。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(counterpart="") & ~models.Q(keeper=""),
                name="document_told",
                violation_error_message=_("请填写文件名称、单位和保管人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(file="", file_digest="")
                | ~models.Q(file="") & models.Q(file_digest__regex=r"^[0-9a-f]{64}$"),
                name="document_file_with_digest",
                violation_error_message=_("文件须与摘要一起保存。"),
            ),
        )


class Consented(Line):
    """A line that a leader other than its author agrees to before it is carried out."""

    consent = models.CharField(_("状态"), max_length=10, choices=CONSENT_LABELS.items())
    decided_by = by_staff(_("批准人"))
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    decision = models.CharField(_("意见"), max_length=200, blank=True)

    class Meta(Line.Meta):
        abstract = True


def _consent_constraints(name: str) -> tuple[models.BaseConstraint, ...]:
    return (
        models.CheckConstraint(
            condition=models.Q(consent__in=[Consent.NOT_NEEDED.value, Consent.ASKED.value])
            & models.Q(decided_at=None)
            | models.Q(
                consent__in=[Consent.GIVEN.value, Consent.REFUSED.value, Consent.USED.value],
                decided_at__isnull=False,
            ),
            name=f"{name}_consent_whole",
            violation_error_message=_("须经领导批准后才能办理。"),
        ),
        models.CheckConstraint(
            condition=models.Q(decided_by=None)
            | models.Q(entered_by=None)
            | ~models.Q(decided_by=models.F("entered_by")),
            name=f"{name}_two_people",
            violation_error_message=_("申请人不能批准自己的申请。"),
        ),
    )


class Transfer(Consented):
    """F-110: a document handed over; an important one only with the leader's consent."""

    document = models.CharField(_("文件名称"), max_length=200)
    moved_at = models.DateTimeField(_("移交时间"))
    place = models.CharField(_("移交地点"), max_length=120)
    giver = models.CharField(_("保管员"), max_length=80)
    receiver = models.CharField(_("接收人"), max_length=80)
    important = models.BooleanField(_("重要文件"), default=True)
    leaves = models.BooleanField(_("带离存放场所"), default=False)
    remark = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta(Line.Meta):
        abstract = False
        verbose_name = _("文件移交登记")
        verbose_name_plural = _("文件移交登记")
        constraints = (
            *_line_constraints("transfer"),
            *_consent_constraints("transfer"),
            models.CheckConstraint(
                condition=models.Q(series=Series.TRANSFER.value),
                name="transfer_series",
                violation_error_message=_("文件移交只登记在文件移交登记表。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(giver="")
                & ~models.Q(receiver="")
                & ~models.Q(receiver=models.F("giver")),
                name="transfer_between_two",
                violation_error_message=_("移交双方不能是同一人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(important=False, leaves=False)
                | ~models.Q(consent=Consent.NOT_NEEDED.value),
                name="transfer_of_weight_is_consented",
                violation_error_message=_("重要文件移交或带出，须经主管领导同意。"),
            ),
        )


class Minutes(Line):
    """F-111: what a meeting resolved, or what was done, with who was there and who signed."""

    title = models.CharField(_("会议（工作）名称"), max_length=200)
    held_at = models.DateTimeField(_("时间"))
    place = models.CharField(_("地点"), max_length=120)
    chair = models.CharField(_("主持人"), max_length=80)
    recorder = models.CharField(_("记录人"), max_length=80)
    present = models.TextField(_("参加人员"))
    agenda = models.TextField(_("议题（工作内容）"))
    resolutions = models.TextField(_("决议（结果）"))
    signed = models.CharField(_("签名人"), max_length=200)

    class Meta(Line.Meta):
        abstract = False
        verbose_name = _("会议/工作记录")
        verbose_name_plural = _("会议/工作记录")
        constraints = (
            *_line_constraints("minutes"),
            models.CheckConstraint(
                condition=models.Q(series__in=[Series.MEETING.value, Series.WORK.value]),
                name="minutes_of_what",
                violation_error_message=_("请选会议记录或工作记录。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(present="")
                & ~models.Q(agenda="")
                & ~models.Q(resolutions="")
                & ~models.Q(signed=""),
                name="minutes_whole",
                violation_error_message=_("记录须写明参加人员、议题、决议和签名人。"),
            ),
        )


class SealUse(Consented):
    """A use of a seal: asked for by one, agreed by another, and then carried out."""

    seal = models.CharField(_("印章"), max_length=160)
    document = models.CharField(_("用印文件"), max_length=200)
    copies = models.PositiveSmallIntegerField(_("份数"), default=1)
    purpose = models.CharField(_("用途"), max_length=200)
    applicant = models.CharField(_("申请人"), max_length=80)
    used_on = models.DateField(_("用印日期"), null=True, blank=True)
    used_by = models.CharField(_("监印人"), max_length=80, blank=True)
    kept_by = models.CharField(_("文件留存人"), max_length=80, blank=True)

    class Meta(Line.Meta):
        abstract = False
        verbose_name = _("用印登记")
        verbose_name_plural = _("用印登记")
        constraints = (
            *_line_constraints("seal_use"),
            *_consent_constraints("seal_use"),
            models.CheckConstraint(
                condition=models.Q(series=Series.SEAL.value)
                & ~models.Q(consent=Consent.NOT_NEEDED.value),
                name="seal_use_is_consented",
                violation_error_message=_("用印须经批准。"),
            ),
            models.CheckConstraint(
                condition=models.Q(copies__gte=1)
                & ~models.Q(seal="")
                & ~models.Q(document="")
                & ~models.Q(purpose="")
                & ~models.Q(applicant=""),
                name="seal_use_told",
                violation_error_message=_("请填写印章、文件、份数、用途和申请人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(consent=Consent.USED.value, used_on__isnull=False)
                & ~models.Q(used_by="")
                & ~models.Q(kept_by="")
                | ~models.Q(consent=Consent.USED.value)
                & models.Q(used_on=None, used_by="", kept_by=""),
                name="seal_used_when",
                violation_error_message=_("用印须写明日期、监印人和文件留存人。"),
            ),
        )
