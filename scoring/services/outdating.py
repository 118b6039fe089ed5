"""Printed sheets whose scores have changed since."""

from assessment_center.batches.models import Offering
from assessment_center.printed.services import mark_outdated

OF_SUBJECT = ("score-summary", "score-register")
OF_BATCH = ("score-roll", "result-totals", "publicity-notice")


def outdate_sheets(offering: Offering, subject: str) -> None:
    """Mark the registers of a subject, and the lists of its batch, out of date; no other sheet."""
    for slug in OF_SUBJECT:
        mark_outdated(subject=offering.subject, slug=f"{slug}-{subject}")
    for slug in OF_BATCH:
        mark_outdated(subject=offering.batch.subject, slug=slug)
