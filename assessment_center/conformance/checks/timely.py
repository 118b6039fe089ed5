"""Dated duties kept in time, read from the deadlines of the batch."""

from collections.abc import Callable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance.declarations import (
    Evidence,
    Failed,
    Finding,
    NotApplicable,
    Passed,
    check,
)
from assessment_center.deadlines.models import Deadline
from assessment_center.due import counting_words

TESTS = (
    "tests/assessment_center/conformance/test_timely.py::test_what_was_done_late_or_not_is_found",
)
KINDS = {
    "VEN-16": ("exams.rooms_ready",),
    "STAFF-15": ("exams.meeting",),
    "TKT-01": ("exams.tickets",),
    "SUP-07": ("exams.supervision_report",),
    "QS-03": ("exams.supervision_report",),
    "CERT-28": ("certificates.upload",),
    "CERT-29": ("certificates.correction",),
    "ARC-06": ("archive", "archive.media"),
}


def kept_in_time(kinds: tuple[str, ...]) -> Callable[[AssessmentBatch], Finding]:
    """A check of the deadlines of these kinds; those that are not due yet say nothing."""

    def look(batch: AssessmentBatch) -> Finding:
        """期限内的事项按期办结。"""
        found = Deadline.objects.filter(batch=batch, kind__in=kinds, due__isnull=False)
        rows = list(found.select_related("batch"))
        told = [(row, _late(row)) for row in rows if _settled(row)]
        if not told:
            return NotApplicable(_("规程没有规定期限，或期限未到。"))
        late = tuple(Evidence(words, _page(row)) for row, words in told if words)
        if late:
            return Failed(late)
        return Passed(
            "；".join(f"{row.label}：{counting_words(row)}" for row, _words in told),
            tuple(Evidence(row.label, _page(row)) for row, _words in told),
        )

    return look


def _page(row: Deadline) -> str:
    """The line of the deadline in the table of its batch."""
    code = row.batch.code if row.batch else ""
    return f"{reverse('deadlines_office:batch', args=[code])}#deadline-{row.pk}"


def _settled(row: Deadline) -> bool:
    return row.done_at is not None or (row.due is not None and row.due < timezone.localdate())


def _late(row: Deadline) -> str:
    """In words, when it was not done in time."""
    facts = {"label": row.label, "due": row.due}
    if row.done_at is None:
        return _("%(label)s应在 %(due)s 前完成，至今没有完成。") % facts
    day = timezone.localdate(row.done_at)
    if row.due is not None and day > row.due:
        return _("%(label)s应在 %(due)s 前完成，实际 %(day)s。") % {**facts, "day": day}
    return ""


for rule, kinds in KINDS.items():
    check(rule, tests=TESTS, page="deadlines_office:batch")(kept_in_time(kinds))
