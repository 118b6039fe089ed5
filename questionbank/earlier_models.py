"""Papers of the time before this software, and the questions that stood in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.bases import OfLevel
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.opening.models import OpeningDeclaration
from assessment_center.registry.records import Record


class EarlierPaper(OfLevel):
    """A paper that was used before the centre's first day here; it is not given a second time."""

    opening = models.ForeignKey(OpeningDeclaration, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(
        _("试卷编号"),
        max_length=40,
        unique=True,
        error_messages={"unique": _("这份试卷已经登记。")},
    )
    subject_code = models.CharField(_("科目"), max_length=12, choices=SUBJECT_LABELS.items())
    used_on = models.DateField(_("使用日期"))
    digest = models.CharField(_("母卷摘要"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("期初已用试卷")
        verbose_name_plural = _("期初已用试卷")
        ordering = ("-used_on", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("digest",),
                condition=~models.Q(digest=""),
                name="earlier_paper_digest_once",
                violation_error_message=_("这份母卷已经登记。"),
            ),
        )

    def __str__(self) -> str:
        return self.code


class EarlierItem(Record):
    """A question of such a paper by its fingerprint: its item rests, whenever it is entered."""

    paper = models.ForeignKey(EarlierPaper, on_delete=models.CASCADE, related_name="items")
    fingerprint = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = _("期初已用试题")
        verbose_name_plural = _("期初已用试题")
        constraints = (
            models.UniqueConstraint(
                fields=("paper", "fingerprint"),
                name="earlier_item_once",
                violation_error_message=_("这份试卷的同一道题只登记一次。"),
            ),
        )

    def __str__(self) -> str:
        return self.fingerprint[:12]
