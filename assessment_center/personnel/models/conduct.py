"""Misconduct of staff with its decision, and what keeps somebody from duty (STV, ASR-18)."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.judging_enums import CaseStatus, ExclusionKind
from assessment_center.personnel.judging_labels import (
    CASE_LABELS,
    EFFECT_LABELS,
    EXCLUSION_LABELS,
    GROUP_LABELS,
)
from assessment_center.personnel.models.appraisals import Cited, apart
from assessment_center.personnel.models.members import StaffMember
from assessment_center.registry.records import Record


class MisconductCase(Cited, Record):
    """An act of a member of the staff under the rulebook of its day; entered and decided by two.

    `always` follows whatever is decided, `discretion` is what the rulebook leaves to be weighed;
    `measures` is what was decided.
    """

    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="cases", verbose_name=_("当事人")
    )
    group = models.CharField(_("身份"), max_length=20, choices=GROUP_LABELS.items())
    groups = ArrayField(models.CharField(max_length=20), default=list)
    act_code = models.CharField(_("代码"), max_length=12)
    act = models.CharField(_("行为"), max_length=200)
    penalty = models.CharField(_("处理规定"), max_length=200)
    always = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    discretion = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    bar_years = models.PositiveSmallIntegerField(null=True, blank=True)
    happened_on = models.DateField(_("发生日期"))
    session_id = models.UUIDField(null=True, blank=True)
    session = models.CharField(_("认定批次"), max_length=160, blank=True)
    description = models.TextField(_("经过和证据"), max_length=2000)
    status = models.CharField(
        _("状态"), max_length=10, choices=CASE_LABELS.items(), default=CaseStatus.OPEN
    )
    measures = ArrayField(
        models.CharField(max_length=20, choices=EFFECT_LABELS.items()),
        default=list,
        blank=True,
        verbose_name=_("处理"),
    )
    decision = models.TextField(_("处理意见"), max_length=1000, blank=True)
    pause_until = models.DateField(_("暂停至"), null=True, blank=True)
    correct_by = models.DateField(_("改正期限"), null=True, blank=True)
    entered_by = models.UUIDField(null=True, blank=True)
    entered_for = models.UUIDField(null=True, blank=True)
    entered_by_name = models.CharField(_("登记人"), max_length=80, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_for = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(_("决定人"), max_length=80, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    must_report = models.BooleanField(_("须报主管部门"), default=False)
    report_due = models.DateField(_("报送期限"), null=True, blank=True)
    corrected_on = models.DateField(_("改正日期"), null=True, blank=True)
    reported_on = models.DateField(_("报送日期"), null=True, blank=True)
    receipt = models.CharField(_("回执或文号"), max_length=80, blank=True)
    appealed_on = models.DateField(_("申诉日期"), null=True, blank=True)
    appeal_note = models.TextField(_("申诉情况"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("工作人员违规")
        verbose_name_plural = _("工作人员违规")
        ordering = ("-happened_on", "-created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status=CaseStatus.OPEN.value)
                | (
                    models.Q(decided_on__isnull=False, decided_by__isnull=False)
                    & ~models.Q(decision="")
                ),
                name="case_decided_by_whom",
                violation_error_message=_("已处理的须有决定人、日期和处理意见。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=CaseStatus.DECIDED.value) | models.Q(measures=[]),
                name="case_measures_when_decided",
                violation_error_message=_("没有作出处理决定的，不能写处理。"),
            ),
            models.CheckConstraint(
                condition=apart("entered", "decided"),
                name="case_two_hands",
                violation_error_message=_("登记和决定不能是同一人，代理人与被代理人也算同一人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(reported_on=None) | ~models.Q(status=CaseStatus.OPEN.value),
                name="case_reported_after",
                violation_error_message=_("处理以后才能报送结果。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.act}"


class Exclusion(Cited, Record):
    """What keeps a member from duty under some cards, from a day on; it ends by itself.

    A dismissal without a bar ends with a card issued later. `for_good` has no end. Only a decision
    upheld on appeal lifts one before its time.
    """

    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="exclusions", verbose_name=_("姓名")
    )
    grades = ArrayField(models.CharField(max_length=24), verbose_name=_("资格"))
    kind = models.CharField(_("种类"), max_length=10, choices=EXCLUSION_LABELS.items())
    starts = models.DateField(_("自"))
    until = models.DateField(_("至"), null=True, blank=True)
    for_good = models.BooleanField(_("终身"), default=False)
    session_id = models.UUIDField(null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=300)
    source_kind = models.CharField(max_length=60)
    source_id = models.UUIDField()
    lifted_on = models.DateField(_("撤销日期"), null=True, blank=True)
    lifted_reason = models.CharField(_("撤销原因"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("停任记录")
        verbose_name_plural = _("停任记录")
        ordering = ("-starts",)
        constraints = (
            models.UniqueConstraint(
                fields=("member", "kind", "source_kind", "source_id"), name="exclusion_once"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("starts")),
                name="exclusion_term_ordered",
                violation_error_message=_("止日不能早于起日。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ExclusionKind.BARRED.value)
                | models.Q(until__isnull=False, for_good=False)
                | models.Q(until=None, for_good=True),
                name="exclusion_bar_ends_or_not",
                violation_error_message=_("禁任须有止日，或写明终身。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ExclusionKind.PAUSED.value)
                | models.Q(until__isnull=False),
                name="exclusion_pause_ends",
                violation_error_message=_("暂停须有止日。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ExclusionKind.SESSION.value)
                | models.Q(session_id__isnull=False),
                name="exclusion_session_named",
                violation_error_message=_("取消本次资格须写明批次。"),
            ),
            models.CheckConstraint(
                condition=models.Q(lifted_on=None) | ~models.Q(lifted_reason=""),
                name="exclusion_lifted_why",
                violation_error_message=_("撤销须写明原因。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.get_kind_display()}"

    def holds(self, on: date) -> bool:
        """Whether it is in force that day, a later card aside."""
        if self.lifted_on is not None and self.lifted_on <= on:
            return False
        return self.starts <= on and (self.until is None or on <= self.until)
