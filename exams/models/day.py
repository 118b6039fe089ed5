"""The day itself: who came, what went wrong, and the record of each room."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.registry.records import Record
from exams.enums import AttendanceState, RecordStatus
from exams.labels import ATTENDANCE_LABELS, INCIDENT_LABELS, RECORD_LABELS
from exams.models.sittings import SeatAssignment, Sitting, SittingRoom


class RoomRecord(Record):
    """The record of one room; its counts must add up to the seats before it is submitted."""

    sitting_room = models.OneToOneField(
        SittingRoom, on_delete=models.PROTECT, related_name="record", verbose_name=_("考场")
    )
    status = models.CharField(
        _("状态"), max_length=12, choices=RECORD_LABELS.items(), default=RecordStatus.DRAFT
    )
    expected = models.PositiveSmallIntegerField(_("应考人数"))
    present = models.PositiveSmallIntegerField(_("实考人数"), default=0)
    absent = models.PositiveSmallIntegerField(_("缺考人数"), default=0)
    late_refused = models.PositiveSmallIntegerField(_("迟到未入场人数"), default=0)
    papers_collected = models.PositiveSmallIntegerField(_("收回试卷份数"), null=True, blank=True)
    proctors = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("监考（考评）员")
    )
    notes = models.TextField(_("考场情况"), blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    submitted_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("考场记录")
        verbose_name_plural = _("考场记录")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(status=RecordStatus.SUBMITTED.value)
                | models.Q(
                    expected=models.F("present") + models.F("absent") + models.F("late_refused")
                ),
                name="room_record_adds_up",
                violation_error_message=_("实考、缺考与迟到未入场人数之和须等于应考人数。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RecordStatus.SUBMITTED.value)
                | models.Q(submitted_at__isnull=False),
                name="room_record_submitted_when",
                violation_error_message=_("已提交的考场记录须有提交时间。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting_room} {self.get_status_display()}"


class Attendance(Record):
    assignment = models.OneToOneField(
        SeatAssignment, on_delete=models.CASCADE, related_name="attendance"
    )
    state = models.CharField(_("到考情况"), max_length=14, choices=ATTENDANCE_LABELS.items())
    note = models.CharField(_("说明"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("到考登记")
        verbose_name_plural = _("到考登记")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in AttendanceState]),
                name="attendance_known",
                violation_error_message=_("到考情况只能是到考、缺考或迟到未入场。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment} {self.get_state_display()}"


class Violation(Record):
    """An act of a candidate, with the consequence and article of the rulebook of that day."""

    assignment = models.ForeignKey(
        SeatAssignment, on_delete=models.PROTECT, related_name="violations", verbose_name=_("座位")
    )
    act_code = models.CharField(_("代码"), max_length=20)
    act = models.CharField(_("行为"), max_length=200)
    penalty = models.CharField(_("处理类别"), max_length=20)
    consequence = models.CharField(_("处理"), max_length=300)
    effects = ArrayField(models.CharField(max_length=40), default=list)
    citations = ArrayField(models.CharField(max_length=200), default=list)
    cheating = models.BooleanField(_("作弊"), default=False)
    warned_only = models.BooleanField(_("警告后改正"), default=False)
    happened_at = models.DateTimeField(_("时间"))
    description = models.TextField(_("经过"))
    recorder = models.CharField(_("记录人"), max_length=80)
    witness = models.CharField(_("见证人"), max_length=80)

    class Meta:
        verbose_name = _("违纪违规")
        verbose_name_plural = _("违纪违规")
        ordering = ("happened_at",)
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "act_code"),
                name="violation_once",
                violation_error_message=_("这名考生的同一行为已经登记。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(witness="") & ~models.Q(recorder=models.F("witness")),
                name="violation_two_people",
                violation_error_message=_("违纪记录须由两人签字：记录人与见证人不能相同。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment} {self.act}"


class Incident(Record):
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="incidents")
    sitting_room = models.ForeignKey(
        SittingRoom, on_delete=models.PROTECT, related_name="incidents", null=True, blank=True
    )
    kind = models.CharField(_("类别"), max_length=20, choices=INCIDENT_LABELS.items())
    is_major = models.BooleanField(_("重大"), default=False)
    happened_at = models.DateTimeField(_("发现时间"))
    reported_at = models.DateTimeField(_("首报时间"))
    is_late = models.BooleanField(_("首报超时"), default=False)
    reported_to = models.CharField(_("报告对象"), max_length=80)
    text = models.TextField(_("经过与处理"))

    class Meta:
        verbose_name = _("突发事件")
        verbose_name_plural = _("突发事件")
        ordering = ("happened_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(reported_at__gte=models.F("happened_at")),
                name="incident_reported_after",
                violation_error_message=_("首报时间不能早于发现时间。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {timezone.localtime(self.happened_at):%H:%M}"

    @property
    def minutes(self) -> int:
        """Minutes from discovery to the first report."""
        return int((self.reported_at - self.happened_at).total_seconds() // 60)
