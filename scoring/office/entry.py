"""Entering marks: the grid of one offering and subject, and the Excel sheet beside it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.office import (
    act,
    actor_of,
    office_view,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import RefusedError
from scoring import services
from scoring.enums import EntryRound
from scoring.forms import Grid, grid_of
from scoring.labels import ROUND_LABELS
from scoring.models import ScoreEntry, SubjectResult
from scoring.office.common import download, find_sheet, sheet_frame
from scoring.rules.marks import read_mark
from scoring.selectors import entries_by_application, sheet, standings
from scoring.services.entry import BY_ASSESSORS
from scoring.sheets import blank_score_sheet

UPLOAD_LIMIT = 5 * 1024 * 1024
Entries = dict[UUID, list[ScoreEntry]]


def _address(batch: AssessmentBatch, offering: Offering, subject: str) -> str:
    return reverse("scoring_office:entry", args=[batch.code, offering.pk, subject])


def round_of(subject: str, user_id: UUID, entries: Entries, wanted: str = "") -> EntryRound:
    """The round this user enters: the one begun, else the first that nobody else has begun."""
    if subject in BY_ASSESSORS:
        return EntryRound.ASSESSOR
    marks = [mark for row in entries.values() for mark in row]
    mine = {mark.round for mark in marks if mark.entered_by_id == user_id}
    if mine:
        return EntryRound(min(mine))
    if wanted in {EntryRound.FIRST, EntryRound.SECOND}:
        return EntryRound(wanted)
    begun = any(mark.round == EntryRound.FIRST for mark in marks)
    return EntryRound.SECOND if begun else EntryRound.FIRST


def _load(
    request: HttpRequest, batch: AssessmentBatch, offering: Offering, subject: str
) -> tuple[Grid, EntryRound]:
    people = list(sheet(batch, offering, subject))
    entries = entries_by_application([each.id for each in people], subject)
    user_id: UUID = request.user.pk  # type: ignore[assignment]
    wanted = request.POST.get("round") or request.GET.get("round") or ""
    chosen = round_of(subject, user_id, entries, wanted)
    own = {
        key: mark for key, marks in entries.items() for mark in marks
        if mark.entered_by_id == user_id
    }  # fmt: skip
    taken = {
        key for key, marks in entries.items()
        if chosen != EntryRound.ASSESSOR and any(m.round == chosen for m in marks)
    } - set(own)  # fmt: skip
    checked = SubjectResult.objects.filter(application__in=people, subject=subject)
    taken |= set(checked.values_list("application_id", flat=True))
    return grid_of(people, subject, standings(batch), own, taken), chosen


@office_view(Act.SCORE_ENTER)
def entry_page(request: HttpRequest, code: str, offering: UUID, subject: str) -> HttpResponse:
    """The grid; what was typed stays on the page until every mark is fit to be kept."""
    batch, found = find_sheet(code, offering, subject)
    grid, chosen = _load(request, batch, found, subject)
    if request.method == "POST":
        grid.read(batch, request.POST)
        if not grid.faults:
            saved = _save(request, batch, found, subject, chosen, grid)
            if saved is not None:
                return saved
        else:
            told = _("有 %(n)s 处需要改正，其余的还没有保存。") % {"n": grid.faults}
            messages.error(request, told)
    context = {
        **sheet_frame(batch, found, subject),
        "grid": grid,
        "round": chosen,
        "round_label": ROUND_LABELS[chosen],
        "full": batch.rules.settings.full_score,
        "zero_rule": batch.rules.settings.zero_needs_reason,
    }
    status = 422 if request.method == "POST" else 200
    return render_office(request, "office/scoring/entry.html", context, status=status)


def _save(
    request: HttpRequest,
    batch: AssessmentBatch,
    offering: Offering,
    subject: str,
    chosen: EntryRound,
    grid: Grid,
) -> HttpResponse | None:
    try:
        with transaction.atomic():
            count = services.enter_scores(
                actor=actor_of(request),
                batch=batch,
                offering=offering,
                subject=subject,
                entry_round=chosen,
                marks=grid.marks,
                reasons=grid.reasons,
            )
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return None
    messages.success(request, _("已保存 %(n)s 个分数。") % {"n": count})
    return see(_address(batch, offering, subject))


@office_view(Act.SCORE_ENTER, methods=("GET",))
def entry_template(_request: HttpRequest, code: str, offering: UUID, subject: str) -> HttpResponse:
    """The Excel sheet with admission numbers and names, without anybody's marks."""
    batch, found = find_sheet(code, offering, subject)
    frame = sheet_frame(batch, found, subject)
    content = blank_score_sheet(batch, found, subject)
    return download(f"登分表 {batch.code} {found} {frame['subject_label']}.xlsx", content)


@office_view(Act.SCORE_ENTER, methods=("POST",))
def entry_import(request: HttpRequest, code: str, offering: UUID, subject: str) -> HttpResponse:
    """Take a filled-in sheet; every problem is listed by row, and nothing is half-imported."""
    batch, found = find_sheet(code, offering, subject)
    back = _address(batch, found, subject)
    upload = request.FILES.get("file")
    if upload is None or (upload.size or 0) > UPLOAD_LIMIT:
        messages.error(request, _("请选择填好的登分表（不超过 5 MB）。"))
        return see(back)
    _grid, chosen = _load(request, batch, found, subject)
    problems: list[Any] = []
    try:
        with transaction.atomic():
            report = services.import_scores(
                actor=actor_of(request),
                batch=batch,
                offering=found,
                subject=subject,
                entry_round=chosen,
                content=upload.read(),
            )
        problems = report.problems
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(back)
    if not problems:
        messages.success(request, _("已导入 %(n)s 个分数。") % {"n": report.entered})
        return see(back)
    context = {**sheet_frame(batch, found, subject), "problems": problems, "back": back}
    return render_office(request, "office/scoring/import.html", context, status=422)


@office_view(Act.SCORE_ENTER, methods=("POST",))
def correct(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Correct one's own mark before the check; somebody else's is not found."""
    entry = (
        ScoreEntry.objects.select_related("application__batch", "application__offering")
        .filter(pk=pk, entered_by_id=request.user.pk, application__batch__code=code)
        .first()
    )
    if entry is None:
        raise Http404
    application = entry.application

    def do() -> None:
        try:
            mark = read_mark(request.POST.get("score", ""))
        except ValueError:
            raise RefusedError(_("更正后的分数应为数字。")) from None
        reason = request.POST.get("reason", "")
        services.correct_entry(actor=actor_of(request), entry=entry, score=mark, reason=reason)

    back = _address(application.batch, application.offering, entry.subject)
    return act(request, do, done=_("已更正。"), back=back)
