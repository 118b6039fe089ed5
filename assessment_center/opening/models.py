"""The declaration of a centre's first day, and the sheets of rows that it rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.opening.enums import Beginning, DeclarationState
from assessment_center.opening.labels import BEGINNING_LABELS, STATE_LABELS
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry.records import Record, by_staff

S = DeclarationState


class OpeningDeclaration(Record):
    """With what the centre begins; numbers are given only once two people have signed it.

    `digest` is taken over all sheets when it is prepared; the signature is set under the same one.
    """

    centre = models.OneToOneField(
        AssessmentCentre, on_delete=models.PROTECT, related_name="opening", verbose_name=_("机构")
    )
    kind = models.CharField(_("期初情况"), max_length=8, choices=BEGINNING_LABELS.items())
    status = models.CharField(
        _("状态"), max_length=8, choices=STATE_LABELS.items(), default=S.DRAFT
    )
    digest = models.CharField(_("数据摘要"), max_length=64, blank=True)
    prepared_by = by_staff(_("填报人"))
    prepared_at = models.DateTimeField(_("填报时间"), null=True, blank=True)
    signed_by = by_staff(_("复核签署人"))
    signed_at = models.DateTimeField(_("签署时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("期初数据申报")
        verbose_name_plural = _("期初数据申报")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=[each.value for each in Beginning])
                & models.Q(status__in=[each.value for each in DeclarationState]),
                name="opening_known",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status=S.DRAFT.value, prepared_by=None, prepared_at=None, digest=""
                )
                | ~models.Q(status=S.DRAFT.value)
                & models.Q(prepared_by__isnull=False, prepared_at__isnull=False)
                & ~models.Q(digest=""),
                name="opening_prepared_whole",
                violation_error_message=_("提交签署的期初数据须有填报人、填报时间和数据摘要。"),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status=S.SIGNED.value, signed_by__isnull=False, signed_at__isnull=False
                )
                | ~models.Q(status=S.SIGNED.value) & models.Q(signed_by=None, signed_at=None),
                name="opening_signed_whole",
                violation_error_message=_("已签署的期初数据须有签署人和签署时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by=None) | ~models.Q(signed_by=models.F("prepared_by")),
                name="opening_two_people",
                violation_error_message=_("签署人不能是填报人本人。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.centre} {self.get_kind_display()}"


class OpeningSheet(Record):
    """The rows of one kind as they came in, or that there are none; sealed, they name people."""

    declaration = models.ForeignKey(
        OpeningDeclaration, on_delete=models.CASCADE, related_name="sheets"
    )
    kind = models.CharField(_("类别"), max_length=40)
    count = models.PositiveIntegerField(_("行数"))
    file_name = models.CharField(_("文件"), max_length=160, blank=True)
    digest = models.CharField(_("文件摘要"), max_length=64, blank=True)
    rows_sealed = models.BinaryField()
    imported_by = by_staff(_("导入人"))

    class Meta:
        verbose_name = _("期初数据表")
        verbose_name_plural = _("期初数据表")
        ordering = ("declaration", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("declaration", "kind"),
                name="opening_sheet_once",
                violation_error_message=_("这一类期初数据已经导入。"),
            ),
            models.CheckConstraint(
                condition=models.Q(count=0, digest="")
                | models.Q(count__gt=0) & ~models.Q(digest=""),
                name="opening_sheet_counted",
                violation_error_message=_("有数据的须有文件摘要，没有数据的不能有。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class OpeningUpload(Record):
    """A workbook that waits for the job that reads it; sealed, and gone once it was judged."""

    declaration = models.ForeignKey(
        OpeningDeclaration, on_delete=models.CASCADE, related_name="uploads"
    )
    kind = models.CharField(_("类别"), max_length=40)
    file_name = models.CharField(_("文件"), max_length=160)
    sealed = models.BinaryField()

    class Meta:
        verbose_name = _("待读的期初数据表")
        verbose_name_plural = _("待读的期初数据表")
        ordering = ("created_at",)

    def __str__(self) -> str:
        return self.file_name
