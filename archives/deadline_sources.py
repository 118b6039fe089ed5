"""When a batch is to be filed, and until when its materials must be kept (ARC-02 to ARC-06)."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archives.selectors import closed_on
from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry.entries import CountUnit, DeadlineSpec, deadline_sources
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.workdays.counting import counted
from certificates.selectors import issue_day

END, RECOGNITION_END = _("考试结束日"), _("认定结束日")
DONE = _("发证日")
MONTHS_A_YEAR = 12
OF_EXAM = frozenset({"video", "secrecy_video"})


def filing_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """The volumes and the media filed in time; and the ends of keeping, which open disposal."""
    return [*_filing(batch), *_keeping(batch)]


def _filing(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """The volumes after the work is done, ended by the certificates; media after the exam."""
    ends = END if batch.examined else RECOGNITION_END
    settings = batch.rules.settings
    archived = batch.status == BatchStatus.ARCHIVED
    closed = closed_on(batch) if archived else None
    issued = issue_day(batch)
    if term := settings.filing_workdays:
        by = counted(DONE if issued else ends, issued or batch.exam_ends, term.value)
        yield DeadlineSpec.counted(
            "archive",
            _("归档"),
            by,
            term.citations,
            done=archived,
            done_on=closed,
            responsible=Act.ARCHIVE_FILE,
            stage="archive",
        )
    if (term := settings.media_filing_workdays) and batch.examined:
        by = counted(END, batch.exam_ends, term.value)
        yield DeadlineSpec.counted(
            "archive.media",
            _("照片、录像归档"),
            by,
            term.citations,
            done=None,
            responsible=Act.ARCHIVE_FILE,
            stage="archive",
        )


def _keeping(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """ARC-02 to ARC-05: the last day each kind must be kept; afterwards it may be disposed of.

    Without an examination there are no recordings of rooms and of a strongroom to keep.
    """
    settings, examined = batch.rules.settings, batch.examined
    terms: tuple[tuple[str, object, Cited[int] | None, int, CountUnit], ...] = (
        ("paper", _("纸质材料保管期满"), settings.paper_years, MONTHS_A_YEAR, "month"),
        ("electronic", _("电子材料保管期满"), settings.electronic_years, MONTHS_A_YEAR, "month"),
        ("video", _("考试录像保管期满"), settings.exam_video_months, 1, "month"),
        ("secrecy_video", _("保密室录像保管期满"), settings.secrecy_video_days, 1, "day"),
    )
    for kind, label, term, times, unit in terms:
        if term is None or not term.citations or (kind in OF_EXAM and not examined):
            continue
        by = counted(
            END if examined else RECOGNITION_END, batch.exam_ends, term.value * times, unit
        )
        yield DeadlineSpec.counted(
            f"archive.keep_{kind}",
            str(label),
            by,
            term.citations,
            done=by.due is not None and timezone.localdate() > by.due,
            responsible=Act.ARCHIVE_FILE,
            stage="archive",
            nature="event",
            outlives=True,
        )


deadline_sources.register("archives", filing_deadlines)
