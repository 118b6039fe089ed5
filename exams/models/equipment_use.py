"""What happens to equipment: plans to buy or scrap it, loans, damage, checks of its room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record, by_staff
from exams.equipment.enums import ChangeState, LoanState
from exams.equipment.labels import (
    CHANGE_LABELS,
    CHANGE_STATE_LABELS,
    CHECK_LABELS,
    DAMAGE_LABELS,
    LOAN_LABELS,
    SETTLEMENT_LABELS,
)
from exams.models.equipment import Equipment
from exams.models.sittings import Sitting, SittingRoom


class EquipmentPlan(Record):
    """A plan to buy, rebuild, renew or scrap: asked by one, decided by the head (EQP-09)."""

    kind = models.CharField(_("类别"), max_length=10, choices=CHANGE_LABELS.items())
    equipment = models.ForeignKey(
        Equipment, on_delete=models.PROTECT, null=True, blank=True, related_name="plans",
        verbose_name=_("设备"),
    )  # fmt: skip
    text = models.CharField(_("内容与理由"), max_length=300)
    cost = models.DecimalField(
        _("预计费用（元）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=CHANGE_STATE_LABELS.items(), default=ChangeState.PLANNED
    )
    asked_by = by_staff(_("提出人"))
    decided_by = by_staff(_("批准人"))
    decided_at = models.DateTimeField(_("批准时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("设备计划")
        verbose_name_plural = _("设备计划")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state=ChangeState.PLANNED.value)
                | models.Q(decided_at__isnull=False),
                name="equipment_plan_decided",
                violation_error_message=_("设备计划须经负责人审核。"),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None)
                | models.Q(asked_by=None)
                | ~models.Q(decided_by=models.F("asked_by")),
                name="equipment_plan_two_people",
                violation_error_message=_("设备计划不能由提出人自己批准。"),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="purchase", equipment=None)
                | ~models.Q(kind="purchase") & models.Q(equipment__isnull=False),
                name="equipment_plan_of_what",
                violation_error_message=_("改造、更新和报废须指明设备，购置不指明。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.equipment or self.text}"


class Loan(Record):
    """A loan: approved by the head before it goes out, looked at when it comes back (EQP-09)."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="loans")
    count = models.PositiveIntegerField(_("数量"), default=1)
    borrower = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("借领人")
    )
    purpose = models.CharField(_("用途"), max_length=200)
    starts_on = models.DateField(_("借出日期"))
    due_back = models.DateField(_("应还日期"))
    state = models.CharField(
        _("状态"), max_length=10, choices=LOAN_LABELS.items(), default=LoanState.ASKED
    )
    asked_by = by_staff(_("经办人"))
    approved_by = by_staff(_("批准领导"))
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    returned_on = models.DateField(_("归还日期"), null=True, blank=True)
    condition = models.CharField(_("归还时的状况"), max_length=200, blank=True)
    explanation = models.CharField(_("借领人说明的原因"), max_length=200, blank=True)
    accepted_by = by_staff(_("同意收回的领导"))

    class Meta:
        verbose_name = _("设备借领")
        verbose_name_plural = _("设备借领")
        ordering = ("-starts_on", "-created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(due_back__gte=models.F("starts_on"), count__gte=1),
                name="loan_term_ordered",
                violation_error_message=_("应还日期不能早于借出日期，数量至少为一。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state=LoanState.ASKED.value)
                | models.Q(approved_at__isnull=False),
                name="loan_decided",
                violation_error_message=_("设备借出须经领导批准。"),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | models.Q(asked_by=None)
                | ~models.Q(approved_by=models.F("asked_by")),
                name="loan_two_people",
                violation_error_message=_("借领不能由经办人自己批准。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[LoanState.HELD.value, LoanState.RETURNED.value])
                | (
                    models.Q(returned_on__isnull=False, returned_on__gte=models.F("starts_on"))
                    & ~models.Q(condition="")
                ),
                name="loan_returned_how",
                violation_error_message=_("归还须写明日期和检查状况。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.equipment} {self.starts_on}"


class Damage(Record):
    """Damage, wear or loss noted in a session or beside it; later repaired or written off."""

    equipment = models.ForeignKey(Equipment, on_delete=models.PROTECT, related_name="damages")
    sitting = models.ForeignKey(
        Sitting, on_delete=models.PROTECT, null=True, blank=True, related_name="damages",
        verbose_name=_("场次"),
    )  # fmt: skip
    kind = models.CharField(_("类别"), max_length=10, choices=DAMAGE_LABELS.items())
    count = models.PositiveIntegerField(_("数量"), default=1)
    happened_at = models.DateTimeField(_("时间"))
    what = models.CharField(_("情况"), max_length=300)
    cause = models.CharField(_("原因"), max_length=300)
    misuse = models.BooleanField(_("违反安全操作规程"), default=False)
    stopped_by = models.CharField(_("制止人"), max_length=80, blank=True)
    liable = models.CharField(_("责任人"), max_length=80, blank=True)
    compensation = models.DecimalField(
        _("赔偿（元）"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    noted_by = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录人")
    )
    settlement = models.CharField(
        _("处理结果"), max_length=12, choices=SETTLEMENT_LABELS.items(), blank=True
    )
    settled_on = models.DateField(_("处理日期"), null=True, blank=True)
    settled_note = models.CharField(_("处理说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("损坏、损耗、丢失记录")
        verbose_name_plural = _("损坏、损耗、丢失记录")
        ordering = ("-happened_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(count__gte=1) & ~models.Q(what="") & ~models.Q(cause=""),
                name="damage_told",
                violation_error_message=_("请写明损坏的数量、情况和原因。"),
            ),
            models.CheckConstraint(
                condition=models.Q(misuse=False) | ~models.Q(stopped_by=""),
                name="damage_misuse_stopped",
                violation_error_message=_("违反操作规程的须写明由谁制止。"),
            ),
            models.CheckConstraint(
                condition=models.Q(compensation=None)
                | models.Q(compensation__gte=0) & ~models.Q(liable=""),
                name="damage_compensated_by_whom",
                violation_error_message=_("赔偿须写明责任人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(settlement="", settled_on=None)
                | ~models.Q(settlement="") & models.Q(settled_on__isnull=False),
                name="damage_settled_when",
                violation_error_message=_("处理结果须写明日期。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.equipment} {self.get_kind_display()}"


class SessionCheck(Record):
    """The equipment of a room looked over before the session, or cleared up after it."""

    sitting_room = models.ForeignKey(
        SittingRoom, on_delete=models.PROTECT, related_name="equipment_checks"
    )
    moment = models.CharField(_("时点"), max_length=8, choices=CHECK_LABELS.items())
    at = models.DateTimeField(_("时间"))
    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", verbose_name=_("检查人")
    )
    sound = models.BooleanField(_("符合要求"), default=True)
    findings = models.CharField(_("检查情况"), max_length=300, blank=True)
    adjusted = models.CharField(_("调试、补充情况"), max_length=300, blank=True)
    items = models.JSONField(_("设备"), default=list)

    class Meta:
        verbose_name = _("考场设备检查")
        verbose_name_plural = _("考场设备检查")
        ordering = ("sitting_room", "at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sound=True) | ~models.Q(findings=""),
                name="equipment_check_found_what",
                violation_error_message=_("不符合要求的须写明情况。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting_room} {self.get_moment_display()}"
