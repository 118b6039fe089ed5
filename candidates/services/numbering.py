"""The numbers of a batch: one after another, without gap or double."""

from django.db import connection

from assessment_center.batches.models import AssessmentBatch

NUMBERS_LOCK = 0x4E0  # the advisory locks under which the numbers of a batch are given
LAST = "SELECT max(number) FROM candidates_application WHERE batch_id = %s AND number <> ''"


def next_number(batch: AssessmentBatch) -> str:
    """The next number of the batch; others who want one wait until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NUMBERS_LOCK, str(batch.pk)]
        )
    return f"{batch.code}-{last_serial(batch) + 1:05d}"


def last_serial(batch: AssessmentBatch) -> int:
    """The highest serial given so far in the batch."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [batch.pk])
        last: str | None = cursor.fetchone()[0]
    return int(last.rpartition("-")[2]) if last else 0
