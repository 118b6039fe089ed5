"""What is due: of the centre, of every batch, of one batch as a timeline; and ticking."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import cockpit
from assessment_center.batches.selectors import batch_by_code
from assessment_center.deadlines import selectors, services
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.pages import page_of
from assessment_center.deadlines.services.ticking import answers_for
from assessment_center.deadlines.timeline import timeline_of
from assessment_center.due import citations_of, counting_words, label_words, standing
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.workdays.selectors import calendar

SEE = (Act.BATCH_VIEW, Act.CENTRE_VIEW)
MET_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """A deadline as a row of a table."""

    row: Deadline
    label: str
    state: str
    words: str
    how: str
    citations: tuple[Citation, ...]
    may_tick: bool


def shown(rows: Iterable[Deadline], actor: Actor) -> list[Shown]:
    """Rows with their words, and whether this actor may tick them."""
    today, days = timezone.localdate(), calendar()
    return [
        Shown(
            row,
            label_words(row),
            *standing(row, today, days),
            counting_words(row),
            citations_of(row),
            row.by_hand and answers_for(actor, row),
        )
        for row in rows
    ]


@office_view(SEE, methods=("GET", "HEAD"))
def index(request: HttpRequest) -> HttpResponse:
    """The centre's own deadlines, and what is near in all batches."""
    actor = actor_of(request)
    near = selectors.upcoming(actor).exclude(batch=None)
    own = selectors.visible(selectors.of_centre(), actor)
    context = {
        "near": shown(near, actor),
        "own": shown(own.filter(done_at=None), actor),
        "met": shown(own.exclude(done_at=None).order_by("-done_at")[:MET_SHOWN], actor),
    }
    return render_office(request, "office/deadlines/index.html", context)


@office_view(Act.BATCH_VIEW, methods=("GET", "HEAD"))
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """The timeline of a batch as a picture and as a table."""
    found, actor = batch_by_code(code), actor_of(request)
    prefetch_related_objects([found], "offerings__occupation", "offerings__job")
    rows = list(selectors.due(found))
    context = {
        "batch": found,
        "offered": cockpit.offered(found),
        "tabs": cockpit.tabs_of(found, actor, request.path),
        "timeline": timeline_of(found, rows),
        "rows": shown(rows, actor),
    }
    return render_office(request, "office/deadlines/batch.html", context)


@office_view(SEE, methods=("POST",))
def tick(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep that something was done of which the program has no record."""
    row = _row(request, key)

    def tick_it() -> Deadline:
        note, day = request.POST.get("note", ""), _day(request.POST.get("done_on", ""))
        return services.tick(actor=actor_of(request), deadline=row, note=note, done_on=day)

    return act(
        request,
        tick_it,
        done=_("已登记办结。"),
        back=page_of(row),
    )


def _day(text: str) -> date | None:
    """The day a form names; nothing means today."""
    if not text:
        return None
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is not None:
        return found
    raise RefusedError(_("办结日期“%(text)s”不是日期，请填写如 2026-05-20。") % {"text": text[:20]})


@office_view(SEE, methods=("POST",))
def untick(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a tick back."""
    row = _row(request, key)
    return act(
        request,
        lambda: services.take_back(actor=actor_of(request), deadline=row),
        done=_("已撤销登记。"),
        back=page_of(row),
    )


def _row(request: HttpRequest, key: UUID) -> Deadline:
    rows = selectors.visible(Deadline.objects.select_related("batch"), actor_of(request))
    return get_object_or_404(rows, pk=key)
