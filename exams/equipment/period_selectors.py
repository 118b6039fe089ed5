"""Reads of what happened to equipment in a period, or in a batch."""

from datetime import date

from django.db.models import QuerySet

from assessment_center.batches.models import AssessmentBatch
from exams.models import (
    Damage,
    Loan,
    Maintenance,
)


def maintenance_in(first: date, last: date) -> QuerySet[Maintenance]:
    """What was done to equipment from `first` to `last`, in order."""
    return (
        Maintenance.objects.filter(done_on__range=(first, last))
        .select_related("equipment", "member__person")
        .order_by("done_on", "equipment__number")
    )


def loans_in(first: date, last: date) -> QuerySet[Loan]:
    """Loans that went out from `first` to `last`, refused ones too."""
    return (
        Loan.objects.filter(starts_on__range=(first, last))
        .select_related("equipment", "borrower__person", "asked_by", "approved_by", "accepted_by")
        .order_by("starts_on", "created_at")
    )


def damage_in(first: date, last: date) -> QuerySet[Damage]:
    """Damage noted from `first` to `last`."""
    return (
        Damage.objects.filter(happened_at__date__range=(first, last))
        .select_related("equipment", "sitting__batch", "noted_by__person")
        .order_by("happened_at")
    )


def damage_of(batch: AssessmentBatch) -> QuerySet[Damage]:
    """Damage in the sittings of a batch."""
    return (
        Damage.objects.filter(sitting__batch=batch)
        .select_related("equipment", "sitting__batch", "noted_by__person")
        .order_by("happened_at")
    )
