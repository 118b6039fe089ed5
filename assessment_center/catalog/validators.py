"""Figures of a standard: by subject, and within what an examination can be."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessment_center.catalog.enums import Subject
from assessment_center.catalog.labels import SUBJECT_LABELS

MAX_MINUTES = 1_440
MAX_RATIO = 100


def validate_durations(value: Mapping[str, int]) -> None:
    """Minutes by subject, from 1 to a whole day."""
    _validate(value, MAX_MINUTES)


def validate_ratios(value: Mapping[str, int]) -> None:
    """Candidates for one assessor by subject."""
    _validate(value, MAX_RATIO)


def _validate(value: Mapping[str, int], limit: int) -> None:
    for subject, number in value.items():
        if subject not in set(Subject):
            raise ValidationError(_("没有“%(subject)s”这个科目。") % {"subject": subject})
        if type(number) is not int or not 1 <= number <= limit:
            raise ValidationError(
                _("%(subject)s应为 1 至 %(limit)d 的整数。")
                % {"subject": SUBJECT_LABELS[subject], "limit": limit}
            )
