"""Lots drawn for a sitting: committed before, held once, kept for ever, corrected by name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.models import StaffMember
from assessment_center.registry.records import Record
from candidates.models import Application
from exams.labels import DRAW_LABELS
from exams.models.sittings import Sitting, SittingRoom


class Draw(Record):
    """One draw: its key is fixed and its SHA-256 shown before, the key itself only after.

    `inputs` holds what was drawn from, so that anybody can repeat the draw with the key. Once
    held, neither the draw nor its lines change (triggers); corrections are entries of their own.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="draws")
    kind = models.CharField(_("抽签"), max_length=16, choices=DRAW_LABELS.items())
    commitment = models.CharField(_("密钥摘要"), max_length=64)
    key = models.CharField(_("密钥"), max_length=64)
    committed_at = models.DateTimeField(_("封存时间"))
    committed_by = models.UUIDField(null=True, blank=True)
    not_before = models.DateTimeField(_("约定抽签时间"))
    algorithm = models.CharField(_("算法版本"), max_length=40, blank=True)
    list_digest = models.CharField(_("名单摘要"), max_length=64, blank=True)
    inputs = models.JSONField(_("抽签名单"), default=dict, blank=True)
    held_at = models.DateTimeField(_("抽签时间"), null=True, blank=True)
    held_by = models.UUIDField(null=True, blank=True)
    held_by_name = models.CharField(_("主持人"), max_length=80, blank=True)
    witness = models.CharField(_("见证人"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("抽签")
        verbose_name_plural = _("抽签")
        ordering = ("sitting", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "kind"),
                name="draw_once",
                violation_error_message=_("本场的这项抽签已经封存密钥。"),
            ),
            models.CheckConstraint(
                condition=models.Q(held_at__isnull=True)
                | (
                    ~models.Q(algorithm="")
                    & ~models.Q(list_digest="")
                    & ~models.Q(witness="")
                    & ~models.Q(held_by_name="")
                    & ~models.Q(witness=models.F("held_by_name"))
                ),
                name="draw_held_how",
                violation_error_message=_("抽签须记明算法、名单摘要、主持人和另一名见证人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(held_at__isnull=True)
                | models.Q(
                    held_at__gte=models.F("not_before"), held_at__gt=models.F("committed_at")
                ),
                name="draw_held_when",
                violation_error_message=_("抽签不能早于约定时间，也不能早于密钥封存。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting} {self.get_kind_display()}"


class DrawLine(Record):
    """One lot as it was drawn: a candidate's place, or a member's room or seat on a panel."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("序号"))
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    sitting_room = models.ForeignKey(
        SittingRoom, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    number = models.PositiveSmallIntegerField(_("签号"), null=True, blank=True)

    class Meta:
        verbose_name = _("签")
        verbose_name_plural = _("签")
        ordering = ("draw", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("draw", "position"),
                name="lot_position_once",
                violation_error_message=_("同一次抽签中，序号不能重复。"),
            ),
            models.UniqueConstraint(
                fields=("draw", "application"),
                name="lot_candidate_once",
                violation_error_message=_("同一次抽签中，一名考生只有一签。"),
            ),
            models.UniqueConstraint(
                fields=("draw", "member"),
                name="lot_member_once",
                violation_error_message=_("同一次抽签中，一名人员只有一签。"),
            ),
            models.UniqueConstraint(
                fields=("draw", "sitting_room", "number"),
                name="lot_place_once",
                violation_error_message=_("同一次抽签中，一个位置只归一人。"),
            ),
            models.CheckConstraint(
                condition=models.Q(application__isnull=True, member__isnull=False)
                | models.Q(application__isnull=False, member__isnull=True),
                name="lot_of_one",
                violation_error_message=_("一签须是一名考生或一名工作人员。"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.position}"


class DrawCorrection(Record):
    """Two lots that changed places, or a member put in for another; with the reason."""

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="corrections")
    line = models.ForeignKey(DrawLine, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(
        DrawLine, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    member = models.ForeignKey(
        StaffMember, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    reason = models.CharField(_("原因"), max_length=200)
    corrected_at = models.DateTimeField(_("更正时间"))
    corrected_by = models.UUIDField(null=True, blank=True)
    corrected_by_name = models.CharField(_("更正人"), max_length=80)

    class Meta:
        verbose_name = _("抽签更正")
        verbose_name_plural = _("抽签更正")
        ordering = ("corrected_at",)
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="draw_correction_reasoned",
                violation_error_message=_("更正抽签结果须写明原因。"),
            ),
            models.CheckConstraint(
                condition=models.Q(other__isnull=True, member__isnull=False)
                | models.Q(other__isnull=False, member__isnull=True),
                name="draw_correction_one_way",
                violation_error_message=_("更正须是两签对调，或换一名人员。"),
            ),
        )

    def __str__(self) -> str:
        return self.reason
