"""Numbers without gaps, and the certificates that carry them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.records import Record
from candidates.models import Application
from certificates.earlier_models import EarlierCertificate
from certificates.enums import CertificateStatus, Medium, Origin
from certificates.labels import MEDIUM_LABELS, ORIGIN_LABELS, STATUS_LABELS
from certificates.stock_models import BlankMovement
from scoring.models import FinalResult

__all__ = [
    "BlankMovement",
    "Certificate",
    "CertificateDelivery",
    "CertificateRequest",
    "EarlierCertificate",
    "NumberSeries",
    "RequestLine",
    "SpoiledNumber",
    "VerifyTries",
]


class NumberSeries(Record):
    """The last serial given for a year and level; its row lock makes the numbers gapless.

    Serials up to `opening_serial` were given before the centre's first day here.
    """

    centre = models.ForeignKey(AssessmentCentre, on_delete=models.PROTECT, related_name="+")
    filing_number = models.CharField(_("备案号"), max_length=13)
    year = models.PositiveSmallIntegerField(_("年份"))
    level = models.PositiveSmallIntegerField(_("等级"))
    opening_serial = models.PositiveIntegerField(_("期初流水号"), default=0)
    last_serial = models.PositiveIntegerField(_("最后流水号"), default=0)

    class Meta:
        verbose_name = _("证书编号序列")
        verbose_name_plural = _("证书编号序列")
        constraints = (
            models.UniqueConstraint(
                fields=("filing_number", "year", "level"), name="number_series_once"
            ),
            models.CheckConstraint(
                condition=models.Q(last_serial__gte=models.F("opening_serial")),
                name="number_series_after_opening",
                violation_error_message=_("流水号不能小于期初已用到的流水号。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.filing_number} {self.year} {self.level}"


class SpoiledNumber(Record):
    """A number that will never be a certificate, and why: the only gap there may be."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="spoiled")
    serial = models.PositiveIntegerField(_("流水号"))
    reason = models.CharField(_("原因"), max_length=200)

    class Meta:
        verbose_name = _("作废编号")
        verbose_name_plural = _("作废编号")
        constraints = (
            models.UniqueConstraint(fields=("series", "serial"), name="spoiled_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.series} {self.serial}"


class CertificateRequest(Record):
    """The list of those who passed, as it went to the authority that makes the certificates."""

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="certificate_requests"
    )
    number = models.PositiveSmallIntegerField(_("次数"))
    sent_at = models.DateTimeField(_("报送时间"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    invoice = models.CharField(_("缴费发票号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("证书申领")
        verbose_name_plural = _("证书申领")
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "number"), name="certificate_request_number_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch.code}-{self.number}"


class RequestLine(Record):
    """One person asked for; a result is asked for once."""

    request = models.ForeignKey(CertificateRequest, on_delete=models.PROTECT, related_name="lines")
    result = models.OneToOneField(
        FinalResult,
        on_delete=models.PROTECT,
        related_name="certificate_line",
        error_messages={"unique": _("这项成绩已经申领过证书。")},
    )

    class Meta:
        verbose_name = _("证书申领明细")
        verbose_name_plural = _("证书申领明细")
        ordering = ("request", "result__application__number")

    def __str__(self) -> str:
        return str(self.result)


class CertificateDelivery(Record):
    """One sheet of numbers with the certificates it brought, as the authority handed them over."""

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="certificate_deliveries"
    )
    received_on = models.DateField(_("领取日期"))
    giver = models.CharField(_("主管部门交证人"), max_length=80)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    count = models.PositiveIntegerField(_("份数"))
    sheet = models.FileField(_("主管部门证书清单"), upload_to="certificate-deliveries/")
    digest = models.CharField(_("文件摘要"), max_length=64)

    class Meta:
        verbose_name = _("证书领回")
        verbose_name_plural = _("证书领回")
        ordering = ("batch", "received_on", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "digest"),
                name="certificate_delivery_once",
                violation_error_message=_("这份证书清单已经登记过。"),
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=1), name="certificate_delivery_not_empty"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch.code} {self.received_on}"


class Certificate(Record):
    """A certificate: its number leads to its basis, its face is kept as it was issued.

    One that the authority made has its number and no series, token or file of ours; the line it
    was asked for by and the delivery it came with say where it is from.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="certificate"
    )
    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="certificates"
    )
    basis = models.OneToOneField(
        FinalResult, on_delete=models.PROTECT, related_name="certificate", verbose_name=_("依据")
    )
    origin = models.CharField(
        _("制作"), max_length=12, choices=ORIGIN_LABELS.items(), default=Origin.OWN
    )
    series = models.ForeignKey(
        NumberSeries,
        on_delete=models.PROTECT,
        related_name="certificates",
        null=True,
        blank=True,
    )
    serial = models.PositiveIntegerField(_("流水号"), null=True, blank=True)
    line = models.OneToOneField(
        RequestLine, on_delete=models.PROTECT, related_name="certificate", null=True, blank=True
    )
    delivery = models.ForeignKey(
        CertificateDelivery,
        on_delete=models.PROTECT,
        related_name="certificates",
        null=True,
        blank=True,
    )
    number = models.CharField(
        _("证书编号"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("这个证书编号已经登记。")},
    )
    medium = models.CharField(
        _("形式"), max_length=12, choices=MEDIUM_LABELS.items(), default=Medium.ELECTRONIC
    )
    blank_number = models.CharField(_("空白证书号"), max_length=30, blank=True)
    face = models.JSONField(_("证书内容"), default=dict)
    token = models.TextField(_("核验码"), blank=True)
    digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    pdf = models.FileField(_("证书文件"), upload_to="certificates/", blank=True)
    status = models.CharField(
        _("状态"),
        max_length=12,
        choices=STATUS_LABELS.items(),
        default=CertificateStatus.NUMBERED,
    )
    issued_on = models.DateField(_("发证日期"), null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    handed_out_at = models.DateTimeField(_("领取时间"), null=True, blank=True)
    handed_to = models.CharField(_("领取人"), max_length=80, blank=True)
    revoked_at = models.DateTimeField(_("注销时间"), null=True, blank=True)
    revoked_reason = models.CharField(_("注销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("证书")
        verbose_name_plural = _("证书")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("series", "serial"), name="certificate_serial_once"),
            models.CheckConstraint(
                condition=models.Q(status=CertificateStatus.NUMBERED.value)
                | models.Q(issued_on__isnull=False)
                & (
                    models.Q(origin=Origin.AUTHORITY.value)
                    | ~models.Q(token="") & ~models.Q(digest="") & ~models.Q(pdf="")
                ),
                name="certificate_issued_whole",
                violation_error_message=_("已发证书必须有编号、日期和依据。"),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    origin=Origin.OWN.value,
                    series__isnull=False,
                    serial__isnull=False,
                    line=None,
                    delivery=None,
                )
                | models.Q(
                    origin=Origin.AUTHORITY.value,
                    series=None,
                    serial=None,
                    line__isnull=False,
                    delivery__isnull=False,
                    token="",
                    digest="",
                    pdf="",
                )
                & ~models.Q(status=CertificateStatus.NUMBERED.value),
                name="certificate_origin_consistent",
                violation_error_message=_(
                    "主管部门制作的证书须有申领和领回登记，不能有本机构的流水号、核验码和文件。"
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(medium=Medium.PAPER.value)
                | models.Q(status=CertificateStatus.NUMBERED.value)
                | models.Q(origin=Origin.AUTHORITY.value)
                | ~models.Q(blank_number=""),
                name="certificate_paper_has_blank",
                violation_error_message=_("纸质证书必须登记空白证书号。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=CertificateStatus.HANDED_OUT.value)
                | (models.Q(handed_out_at__isnull=False) & ~models.Q(handed_to="")),
                name="certificate_handed_to_whom",
                violation_error_message=_("已领取的证书必须有领取人和领取时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=CertificateStatus.REVOKED.value, revoked_at__isnull=False)
                & ~models.Q(revoked_reason="")
                | ~models.Q(status=CertificateStatus.REVOKED.value)
                & models.Q(revoked_at__isnull=True),
                name="certificate_revoked_why",
                violation_error_message=_("已注销的证书必须有注销时间和原因，其他证书不能有。"),
            ),
        )

    def __str__(self) -> str:
        return self.number


class VerifyTries(Record):
    """Public queries from one address (kept as a keyed hash) within the current window."""

    key = models.BinaryField(max_length=32, unique=True)
    since = models.DateTimeField()
    count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("查验次数")
        verbose_name_plural = _("查验次数")

    def __str__(self) -> str:
        return str(self.since)
