"""What is locked and read while an application is handed in.

Hundreds are handed in within minutes of a close: each reads no more than its checks need, in as
few statements as may be, and keeps the others waiting only while its number is given.
"""

from dataclasses import dataclass

from django.db import connection

from assessment_center.batches.models import Offering
from assessment_center.batches.selectors import lines_for
from candidates.enums import Finding
from candidates.judging import verdict_of
from candidates.models import Application
from candidates.signature import FACT_FIELDS

SHARED = "SELECT 1 FROM batches_assessmentbatch WHERE id = %s FOR SHARE"
THERE = """
    SELECT EXISTS (SELECT FROM candidates_ban WHERE person_id = %(person)s),
           EXISTS (SELECT FROM candidates_subjectpass WHERE person_id = %(person)s),
           EXISTS (SELECT FROM candidates_heldcertificate WHERE person_id = %(person)s),
           EXISTS (SELECT FROM candidates_evidence WHERE application_id = %(application)s)
"""
CLASS = "person__student__school_class"
ROW = (
    *("status", "number", "batch_id", "offering_id", "person_id", "department_id", "route"),
    *("occupation_id", "job_id", "level", "origin", "received_at", "submitted_at", "photo"),
    *FACT_FIELDS,
    "declaration",
    *("person__user_id", "person__birth", "person__sex", "person__phone", "commitment__covers"),
    *("person__student__person_id", "person__student__status"),
    *(f"{CLASS}__{each}" for each in ("schooling", "graduation_year", "major")),
    *(f"person__staff_member__{each}" for each in ("person_id", "is_active", "is_external")),
)
OFFERED = (
    *("batch_id", "level", "route", "subjects", "occupation__name", "job__name"),
    *(f"standard__{each}" for each in ("condition_set", "related_majors", "name", "edition")),
    *(f"batch__{each}" for each in ("code", "status", "is_demo", "exam_starts")),
    *(f"batch__{each}" for each in ("rulebook_version_id", "rules_frozen_at")),
    *("batch__registration_opens", "batch__registration_closes", "batch__centre__ceased_on"),
)


@dataclass(frozen=True, slots=True)
class Handed:
    """The locked row with what its checks read; whether it has papers, its person certificates."""

    row: Application
    papers: bool
    certificates: bool

    def finding(self) -> Finding:
        """The first verdict; who has no paper and no certificate has none of them read."""
        held = None if self.certificates else ()
        kinds = None if self.papers else ()
        return verdict_of(self.row, held=held, kinds=kinds).finding

    def forgotten(self) -> Application:
        """The row alone, without what was read for this one act: whoever asks next reads anew."""
        self.row._state.fields_cache.clear()  # noqa: SLF001 - as `refresh_from_db` does
        return self.row


def locked(application: Application) -> Handed:
    """The row under lock, after its batch, with what the checks and the verdict read.

    Until the transaction ends nobody closes the batch, changes it or imports into it; any number
    of candidates may hold it so at once.
    """
    with connection.cursor() as cursor:
        cursor.execute(SHARED, [application.batch_id])
    rows = Application.objects.select_related(CLASS, "person__staff_member", "commitment").only(
        *ROW
    )
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=application.pk)
    related = ("occupation", "job", "standard", "batch__centre")
    offerings = Offering.objects.select_related(*related).only(*OFFERED)
    offering = row.offering = offerings.get(pk=row.offering_id)
    batch = row.batch = offering.batch
    offering.filed = lines_for(batch.centre, offering.occupation, offering.job, batch.exam_starts)
    with connection.cursor() as cursor:
        cursor.execute(THERE, {"person": row.person_id, "application": row.pk})
        bans, passes, certificates, papers = cursor.fetchone()
    none = [each for each, any_ in (("bans", bans), ("subject_passes", passes)) if not any_]
    vars(row.person)["_prefetched_objects_cache"] = {each: [] for each in none}
    return Handed(row, papers, certificates)
