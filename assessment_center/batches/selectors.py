"""Reading plans, batches, their scope and what they announce."""

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.batches.enums import AnnouncementStatus, BatchStatus, ReportStatus, Route
from assessment_center.batches.models import (
    Announcement,
    AssessmentBatch,
    AuthorityReport,
    Offering,
    ReportReceipt,
)
from assessment_center.batches.rules.changing import moves_exam
from assessment_center.catalog.models import Job, Occupation
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.organization.selectors import (
    active_centre,
    filings_on,
    latest_filing,
    lines_of,
)
from assessment_center.registry import ALLOWED, Citation, Outcome, Refused, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import rules_of

__all__ = [
    "active_centre",
    "batch_by_code",
    "current_filing",
    "filed_lines",
    "has_recognition",
    "in_scope",
    "is_examined",
    "lines_for",
    "public_batches",
    "scope_citations",
    "scope_line",
]
# The forms of each report that goes by itself; a rulebook asks for a kind by naming its form.
NOTICE = "F-305"  # by what the authority lets an examination be held, where it gives a notice
PAPER_FORMS = {"batch_plan": ("F-203",), "venue": ("F-218",)}
CHANGE = "change"  # another time or place, asked of the authority before it is announced
CHANGE_TITLE = gettext_lazy("考试时间、地点变更申请")


def current_filing(centre: AssessmentCentre, on: date) -> Filing | None:
    """The filing valid that day; the latest one when an incremental filing holds beside it."""
    return next(iter(filings_on(centre, on)), None)


def batch_by_code(code: str) -> AssessmentBatch:
    """The batch of this number; refuses an unknown one in words for the user."""
    batch = AssessmentBatch.objects.select_related("centre", "rulebook_version", "plan").filter(
        code=code
    )
    found = batch.first()
    if found is None:
        raise RefusedError(
            _("没有批次号为“%(code)s”的批次。") % {"code": code}, remedy=_("请检查批次号。")
        )
    return found


def public_batches() -> QuerySet[AssessmentBatch]:
    """Announced batches with their published announcements, for the public page."""
    published = Announcement.objects.filter(status=AnnouncementStatus.PUBLISHED)
    hidden = [BatchStatus.DRAFT, BatchStatus.CANCELLED]
    return (
        AssessmentBatch.objects.exclude(status__in=hidden)
        .select_related("centre", "rulebook_version")
        .prefetch_related(
            Prefetch("announcements", queryset=published, to_attr="published"),
            Prefetch("offerings", queryset=Offering.objects.select_related("occupation", "job")),
        )
    )


def lines_for(
    centre: AssessmentCentre, occupation: Occupation, job: Job | None, on: date
) -> list[FiledScope]:
    """The filed lines of occupation and job that day; lines without job cover all its jobs.

    There is one more for every incremental filing that added levels.
    """
    lines = lines_of(centre, occupation.pk, on)
    exact = [line for line in lines if line.job_id == (job.pk if job else None)]
    return exact or [line for line in lines if line.job_id is None]


def filed_lines(offering: Offering, batch: AssessmentBatch) -> list[FiledScope]:
    """The filed lines that cover an offering on the day of the examination."""
    if offering.filed is not None:
        return offering.filed
    return lines_for(batch.centre, offering.occupation, offering.job, batch.exam_starts)


def scope_line(
    centre: AssessmentCentre,
    occupation: Occupation,
    job: Job | None,
    on: date,
    level: int | None = None,
) -> FiledScope | None:
    """The line of the filed scope that covers occupation and job, and the level when given."""
    lines = lines_for(centre, occupation, job, on)
    named = (line for line in lines if level is None or level in line.levels)
    return next(named, None)


def scope_citations(rules: Rulebook) -> tuple[Citation, ...]:
    """FIL-01: only inside the filed scope."""
    rule = rules.settings.filing_mode
    return rule.citations if rule else ()


def is_examined(batch: AssessmentBatch) -> bool:
    """Whether anything in the batch is examined; words and dates of an examination depend on it."""
    return batch.examined


def has_recognition(batch: AssessmentBatch) -> bool:
    """Whether anything in the batch is recognised without an examination."""
    return any(each.route != Route.EXAM for each in batch.offerings.all())


