"""The list of batches, and the timetable of one: sittings, rooms, seats, tickets."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.catalog.enums import Subject
from assessment_center.office import act, actor_of, office_view, render_office
from exams import services
from exams.clashes import clashes
from exams.forms import PracticalForm, WrittenSlotForm
from exams.models import Sitting
from exams.selectors import (
    overview,
    sitting_by_id,
    sittings_of,
    unseated,
)
from exams.services.planning_task import unplanned
from exams.timetable_view import drawn_sittings


def timetable_url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:batch", args=[batch.code])


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def index(request: HttpRequest) -> HttpResponse:
    """Batches with how far their examination is arranged."""
    return render_office(request, "office/exams/index.html", {"batches": overview()})


def _page(
    request: HttpRequest,
    batch: AssessmentBatch,
    written: WrittenSlotForm | None = None,
    practical: PracticalForm | None = None,
) -> HttpResponse:
    start = f"{batch.exam_starts:%Y-%m-%d}T08:30"
    sittings = list(sittings_of(batch))
    subjects = {subject for each in batch.offerings.all() for subject in each.subjects}
    context = {
        "batch": batch,
        "sittings": sittings,
        "open": any(each.confirmed_at is None for each in sittings),
        "unseated": len(unseated(batch)),
        "unplanned": len(unplanned(batch)),
        "clashes": clashes(batch),
        **drawn_sittings(sittings),
        "works": Subject.PRACTICAL in subjects,
        "writes": bool(subjects - {Subject.PRACTICAL}),
        "written": written or WrittenSlotForm(batch=batch, initial={"starts_at": start}),
        "practical": practical or PracticalForm(initial={"starts_at": start, "minutes": 120}),
    }
    return render_office(request, "office/exams/timetable.html", context)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def batch_page(request: HttpRequest, code: str) -> HttpResponse:
    """The sittings of a batch in order, and the forms for more."""
    return _page(request, batch_by_code(code))


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def add_written(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    form = WrittenSlotForm(request.POST, batch=batch)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _page(request, batch, written=form)
    return act(
        request,
        lambda: _plan_written(request, batch, form.cleaned_data),
        done=_("场次已安排。"),
        back=timetable_url(batch),
    )


def _plan_written(
    request: HttpRequest, batch: AssessmentBatch, values: dict[str, Any]
) -> list[Sitting]:
    """In the rooms chosen; where none is, in as few as suffice."""
    period = {"starts_at": values["starts_at"], "ends_at": values["ends_at"]}
    rooms = list(values["rooms"]) or services.fewest_rooms(
        batch=batch, subject=values["subject"], **period
    )
    slot = services.Slot(values["subject"], rooms=rooms, **period)
    return services.plan_sittings(actor=actor_of(request), batch=batch, slots=[slot])


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def add_practical(request: HttpRequest, code: str) -> HttpResponse:
    batch = batch_by_code(code)
    form = PracticalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _page(request, batch, practical=form)
    values = form.cleaned_data
    return act(
        request,
        lambda: services.plan_practical(
            actor=actor_of(request),
            batch=batch,
            starts_at=values["starts_at"],
            minutes=values["minutes"],
            rooms=list(values["rooms"]),
        ),
        done=lambda made: _("已按工位分成 %(count)s 组。") % {"count": len(made)},
        back=timetable_url(batch),
        otherwise=timetable_url(batch),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    sitting = sitting_by_id(pk)
    return act(
        request,
        lambda: services.cancel_sitting(actor=actor_of(request), sitting=sitting),
        done=_("场次已撤销。"),
        back=timetable_url(sitting.batch),
    )


def _arrange_all(request: HttpRequest, batch: AssessmentBatch) -> int:
    waiting = [each for each in sittings_of(batch) if each.confirmed_at is None]
    for sitting in waiting:
        services.arrange_seats(actor=actor_of(request), sitting=sitting)
    return len(waiting)


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def arrange_all(request: HttpRequest, code: str) -> HttpResponse:
    """Seat every sitting that is not confirmed."""
    batch = batch_by_code(code)
    return act(
        request,
        lambda: _arrange_all(request, batch),
        done=lambda number: _("已为 %(count)s 个场次排座。") % {"count": number},
        back=timetable_url(batch),
        otherwise=timetable_url(batch),
    )


def _confirm_all(request: HttpRequest, batch: AssessmentBatch) -> None:
    for sitting in sittings_of(batch):
        if sitting.confirmed_at is None:
            services.confirm_arrangement(actor=actor_of(request), sitting=sitting)


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def confirm_all(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm every sitting, or none of them."""
    batch = batch_by_code(code)
    return act(
        request,
        lambda: _confirm_all(request, batch),
        done=_("排座已确认，抽签密钥随编排一并公开。"),
        back=timetable_url(batch),
    )
