"""Papers the authority sends: what was asked for, what arrived and in which state, what went back.

A sealed bag of the authority is never opened to be packed again: once it lies in the strongroom
it is the room's packet itself (PAPER-01, PAPER-08).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from exams.enums import PaperKind, ParcelState
from exams.labels import PAPER_KIND_LABELS, PARCEL_LABELS
from exams.models.day import Incident
from exams.models.sittings import SittingRoom


class PaperRequisition(Record):
    """How many copies of which paper each room needs; a newer one takes an older one's place."""

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="paper_requisitions"
    )
    number = models.PositiveSmallIntegerField(_("次数"))
    spare = models.PositiveSmallIntegerField(_("每种试卷备用份数"))
    asked_at = models.DateTimeField(_("提出时间"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_current = models.BooleanField(_("有效"), default=True)

    class Meta:
        verbose_name = _("试卷需求")
        verbose_name_plural = _("试卷需求")
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint(fields=("batch", "number"), name="requisition_number_once"),
            models.UniqueConstraint(
                fields=("batch",),
                condition=models.Q(is_current=True),
                name="requisition_current_once",
                violation_error_message=_("一个批次只有一份有效的试卷需求。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch.code}-{self.number}"


class RequisitionLine(Record):
    """One bag asked for: a paper in one form for a room, or its spare copies."""

    requisition = models.ForeignKey(
        PaperRequisition, on_delete=models.PROTECT, related_name="lines"
    )
    sitting_room = models.ForeignKey(SittingRoom, on_delete=models.PROTECT, related_name="+")
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(  # type: ignore[assignment]
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items()
    )
    kind = models.CharField(_("类别"), max_length=8, choices=PAPER_KIND_LABELS.items())
    form = models.CharField(_("卷别"), max_length=4, default="A")
    count = models.PositiveSmallIntegerField(_("份数"))

    class Meta:
        verbose_name = _("试卷需求明细")
        verbose_name_plural = _("试卷需求明细")
        ordering = ("requisition", "sitting_room", "offering", "form", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("requisition", "sitting_room", "offering", "kind", "form"),
                name="requisition_line_once",
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=1),
                name="requisition_line_not_empty",
                violation_error_message=_("至少需要一份试卷。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting_room} {self.offering} {self.get_kind_display()} {self.form}"

    @property
    def paper_key(self) -> str:
        """The key the seats of the room carry for this paper."""
        return str(self.offering_id)

    @property
    def is_spare(self) -> bool:
        return self.kind == PaperKind.SPARE


class PaperParcel(Record):
    """A sealed bag received from the authority: counted and looked at by two, then stored.

    With a broken seal or copies missing it is an incident, held until the head decides.
    """

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="paper_parcels"
    )
    line = models.ForeignKey(RequisitionLine, on_delete=models.PROTECT, related_name="parcels")
    number = models.CharField(_("袋号"), max_length=40)
    asked = models.PositiveSmallIntegerField(_("需求份数"))
    count = models.PositiveSmallIntegerField(_("实收份数"))
    seal_intact = models.BooleanField(_("封签完好"), default=True)
    received_at = models.DateTimeField(_("接收时间"))
    giver = models.CharField(_("主管部门交卷人"), max_length=80)
    receiver = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("接收人")
    )
    second = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("同行接收人")
    )
    note = models.CharField(_("检查情况"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=PARCEL_LABELS.items())
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decision = models.CharField(_("处理决定"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("主管部门试卷袋")
        verbose_name_plural = _("主管部门试卷袋")
        ordering = ("batch", "received_at", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "number"),
                name="parcel_number_once",
                violation_error_message=_("这个袋号已经登记。"),
            ),
            models.UniqueConstraint(
                fields=("line",),
                condition=~models.Q(state=ParcelState.REFUSED.value),
                name="parcel_once_per_line",
                violation_error_message=_("这一项试卷已经收到。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(receiver=models.F("second")),
                name="parcel_two_people",
                violation_error_message=_("接收试卷须有两人在场，不能是同一人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(seal_intact=True, count__gte=models.F("asked"))
                | models.Q(incident__isnull=False),
                name="parcel_fault_is_an_incident",
                violation_error_message=_("封签破损或份数不足须登记为突发事件。"),
            ),
            models.CheckConstraint(
                condition=models.Q(seal_intact=True, count__gte=models.F("asked"))
                | models.Q(state=ParcelState.HELD.value)
                | (models.Q(decided_at__isnull=False) & ~models.Q(decision="")),
                name="parcel_fault_is_decided",
                violation_error_message=_("有异常的试卷袋须经主任决定后才能入库或退回。"),
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_sound(self) -> bool:
        return self.seal_intact and self.count >= self.asked


class PaperDisposal(Record):
    """Where all papers of a batch went after the examination; the counts add up (PAPER-15)."""

    batch = models.OneToOneField(
        AssessmentBatch, on_delete=models.PROTECT, related_name="paper_disposal"
    )
    total = models.PositiveIntegerField(_("收回份数"))
    sent_back = models.PositiveIntegerField(_("退回主管部门份数"))
    destroyed = models.PositiveIntegerField(_("销毁份数"))
    kept = models.PositiveIntegerField(_("留存归档份数"))
    at = models.DateTimeField(_("时间"))
    first = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("经办人")
    )
    second = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("监督人")
    )
    taker = models.CharField(_("主管部门接收人"), max_length=80, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("试卷清退")
        verbose_name_plural = _("试卷清退")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(
                    total=models.F("sent_back") + models.F("destroyed") + models.F("kept")
                ),
                name="disposal_adds_up",
                violation_error_message=_("退回、销毁与留存份数之和须等于收回份数。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")),
                name="disposal_two_people",
                violation_error_message=_("清退试卷须有两人在场，不能是同一人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(sent_back=0) | ~models.Q(taker=""),
                name="disposal_taken_by_whom",
                violation_error_message=_("退回主管部门的试卷须写明接收人。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch.code} {self.total}"
