"""Banks with their points and items, blueprints, and the papers made of them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.bases import OfLevel
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from questionbank.earlier_models import EarlierItem, EarlierPaper
from questionbank.enums import ItemStatus, PaperStatus
from questionbank.labels import ITEM_KIND_LABELS, ITEM_LABELS, PAPER_LABELS

__all__ = [
    "Bank",
    "BankAcceptance",
    "Blueprint",
    "EarlierItem",
    "EarlierPaper",
    "Item",
    "ItemUse",
    "KeyHolder",
    "Paper",
    "Point",
]


class Bank(OfLevel):
    """All items for one occupation, job, level and subject."""

    subject = models.CharField(  # type: ignore[assignment]
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items()
    )
    edition = models.CharField(_("版本"), max_length=20, default="1")

    class Meta:
        verbose_name = _("题库")
        verbose_name_plural = _("题库")
        ordering = ("occupation__code", "-level", "subject")
        constraints = (
            models.UniqueConstraint(
                fields=("occupation", "job", "level", "subject"),
                nulls_distinct=False,
                name="bank_once",
                violation_error_message=_("这个职业、工种、等级和科目的题库已经有了。"),
            ),
        )

    def __str__(self) -> str:
        parts = [
            self.occupation.name,
            self.job,
            self.get_level_display(),
            self.get_subject_display(),
        ]
        return " ".join(str(part) for part in parts if part)


class Point(Record):
    """A leaf of the element breakdown table, with its weight in percent."""

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="points")
    code = models.CharField(_("代码"), max_length=20)
    area = models.CharField(_("鉴定范围"), max_length=80)
    name = models.CharField(_("鉴定点"), max_length=160)
    weight = models.DecimalField(_("权重（%）"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("鉴定点")
        verbose_name_plural = _("鉴定点")
        ordering = ("bank", "code")
        constraints = (
            models.UniqueConstraint(fields=("bank", "code"), name="point_code_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0, weight__lte=100),
                name="point_weight_range",
                violation_error_message=_("权重应大于 0，不超过 100。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Item(Record):
    """One question; only accepted ones enter a paper, and nobody reviews his own."""

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="items")
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, related_name="items", verbose_name=_("鉴定点")
    )
    kind = models.CharField(_("题型"), max_length=12, choices=ITEM_KIND_LABELS.items())
    stem = models.TextField(_("题干"))
    options = models.JSONField(_("选项"), default=list, blank=True)
    answer = models.JSONField(_("答案"))
    difficulty = models.DecimalField(_("难度"), max_digits=3, decimal_places=2)
    status = models.CharField(
        _("状态"), max_length=12, choices=ITEM_LABELS.items(), default=ItemStatus.DRAFT
    )
    fingerprint = models.CharField(max_length=64)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("命题人"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("审题人"),
    )
    accepted_at = models.DateTimeField(_("入库时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("试题")
        verbose_name_plural = _("试题")
        ordering = ("bank", "point__code", "created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("bank", "fingerprint"),
                name="item_stem_once",
                violation_error_message=_("题库里已有相同的题干。"),
            ),
            models.CheckConstraint(
                condition=models.Q(difficulty__gte=0, difficulty__lte=1),
                name="item_difficulty_range",
                violation_error_message=_("难度应在 0 与 1 之间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer=None) | ~models.Q(reviewer=models.F("writer")),
                name="item_reviewer_not_writer",
                violation_error_message=_("审题人不能是命题人本人。"),
            ),
        )

    def __str__(self) -> str:
        return self.stem[:40]


class BankAcceptance(Record):
    """One acceptance into the bank, signed by at least as many experts as the rulebook asks."""

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="acceptances")
    experts = models.ManyToManyField(StaffMember, verbose_name=_("验收专家"))
    accepted_at = models.DateTimeField(_("验收时间"))
    item_count = models.PositiveIntegerField(_("入库题数"))
    opinion = models.CharField(_("验收意见"), max_length=300)

    class Meta:
        verbose_name = _("验收入库")
        verbose_name_plural = _("验收入库")
        ordering = ("-accepted_at",)

    def __str__(self) -> str:
        return f"{self.bank} {timezone.localdate(self.accepted_at)}"


class Blueprint(Record):
    """How a paper of a bank is made: counts and marks by item kind, duration, difficulty."""

    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="blueprints")
    name = models.CharField(_("名称"), max_length=80)
    counts = models.JSONField(_("各题型题数"))
    marks = models.JSONField(_("各题型每题分值"))
    minutes = models.PositiveSmallIntegerField(_("时长（分钟）"))
    difficulty = models.DecimalField(_("目标难度"), max_digits=3, decimal_places=2, default="0.50")
    tolerance = models.DecimalField(_("难度允差"), max_digits=3, decimal_places=2, default="0.10")

    class Meta:
        verbose_name = _("组卷方案")
        verbose_name_plural = _("组卷方案")
        constraints = (
            models.UniqueConstraint(
                fields=("bank", "name"),
                name="blueprint_name_once",
                violation_error_message=_("这个题库已有同名的组卷方案。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.bank} · {self.name}"


class KeyHolder(Record):
    """Somebody who holds one of the two keys; the identity opens only with his passphrase.

    A key that was replaced stays: papers sealed for it open with it alone.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="paper_keys",
        verbose_name=_("持钥人"),
    )
    recipient = models.CharField(max_length=80, unique=True)
    identity_sealed = models.BinaryField()
    is_active = models.BooleanField(_("使用中"), default=True)

    class Meta:
        verbose_name = _("试卷持钥人")
        verbose_name_plural = _("试卷持钥人")
        ordering = ("user__display_name", "-created_at")
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=models.Q(is_active=True),
                name="paper_key_once",
                violation_error_message=_("此人已有使用中的试卷钥匙。"),
            ),
        )

    def __str__(self) -> str:
        return str(self.user)


