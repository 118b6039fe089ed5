"""Papers in packets, and whose hands they pass through; every step has two signatures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from exams.enums import PacketState, PaperKind
from exams.labels import PACKET_LABELS, PAPER_KIND_LABELS
from exams.models.sittings import SittingRoom
from exams.models.supply import PaperParcel


class Packet(Record):
    """A sealed bag for one room: one paper in one form, or spare copies of it.

    Packed by the centre, or the authority's own bag (`parcel`), whose number it keeps.
    """

    sitting_room = models.ForeignKey(SittingRoom, on_delete=models.PROTECT, related_name="packets")
    kind = models.CharField(
        _("类别"), max_length=8, choices=PAPER_KIND_LABELS.items(), default=PaperKind.MAIN
    )
    paper_key = models.CharField(_("试卷"), max_length=80)
    form = models.CharField(_("卷别"), max_length=4, default="A")
    count = models.PositiveSmallIntegerField(_("份数"))
    returned_count = models.PositiveSmallIntegerField(_("交回份数"), null=True, blank=True)
    seal_number = models.CharField(_("封签号"), max_length=40)
    parcel = models.OneToOneField(
        PaperParcel, on_delete=models.PROTECT, related_name="packet", null=True, blank=True
    )
    state = models.CharField(
        _("状态"), max_length=12, choices=PACKET_LABELS.items(), default=PacketState.PACKED
    )

    class Meta:
        verbose_name = _("试卷袋")
        verbose_name_plural = _("试卷袋")
        ordering = ("sitting_room", "kind", "paper_key", "form")
        constraints = (
            models.UniqueConstraint(
                fields=("seal_number",),
                condition=models.Q(parcel=None),
                name="packet_seal_once",
                violation_error_message=_("这个封签号已经使用。"),
            ),
            models.UniqueConstraint(
                fields=("sitting_room", "kind", "paper_key", "form"),
                name="packet_once",
                violation_error_message=_("这个考场的同一试卷已经装袋。"),
            ),
            models.CheckConstraint(
                condition=models.Q(count__gte=1),
                name="packet_not_empty",
                violation_error_message=_("试卷袋内至少一份试卷。"),
            ),
            models.CheckConstraint(
                condition=models.Q(returned_count__isnull=True)
                | models.Q(returned_count__lte=models.F("count")),
                name="packet_returns_no_more",
                violation_error_message=_("交回份数不能多于装袋份数。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PacketState.RETURNED.value)
                | models.Q(returned_count__isnull=False),
                name="packet_returned_counted",
                violation_error_message=_("交回时须清点份数。"),
            ),
        )

    def __str__(self) -> str:
        return self.seal_number

    @property
    def state_label(self) -> str:
        """In words; a bag of the authority is not packed here, it lies in store."""
        stored = self.parcel_id is not None and self.state == PacketState.PACKED
        return str(_("在库") if stored else PACKET_LABELS[self.state])


class Handover(Record):
    """One step of custody: who gave, who took, how many, whether the seal was whole, who saw."""

    packet = models.ForeignKey(Packet, on_delete=models.PROTECT, related_name="handovers")
    state = models.CharField(_("环节"), max_length=12, choices=PACKET_LABELS.items())
    giver = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("交出人")
    )
    receiver = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("接收人")
    )
    at = models.DateTimeField(_("时间"))
    count = models.PositiveSmallIntegerField(_("份数"))
    seal_intact = models.BooleanField(_("封签完好"), default=True)
    witnesses = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("见证人")
    )
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("试卷交接")
        verbose_name_plural = _("试卷交接")
        ordering = ("packet", "at", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("receiver")),
                name="handover_two_people",
                violation_error_message=_("交接须由两人签字，不能是同一人。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.packet} {self.get_state_display()}"
