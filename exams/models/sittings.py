"""When, where and on which seat: sittings, their rooms, seats, tickets and duties."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.people.models import Person
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from candidates.models import Application
from exams.enums import CallOffKind, PapersARoom, SittingStatus
from exams.labels import PAPERS_A_ROOM_LABELS, POST_LABELS, SITTING_LABELS
from exams.models.places import Room


class Sitting(Record):
    """One subject, one period, one set of rooms; `offerings` empty means all of the batch.

    With `turn_minutes` candidates come one after the other, each for so many minutes, as in a
    comprehensive review; `allotments` say who comes, where the batch has more than one sitting of
    the subject. The draw key stays secret until the arrangement is confirmed; its SHA-256 is
    shown before.
    """

    batch = models.ForeignKey(AssessmentBatch, on_delete=models.PROTECT, related_name="sittings")
    number = models.PositiveSmallIntegerField(_("场次"))
    subject_code = models.CharField(_("科目"), max_length=12, choices=SUBJECT_LABELS.items())
    offerings = models.ManyToManyField(Offering, blank=True, verbose_name=_("认定项目"))
    starts_at = models.DateTimeField(_("开考时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    turn_minutes = models.PositiveSmallIntegerField(_("每人时长（分钟）"), null=True, blank=True)
    status = models.CharField(
        _("状态"), max_length=12, choices=SITTING_LABELS.items(), default=SittingStatus.PLANNED
    )
    draw_commitment = models.CharField(_("抽签密钥摘要"), max_length=64, blank=True)
    draw_key = models.CharField(_("抽签密钥"), max_length=128, blank=True)
    algorithm = models.CharField(_("算法版本"), max_length=40, blank=True)
    candidates_digest = models.CharField(_("考生名单摘要"), max_length=64, blank=True)
    quality = models.JSONField(_("排座质量"), default=dict, blank=True)
    reserve = models.PositiveSmallIntegerField(_("每个考场预留座位"), default=1)
    papers_a_room = models.CharField(
        _("每个考场的试卷种数"),
        max_length=4,
        choices=PAPERS_A_ROOM_LABELS.items(),
        default=PapersARoom.MANY,
    )
    seating_version = models.PositiveIntegerField(_("座位版次"), default=0)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    staffed_at = models.DateTimeField(_("定岗时间"), null=True, blank=True)
    staffed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("场次")
        verbose_name_plural = _("场次")
        ordering = ("batch", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("batch", "number"),
                name="sitting_number_once",
                violation_error_message=_("这个批次已有相同序号的场次。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="sitting_ordered",
                violation_error_message=_("结束时间须晚于开考时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=SittingStatus.PLANNED.value)
                | (~models.Q(draw_key="") & ~models.Q(algorithm="")),
                name="sitting_arranged_how",
                violation_error_message=_("已排座的场次须记有抽签密钥和算法版本。"),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=[SittingStatus.PLANNED.value, SittingStatus.ARRANGED.value]
                )
                | models.Q(confirmed_at__isnull=False),
                name="sitting_confirmed_before_tickets",
                violation_error_message=_("排座确认以后才能发放准考证。"),
            ),
            models.CheckConstraint(
                condition=models.Q(reserve__lte=10),
                name="sitting_reserve_sane",
                violation_error_message=_("每个考场预留座位应在 0 至 10 之间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(turn_minutes=None) | models.Q(turn_minutes__gte=1),
                name="sitting_turns_last",
                violation_error_message=_("每人时长至少一分钟。"),
            ),
        )

    def __str__(self) -> str:
        return _("第 %(number)s 场 %(subject)s") % {
            "number": self.number,
            "subject": self.get_subject_code_display(),
        }

    @property
    def called_off(self) -> str:
        """Put off or cancelled, by the last decision; empty while it has its time (VAL-05)."""
        last = list(self.call_offs.all())[-1:]
        return last[0].outcome if last and last[0].outcome != CallOffKind.REARRANGED else ""

    @property
    def slug(self) -> str:
        """Names files of this sitting."""
        return f"{self.batch.code}-{self.number:02d}"


class SittingRoom(Record):
    """A room taken for a sitting; the period is the sitting's, kept here to exclude overlaps.

    `holes` are numbered places without a candidate, with the paper each was planned for:
    {"number", "row", "column", "paper", "form"}.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="rooms")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="uses")
    number = models.PositiveSmallIntegerField(_("考场号"))
    period = DateTimeRangeField(_("使用时间"))
    holes = models.JSONField(_("空位"), default=list, blank=True)

    class Meta:
        verbose_name = _("场次考场")
        verbose_name_plural = _("场次考场")
        ordering = ("sitting", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "room"),
                name="sitting_room_once",
                violation_error_message=_("同一场次中，一个考场只列一次。"),
            ),
            models.UniqueConstraint(
                fields=("sitting", "number"),
                name="sitting_room_number_once",
                violation_error_message=_("同一场次中，考场号不能重复。"),
            ),
            ExclusionConstraint(
                name="room_free",
                expressions=[("room", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("这个考场在该时间已被另一场次占用。"),
            ),
        )

    def __str__(self) -> str:
        return _("第 %(number)s 考场") % {"number": self.number}


class Attendance(Record):
    """Somebody is bound to be somewhere.

    The database writes `person` and `period` from the application and the sitting, so that nobody
    is ever in two places at one time.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    period = DateTimeRangeField(_("时间"), null=True, editable=False)

    class Meta:
        abstract = True


class Allotment(Attendance):
    """Who comes to which sitting of a subject, fixed by the timetable before there are seats."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="allotments")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="allotments"
    )

    class Meta:
        verbose_name = _("场次名单")
        verbose_name_plural = _("场次名单")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "application"),
                name="allotted_once",
                violation_error_message=_("这名考生已在本场次的名单中。"),
            ),
            ExclusionConstraint(
                name="allotted_person_free",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("这名考生在该时间已编入另一场次。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting} {self.application}"


class SeatAssignment(Attendance):
    """Who sits where, before which paper (`paper_key`) and in which form of it."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="seats")
    sitting_room = models.ForeignKey(SittingRoom, on_delete=models.CASCADE, related_name="seats")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="seats")
    seat_number = models.PositiveSmallIntegerField(_("座位号"))
    row = models.PositiveSmallIntegerField(_("排"))
    column = models.PositiveSmallIntegerField(_("列"))
    paper_key = models.CharField(_("试卷"), max_length=80)
    form = models.CharField(_("卷别"), max_length=4, default="A")

    class Meta:
        verbose_name = _("座位")
        verbose_name_plural = _("座位")
        ordering = ("sitting_room", "seat_number")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting_room", "seat_number"),
                name="seat_once",
                violation_error_message=_("这个座位已有考生。"),
            ),
            models.UniqueConstraint(
                fields=("sitting_room", "row", "column"),
                name="place_once",
                violation_error_message=_("这个位置已有考生。"),
            ),
            models.UniqueConstraint(
                fields=("sitting", "application"),
                name="seated_once",
                violation_error_message=_("这名考生在本场次已有座位。"),
            ),
            ExclusionConstraint(
                name="seated_person_free",
                expressions=[("person", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("这名考生在该时间已有另一个座位。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting_room}-{self.seat_number:02d}"


class AdmissionTicket(Record):
    """The number orders papers, score tables and archives; once given it stays.

    `renewed_at` is the last change its candidate was told of, `changes` what it was:
    {"subject": code, "what": "time" | "seat"}.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="ticket", verbose_name=_("报名")
    )
    number = models.CharField(
        _("准考证号"),
        max_length=32,
        unique=True,
        error_messages={"unique": _("这个准考证号已经使用。")},
    )
    issued_at = models.DateTimeField(_("发放时间"))
    issued_by = models.UUIDField(null=True, blank=True)
    renewed_at = models.DateTimeField(_("更新时间"), null=True, blank=True)
    changes = models.JSONField(_("更新内容"), default=list, blank=True)

    class Meta:
        verbose_name = _("准考证")
        verbose_name_plural = _("准考证")
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(number=""),
                name="ticket_numbered",
                violation_error_message=_("准考证须有号码。"),
            ),
            models.CheckConstraint(
                condition=models.Q(renewed_at=None, changes=[])
                | (models.Q(renewed_at__isnull=False) & ~models.Q(changes=[])),
                name="ticket_renewed_in_what",
                violation_error_message=_("准考证更新须记有时间和内容。"),
            ),
        )

    def __str__(self) -> str:
        return self.number


class Duty(Record):
    """A member of the staff on a post; without a room the duty is for the whole sitting."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="duties")
    sitting_room = models.ForeignKey(
        SittingRoom, on_delete=models.CASCADE, related_name="duties", null=True, blank=True
    )
    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="duties")
    post = models.CharField(_("岗位"), max_length=20, choices=POST_LABELS.items())
    period = DateTimeRangeField(_("值岗时间"))
    card_number = models.CharField(_("证卡编号"), max_length=40, blank=True)
    warnings = ArrayField(models.CharField(max_length=200), default=list, blank=True)

    class Meta:
        verbose_name = _("值岗")
        verbose_name_plural = _("值岗")
        ordering = ("sitting", "sitting_room", "post")
        constraints = (
            ExclusionConstraint(
                name="member_free",
                expressions=[("member", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message=_("这名工作人员在该时间已有另一岗位。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_post_display()} {self.member}"
