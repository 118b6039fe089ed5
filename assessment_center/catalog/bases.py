"""What many records say about themselves: of which occupation and job, and of which level."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.catalog.models import Job, Occupation
from assessment_center.registry.records import Record


class OfTrade(Record):
    """Of an occupation, and of one of its jobs where it has several."""

    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, related_name="+", verbose_name=_("职业")
    )
    job = models.ForeignKey(
        Job,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("工种"),
    )

    class Meta:
        abstract = True


class OfLevel(OfTrade):
    """Of one level too, 5 to 1; None where the trade has none (a special-skill examination)."""

    level = models.PositiveSmallIntegerField(
        _("等级"), choices=LEVEL_LABELS.items(), null=True, blank=True
    )

    class Meta:
        abstract = True


class OfLevels(OfTrade):
    """Of several levels at once."""

    levels = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("等级"), default=list, blank=True
    )

    class Meta:
        abstract = True
