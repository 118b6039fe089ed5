"""Money beside the payments: the finance office's list, refunds, waivers, expenses, reissues."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.registry.records import Record, by_staff
from candidates.enums import ExpenseKind, LineState, RefundState, WaiverGround
from candidates.labels import (
    EXPENSE_LABELS,
    LINE_LABELS,
    REFUND_GROUND_LABELS,
    REFUND_STATE_LABELS,
    WAIVER_GROUND_LABELS,
)
from candidates.standing_models import HeldCertificate


class FinanceLine(Record):
    """A row of the finance office's list: matched to an application, or waiting to be worked off.

    The ID number of the list is kept masked; it is compared while the list is read.
    """

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="finance_lines"
    )
    receipt_number = models.CharField(_("票据号"), max_length=40, unique=True)
    slip = models.CharField(_("缴费单号"), max_length=40, blank=True)
    name = models.CharField(_("姓名"), max_length=80, blank=True)
    id_masked = models.CharField(_("证件号码"), max_length=40, blank=True)
    amount_cents = models.IntegerField(_("金额（分）"))
    paid_on = models.DateField(_("缴费日期"))
    state = models.CharField(_("状态"), max_length=10, choices=LINE_LABELS.items())
    application = models.ForeignKey(
        "candidates.Application",
        on_delete=models.PROTECT,
        related_name="finance_lines",
        null=True,
        blank=True,
    )
    reason = models.CharField(_("未匹配原因"), max_length=300, blank=True)
    note = models.CharField(_("处理说明"), max_length=200, blank=True)
    settled_by = by_staff()

    class Meta:
        verbose_name = _("财务到账")
        verbose_name_plural = _("财务到账")
        ordering = ("paid_on", "receipt_number")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0),
                name="finance_amount_positive",
                violation_error_message=_("到账金额须大于零。"),
            ),
            models.CheckConstraint(
                condition=models.Q(state=LineState.MATCHED.value, application__isnull=False)
                | (~models.Q(state=LineState.MATCHED.value) & models.Q(application=None)),
                name="finance_matched_has_application",
                violation_error_message=_("已匹配的到账须对应一份申报。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=LineState.DISMISSED.value) | ~models.Q(note=""),
                name="finance_dismissed_has_note",
                violation_error_message=_("不入账的到账须写明去向。"),
            ),
        )

    def __str__(self) -> str:
        return self.receipt_number


class FeeRefund(Record):
    """Money given back: asked for by one person, paid out or declined by another."""

    payment = models.OneToOneField(
        "candidates.FeePayment", on_delete=models.PROTECT, related_name="refund"
    )
    ground = models.CharField(_("退费事由"), max_length=10, choices=REFUND_GROUND_LABELS.items())
    reason = models.CharField(_("说明"), max_length=200)
    amount_cents = models.PositiveIntegerField(_("金额（分）"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=REFUND_STATE_LABELS.items(),
        default=RefundState.ASKED,
    )
    voucher = models.CharField(_("退款凭证号"), max_length=40, blank=True)
    decision = models.CharField(_("处理意见"), max_length=200, blank=True)
    asked_by = by_staff()
    decided_by = by_staff()
    decided_on = models.DateField(_("处理日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("退费")
        verbose_name_plural = _("退费")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0),
                name="refund_amount_positive",
                violation_error_message=_("退费金额须大于零。"),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None)
                | models.Q(asked_by=None)
                | ~models.Q(decided_by=models.F("asked_by")),
                name="refund_two_persons",
                violation_error_message=_("退费的申请和办理不能是同一人。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RefundState.PAID.value)
                | (~models.Q(voucher="") & models.Q(decided_on__isnull=False)),
                name="refund_paid_has_voucher",
                violation_error_message=_("已退费的须有凭证号和日期。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.payment} {self.get_state_display()}"


class FeeWaiver(Record):
    """A subject of an application that costs nothing, and why (FEE-10); taken back, it stays.

    `subject` is empty where the whole has one price. `earlier` is the application whose
    examination was cancelled and is made good by this: once for each of its subjects.
    """

    application = models.ForeignKey(
        "candidates.Application", on_delete=models.PROTECT, related_name="waivers"
    )
    subject_code = models.CharField(
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items(), blank=True
    )
    amount_cents = models.PositiveIntegerField(_("免收金额（分）"))
    ground = models.CharField(_("事由"), max_length=10, choices=WAIVER_GROUND_LABELS.items())
    reason = models.CharField(_("减免原因"), max_length=200)
    earlier = models.ForeignKey(
        "candidates.Application",
        on_delete=models.PROTECT,
        related_name="made_good",
        null=True,
        blank=True,
        verbose_name=_("考试取消的申报"),
    )
    given_on = models.DateField(_("日期"))
    given_by = by_staff()
    ended_on = models.DateField(_("撤销日期"), null=True, blank=True)
    end_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)
    ended_by = by_staff()

    class Meta:
        verbose_name = _("科目费减免")
        verbose_name_plural = _("科目费减免")
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="waiver_has_reason",
                violation_error_message=_("请写明减免原因。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ground=WaiverGround.CANCELLED.value, earlier__isnull=False)
                | models.Q(ground=WaiverGround.OTHER.value, earlier=None),
                name="waiver_makes_good_what_was_cancelled",
                violation_error_message=_("因上次考试取消而免收的，须对应考试取消的申报。"),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, end_reason="")
                | (models.Q(ended_on__isnull=False) & ~models.Q(end_reason="")),
                name="waiver_ended_with_reason",
                violation_error_message=_("撤销减免须写明原因。"),
            ),
            models.UniqueConstraint(
                fields=("application", "subject_code"),
                condition=models.Q(ended_on=None),
                name="waiver_once_a_subject",
                violation_error_message=_("这个科目已经免收。"),
            ),
            models.UniqueConstraint(
                fields=("earlier", "subject_code"),
                condition=models.Q(ended_on=None, earlier__isnull=False),
                name="waiver_makes_good_once",
                violation_error_message=_("取消的考试只在下一次免收一次该科目的费用。"),
            ),
        )

    def __str__(self) -> str:
        what = self.get_subject_code_display() if self.subject_code else _("全部费用")
        return f"{self.application} {what}"


class FeeExpense(Record):
    """What a batch cost, by category and with its voucher.

    One entered wrongly is struck out with the reason; it stays on record and counts no more.
    """

    batch = models.ForeignKey(
        AssessmentBatch, on_delete=models.PROTECT, related_name="fee_expenses"
    )
    kind = models.CharField(_("支出类别"), max_length=12, choices=EXPENSE_LABELS.items())
    amount_cents = models.PositiveIntegerField(_("金额（分）"))
    spent_on = models.DateField(_("日期"))
    voucher = models.CharField(_("凭证号"), max_length=40)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    recorded_by = by_staff()
    struck_on = models.DateField(_("作废日期"), null=True, blank=True)
    strike_reason = models.CharField(_("作废原因"), max_length=200, blank=True)
    struck_by = by_staff()

    class Meta:
        verbose_name = _("支出")
        verbose_name_plural = _("支出")
        ordering = ("spent_on", "created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0) & ~models.Q(voucher=""),
                name="expense_amount_and_voucher",
                violation_error_message=_("支出须有大于零的金额和凭证号。"),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[each.value for each in ExpenseKind]),
                name="expense_of_a_kind",
                violation_error_message=_("请选择支出类别。"),
            ),
            models.CheckConstraint(
                condition=models.Q(struck_on=None, strike_reason="")
                | (models.Q(struck_on__isnull=False) & ~models.Q(strike_reason="")),
                name="expense_struck_with_reason",
                violation_error_message=_("作废支出须写明原因。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.voucher}"


class ExpensePlace(Record):
    """Whether a batch was held with the school's own rooms and equipment, or outside (FEE-05).

    The share of the income that may be spent hangs on it; each change keeps its reason.
    """

    batch = models.OneToOneField(
        AssessmentBatch, on_delete=models.PROTECT, related_name="expense_place"
    )
    outside = models.BooleanField(_("在校外举办"))
    reason = models.CharField(_("说明"), max_length=200)
    said_by = by_staff()

    class Meta:
        verbose_name = _("举办地点")
        verbose_name_plural = _("举办地点")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="expense_place_reason",
                violation_error_message=_("请写明使用了哪里的场地和设备。"),
            ),
        )

    def __str__(self) -> str:
        return str(_("校外") if self.outside else _("校内"))


class ReissueFee(Record):
    """What was paid for a second copy of a certificate: the rulebook's amount, with its receipt."""

    certificate = models.ForeignKey(
        HeldCertificate, on_delete=models.PROTECT, related_name="reissue_fees"
    )
    amount_cents = models.PositiveIntegerField(_("金额（分）"))
    receipt_number = models.CharField(_("票据号"), max_length=40, unique=True)
    paid_on = models.DateField(_("日期"))
    recorded_by = by_staff()

    class Meta:
        verbose_name = _("补证工本费")
        verbose_name_plural = _("补证工本费")
        ordering = ("-paid_on", "-created_at")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(amount_cents__gt=0) & ~models.Q(receipt_number=""),
                name="reissue_fee_has_receipt",
                violation_error_message=_("工本费须有金额和票据号。"),
            ),
        )

    def __str__(self) -> str:
        return self.receipt_number
