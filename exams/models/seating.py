"""What stands behind the seats: the draw as drawn, needs of candidates, rooms looked over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from candidates.models import Application
from exams.models.sittings import Sitting, SittingRoom


class DrawnPlan(Record):
    """What was drawn, as anybody can repeat it: the record of `rules.seating.replay`, compressed.

    Later corrections do not touch it.
    """

    sitting = models.OneToOneField(Sitting, on_delete=models.CASCADE, related_name="drawn")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("抽签排座记录")
        verbose_name_plural = _("抽签排座记录")

    def __str__(self) -> str:
        return str(self.sitting)


class SeatingNeed(Record):
    """A candidate who must have an accessible place, and why."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="seating_need", verbose_name=_("报名")
    )
    reason = models.CharField(_("说明"), max_length=120)
    entered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("无障碍需要")
        verbose_name_plural = _("无障碍需要")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="seating_need_explained",
                violation_error_message=_("请写明需要无障碍座位的原因。"),
            ),
        )

    def __str__(self) -> str:
        return self.reason


class RoomAcceptance(Record):
    """One look at a room before a sitting, line by line; the last one counts.

    `lines`: {"rule": id in the matrix, "sound": bool, "note": text}.
    """

    sitting_room = models.ForeignKey(
        SittingRoom, on_delete=models.CASCADE, related_name="acceptances", verbose_name=_("考场")
    )
    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("验收人")
    )
    at = models.DateTimeField(_("验收时间"))
    lines = models.JSONField(_("各项"), default=list)
    accepted = models.BooleanField(_("验收合格"))

    class Meta:
        verbose_name = _("考场验收")
        verbose_name_plural = _("考场验收")
        ordering = ("at", "created_at")

    def __str__(self) -> str:
        return f"{self.sitting_room} {self.at:%Y-%m-%d %H:%M}"