class Paper(Record):
    """One form for one offering and subject; after sealing only the sealed bytes remain."""

    batch = models.ForeignKey(AssessmentBatch, on_delete=models.PROTECT, related_name="papers")
    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="papers")
    subject = models.CharField(  # type: ignore[assignment]
        _("科目"), max_length=12, choices=SUBJECT_LABELS.items()
    )
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, verbose_name=_("组卷方案"))
    form = models.CharField(_("卷别"), max_length=2)
    code = models.CharField(_("试卷编号"), max_length=40, unique=True)
    status = models.CharField(
        _("状态"), max_length=12, choices=PAPER_LABELS.items(), default=PaperStatus.DRAFT
    )
    is_spare = models.BooleanField(_("备用卷"), default=False)
    draw_key = models.CharField(max_length=64)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(_("母卷摘要"), max_length=64, blank=True)
    sealed = models.BinaryField(null=True)
    first_holder = models.ForeignKey(
        KeyHolder,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("第一持钥人"),
    )
    second_holder = models.ForeignKey(
        KeyHolder,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("第二持钥人"),
    )
    not_before = models.DateTimeField(_("不得早于"), null=True, blank=True)
    assembled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("组卷人"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("审定人"),
    )
    sealed_at = models.DateTimeField(_("封存时间"), null=True, blank=True)
    released_at = models.DateTimeField(_("启封时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("试卷")
        verbose_name_plural = _("试卷")
        ordering = ("batch", "offering", "subject", "form")
        constraints = (
            models.UniqueConstraint(
                fields=("offering", "subject", "form"),
                condition=~models.Q(status=PaperStatus.VOID.value),
                name="paper_form_once",
                violation_error_message=_("这一科目的同一卷别已经有了。"),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("assembled_by")),
                name="paper_approver_not_author",
                violation_error_message=_("审定人不能是组卷人本人。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(
                    status__in=[PaperStatus.SEALED.value, PaperStatus.RELEASED.value]
                )
                | models.Q(
                    sealed__isnull=False,
                    content=None,
                    first_holder__isnull=False,
                    second_holder__isnull=False,
                    not_before__isnull=False,
                    sealed_at__isnull=False,
                ),
                name="paper_sealed_whole",
                violation_error_message=_("封存的试卷须有两位持钥人和不得早于的时间，且不留明文。"),
            ),
            models.CheckConstraint(
                condition=models.Q(status=PaperStatus.RELEASED.value, released_at__isnull=False)
                | (~models.Q(status=PaperStatus.RELEASED.value) & models.Q(released_at=None)),
                name="paper_released_when",
                violation_error_message=_("启封的试卷须有启封时间。"),
            ),
            models.CheckConstraint(
                condition=models.Q(first_holder=None)
                | ~models.Q(first_holder=models.F("second_holder")),
                name="paper_two_holders",
                violation_error_message=_("两把钥匙必须由两个人持有。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.offering} {self.get_subject_display()} {self.form} 卷"


class ItemUse(Record):
    """That an item stood in a released paper: drawn items rest for the next draws."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="uses")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="uses")
    used_on = models.DateField(_("使用日期"))

    class Meta:
        verbose_name = _("试题使用")
        verbose_name_plural = _("试题使用")
        constraints = (models.UniqueConstraint(fields=("item", "paper"), name="item_use_once"),)

    def __str__(self) -> str:
        return f"{self.item_id} {self.used_on}"
