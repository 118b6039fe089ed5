"""Subjects cancelled with the promise that they cost nothing the next time (FEE-10)."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.catalog.labels import SUBJECT_LABELS
from candidates.seams import CancelledSubject, cancelled_subjects
from exams.models import SeatAssignment


def promised(persons: Collection[UUID]) -> Iterator[CancelledSubject]:
    """What these persons were seated for when it was cancelled, in one query."""
    seats = SeatAssignment.objects.filter(
        application__person__in=persons, sitting__call_offs__free_next=True
    ).select_related("application", "sitting__batch")
    for seat in seats:
        subject = seat.sitting.subject_code
        told = _("%(batch)s的%(subject)s取消，本次免收") % {
            "batch": seat.sitting.batch.name,
            "subject": SUBJECT_LABELS[subject],
        }
        yield CancelledSubject(seat.application, subject, told)


cancelled_subjects.register("exams", promised)
