"""Dispatches to assessments, the rating after each, and the appraisal of the year (ASR-15..19)."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.judging_enums import AppraisalStatus
from assessment_center.personnel.judging_labels import (
    APPRAISAL_LABELS,
    BRANCH_LABELS,
    FAILING_LABELS,
    FOLLOWS_LABELS,
    TAKEN_LABELS,
)
from assessment_center.personnel.models.members import StaffMember
from assessment_center.personnel.rules.appraisal import Follows, Taken
from assessment_center.registry import Citation
from assessment_center.registry.records import Record

TOP = Decimal(100)


class Cited(models.Model):
    """The articles a decision rests on, as the rulebook of its day had them."""

    citations = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    rulebook = models.CharField(max_length=8, blank=True)

    class Meta:
        abstract = True

    @property
    def cited(self) -> tuple[Citation, ...]:
        return tuple(Citation(self.rulebook, text) for text in self.citations)


def apart(one: str, other: str) -> models.Q:
    """No hand is on both sides: neither in person nor in the name of another (`…_for`)."""
    pairs = ((f"{a}_{s}", f"{b}_{t}") for a, b in [(one, other)] for s in SIDES for t in SIDES)
    found = models.Q()
    for left, right in pairs:
        found &= models.Q(**{f"{left}__isnull": True}) | ~models.Q(**{left: models.F(right)})
    return found


SIDES = ("by", "for")


class Dispatch(Record):
    """A member sent to one sitting: came or not, and why; sittings of a batch are one session.

    `session_id` is the batch, `source_id` the sitting: this app does not know them.
    """

    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="dispatches", verbose_name=_("姓名")
    )
    branch = models.CharField(_("身份"), max_length=12, choices=BRANCH_LABELS.items())
    session_id = models.UUIDField()
    session = models.CharField(_("认定批次"), max_length=160)
    source_id = models.UUIDField()
    day = models.DateField(_("日期"))
    taken = models.CharField(_("参加情况"), max_length=10, choices=TAKEN_LABELS.items())
    reason = models.CharField(_("说明"), max_length=200, blank=True)
    recorded_by = models.UUIDField(null=True, blank=True)

    class Meta:
        verbose_name = _("派遣记录")
        verbose_name_plural = _("派遣记录")
        ordering = ("day", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "branch", "source_id"),
                name="dispatch_once",
                violation_error_message=_("这个人的这次派遣已经登记。"),
            ),
            models.CheckConstraint(
                condition=models.Q(taken=Taken.SERVED.value) | ~models.Q(reason=""),
                name="dispatch_absence_why",
                violation_error_message=_("没有参加的，须写明情况。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.session} · {self.get_taken_display()}"


class SessionRating(Record):
    """How one assessor's work in one assessment was rated: a score, a grade, or both (ASR-15)."""

    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="ratings", verbose_name=_("姓名")
    )
    session_id = models.UUIDField()
    session = models.CharField(_("认定批次"), max_length=160)
    day = models.DateField(_("日期"))
    score = models.DecimalField(
        _("认定分数"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    grade = models.CharField(_("评价"), max_length=20, blank=True)
    opinion = models.TextField(_("认定意见"), max_length=600, blank=True)
    rated_by = models.UUIDField(null=True, blank=True)
    rated_by_name = models.CharField(_("评价人"), max_length=80)
    rated_at = models.DateTimeField(_("评价时间"))

    class Meta:
        verbose_name = _("场次评价")
        verbose_name_plural = _("场次评价")
        ordering = ("day",)
        constraints = (
            models.UniqueConstraint(
                fields=("member", "session_id"),
                name="rating_once",
                violation_error_message=_("这名考评员在这个批次已有评价。"),
            ),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=TOP),
                name="rating_score_range",
                violation_error_message=_("认定分数在 0 至 100 之间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=False) | ~models.Q(grade=""),
                name="rating_says_something",
                violation_error_message=_("请给出分数或评价等次。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.member} · {self.session}"


class Appraisal(Cited, Record):
    """One member's year: drafted by one, confirmed by another, then unchangeable (ASR-16..18).

    `basis` keeps the sessions as they were judged; `…_for` is in whose name a deputy acted.
    """

    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="appraisals", verbose_name=_("姓名")
    )
    branch = models.CharField(_("身份"), max_length=12, choices=BRANCH_LABELS.items())
    year = models.PositiveSmallIntegerField(_("年度"))
    status = models.CharField(
        _("状态"), max_length=10, choices=APPRAISAL_LABELS.items(), default=AppraisalStatus.DRAFT
    )
    basis = models.JSONField(_("考评记录"), default=list, blank=True)
    mean = models.DecimalField(_("平均分"), max_digits=7, decimal_places=4, null=True, blank=True)
    failing = models.CharField(
        _("直接不合格"), max_length=20, blank=True, choices=FAILING_LABELS.items()
    )
    grade = models.CharField(_("等次"), max_length=20, blank=True)
    unqualified = models.BooleanField(_("不合格"), default=False)
    content = models.JSONField(_("考核内容"), default=dict, blank=True)
    summary = models.TextField(_("个人考评工作小结"), max_length=3000, blank=True)
    manager_opinion = models.TextField(_("管理人员评议意见"), max_length=1000, blank=True)
    supervisor_opinion = models.TextField(_("督导员评议意见"), max_length=1000, blank=True)
    follows = ArrayField(
        models.CharField(max_length=10, choices=FOLLOWS_LABELS.items()),
        default=list,
        blank=True,
        verbose_name=_("结果运用"),
    )
    pause_until = models.DateField(_("暂停至"), null=True, blank=True)
    drafted_by = models.UUIDField(null=True, blank=True)
    drafted_for = models.UUIDField(null=True, blank=True)
    drafted_by_name = models.CharField(_("起草人"), max_length=80, blank=True)
    confirmed_by = models.UUIDField(null=True, blank=True)
    confirmed_for = models.UUIDField(null=True, blank=True)
    confirmed_by_name = models.CharField(_("审定人"), max_length=80, blank=True)
    confirmed_at = models.DateTimeField(_("审定时间"), null=True, blank=True)
    reported_on = models.DateField(_("报送日期"), null=True, blank=True)
    receipt = models.CharField(_("回执或文号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("年度考核")
        verbose_name_plural = _("年度考核")
        ordering = ("-year", "member__person__pinyin")
        constraints = (
            models.UniqueConstraint(
                fields=("member", "branch", "year"),
                name="appraisal_once_a_year",
                violation_error_message=_("这个人的这一年度已有考核。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=AppraisalStatus.DRAFT.value)
                | models.Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="appraisal_confirmed_by_whom",
                violation_error_message=_("已审定的考核须有审定人和时间。"),
            ),
            models.CheckConstraint(
                condition=apart("drafted", "confirmed"),
                name="appraisal_two_hands",
                violation_error_message=_("起草和审定不能是同一人，代理人与被代理人也算同一人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(reported_on=None)
                | models.Q(status=AppraisalStatus.CONFIRMED.value),
                name="appraisal_reported_after",
                violation_error_message=_("审定以后才能报送。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(follows__contains=[Follows.PAUSE.value])
                | models.Q(pause_until__isnull=False),
                name="appraisal_pause_ends",
                violation_error_message=_("暂停资格须写明到哪一天。"),
            ),
        )

    def __str__(self) -> str:
        return _("%(member)s %(year)s 年度考核") % {"member": self.member, "year": self.year}