def in_scope(
    centre: AssessmentCentre,
    occupation: Occupation,
    job: Job | None,
    level: int | None,
    on: date,
    *,
    lines: list[FiledScope] | None = None,
) -> Outcome:
    """FIL-01 and FIL-02: may the centre examine and certify this on that day?

    `lines` are those of the occupation and job, where they are known.
    """
    ceased = centre.ceased_on if centre.ceased_on and on >= centre.ceased_on else None
    if lines is None:
        lines = lines_for(centre, occupation, job, on)
    if not ceased and any(level is None or level in line.levels for line in lines):
        return ALLOWED
    filing = current_filing(centre, on)
    if filing is None:
        return _without_filing(centre, on)
    if ceased:
        return _ceased(rules_of(filing.rulebook_version), ceased)
    named = f"{occupation} {job or ''}".strip()
    citations = scope_citations(rules_of(filing.rulebook_version))
    remedy = _("如需开展，请先办理增量备案。")
    if not lines:
        return Refused(_("“%(named)s”不在备案范围内。") % {"named": named}, citations, remedy)
    told = {"named": named, "level": level}
    return Refused(_("“%(named)s”没有备案 %(level)s 级。") % told, citations, remedy)


def _without_filing(centre: AssessmentCentre, on: date) -> Refused:
    """Nothing is filed that day; the last filing says by which article, and when it ended."""
    last = latest_filing(centre)
    citations = scope_citations(rules_of(last.rulebook_version)) if last else ()
    return Refused(
        _("%(day)s 没有有效的备案。") % {"day": on.isoformat()},
        citations,
        _("请先登记备案及其有效期。"),
    )


def _ceased(rules: Rulebook, since: date) -> Refused:
    """FIL-18: a centre that stopped keeps its certificates' data and nothing else."""
    rule = rules.filing_rule("ceased")
    return Refused(
        _("机构自 %(day)s 起停止认定。") % {"day": since.isoformat()},
        rule.cite if rule else scope_citations(rules),
        _("已发证书的核查、发放、报送和注销照常办理。"),
    )


def paper_kinds(batch: AssessmentBatch) -> list[str]:
    """What the batch's rulebook wants reported by itself: `PAPER_FORMS`, and a change in draft."""
    named = [
        kind for kind, codes in PAPER_FORMS.items() if any(batch.rules.form(code) for code in codes)
    ]
    return [*named, CHANGE] if change_waiting(batch) else named


def paper_basis(batch: AssessmentBatch, kind: str) -> tuple[str, tuple[Citation, ...]]:
    """What the paper is called, and by which article it is asked for."""
    if kind == CHANGE:
        rule = batch.rules.settings.announcement_change
        return str(CHANGE_TITLE), rule.citations if rule else ()
    form = next(found for code in PAPER_FORMS[kind] if (found := batch.rules.form(code)))
    return form.name, form.cite


def is_asked(draft: Announcement) -> bool:
    """Whether the change of this draft lies with the authority, unanswered."""
    sent = AuthorityReport.objects.filter(announcement=draft, status=ReportStatus.SUBMITTED)
    return sent.exists()


def change_waiting(batch: AssessmentBatch) -> Announcement | None:
    """The draft that moves the examination, where the authority must agree first (RPT-05)."""
    rule = batch.rules.settings.announcement_change
    if rule is None or rule.value != "needs_authority_approval":
        return None
    drafts = batch.announcements.filter(status=AnnouncementStatus.DRAFT, number__gt=1)
    return next((each for each in drafts if moves_exam(each.changes)), None)


def paper_reported(batch: AssessmentBatch, kind: str) -> bool:
    """Whether this paper lies with the authority, or came back approved.

    A change is asked for anew with every draft: an earlier approval is not for this one.
    """
    if kind == CHANGE:
        draft = change_waiting(batch)
        return draft is not None and (bool(draft.consent_number) or is_asked(draft))
    states = [ReportStatus.SUBMITTED, ReportStatus.APPROVED]
    return batch.reports.filter(kind=kind, status__in=states).exists()


def open_batches() -> list[tuple[UUID, str]]:
    """Batches that are not over, the nearest examination first: what a panel is trained for."""
    over = (BatchStatus.COMPLETED, BatchStatus.ARCHIVED, BatchStatus.CANCELLED)
    rows = AssessmentBatch.objects.exclude(status__in=over).order_by("exam_starts", "code")
    return [(batch.pk, f"{batch.code} {batch.name}") for batch in rows]


def reports_of(batch: AssessmentBatch) -> list[AuthorityReport]:
    """Every report of the batch with the log of its receipts, in their order."""
    lines = Prefetch("receipts", ReportReceipt.objects.select_related("entered_by"))
    return list(batch.reports.order_by("created_at").prefetch_related(lines))
