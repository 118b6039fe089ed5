"""One sitting: the draw, the quality beside its bound, the seats as a picture, the duties."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office
from exams import services
from exams.acceptance import last_of
from exams.forms import DutyForm, ReplaceForm
from exams.models import Duty, SeatingNeed, Sitting
from exams.office.early import look_at
from exams.office.grid import grid_of
from exams.office.seat_forms import NeedForm, SeatingForm
from exams.selectors import (
    candidates_for,
    duties_of,
    room_by_id,
    rooms_with_seats,
    seats_of,
    sitting_by_id,
)
from exams.services.duties import drawn_posts
from exams.services.hall import BEFORE
from exams.services.outdating import TICKET, to_print_again
from exams.staffing import staffing_of, watch_of
from exams.supervision_forms import AnswerForm
from exams.supervision_reading import answers_of


def sitting_url(sitting: Sitting) -> str:
    return reverse("exams_office:sitting", args=[sitting.pk])


def duties_url(sitting: Sitting) -> str:
    return reverse("exams_office:duties", args=[sitting.pk])


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def sitting_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How good the arrangement is, beside what no arrangement can beat; the rooms below."""
    sitting = sitting_by_id(pk)
    look_at(request, sitting)
    seated = rooms_with_seats(sitting.batch, sitting=sitting)
    again = to_print_again(sitting)
    context = {
        "sitting": sitting,
        "batch": sitting.batch,
        "rooms": [(room, len(seats)) for room, seats in seated],
        "planned_rooms": sitting.rooms.select_related("room__site"),
        "changeable": sitting.status in BEFORE,
        "again": [sheet for sheet in again if sheet.subject_kind != TICKET],
        "again_tickets": sum(sheet.subject_kind == TICKET for sheet in again),
        "seating": SeatingForm(
            initial={"reserve": sitting.reserve, "papers_a_room": sitting.papers_a_room}
        ),
        "need": NeedForm(sitting=sitting),
        "needs": SeatingNeed.objects.filter(application__in=candidates_for(sitting)).select_related(
            "application__person"
        ),
        "wants_forms": sitting.batch.offerings.filter(
            pk__in=sitting.quality.get("wants_forms", ())
        ).select_related("occupation", "job"),
        "accepted": last_of(each.pk for each, _seats in seated),
    }
    return render_office(request, "office/exams/sitting.html", context)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def chart(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The seats of one room as they stand, the podium on top."""
    room = room_by_id(pk)
    sitting = room.sitting
    look_at(request, sitting)
    seats = list(seats_of([room]))
    context = {
        "room": room,
        "batch": sitting.batch,
        "grid": grid_of(room.room, seats, room.holes),
        "movable": sitting.status in BEFORE and actor_of(request).may(Act.EXAM_ARRANGE),
    }
    return render_office(request, "office/exams/chart.html", context)


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def commit(request: HttpRequest, pk: UUID) -> HttpResponse:
    sitting = sitting_by_id(pk)
    return act(
        request,
        lambda: services.commit_draw(actor=actor_of(request), sitting=sitting),
        done=_("抽签密钥已封存，摘要已公布。"),
        back=sitting_url(sitting),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    sitting = sitting_by_id(pk)
    key = request.POST.get("draw_key", "").strip() or None
    return act(
        request,
        lambda: services.arrange_seats(actor=actor_of(request), sitting=sitting, draw_key=key),
        done=_("排座完成，请核对后确认。"),
        back=sitting_url(sitting),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    sitting = sitting_by_id(pk)
    return act(
        request,
        lambda: services.confirm_arrangement(actor=actor_of(request), sitting=sitting),
        done=_("排座已确认，抽签密钥随编排一并公开。"),
        back=sitting_url(sitting),
    )


def _duties_page(
    request: HttpRequest, sitting: Sitting, form: DutyForm | None = None
) -> HttpResponse:
    look_at(request, sitting)
    context = {
        "sitting": sitting,
        "batch": sitting.batch,
        "duties": duties_of(sitting.batch).filter(sitting=sitting),
        "form": form or DutyForm(sitting=sitting),
        "replace": ReplaceForm(),
        "answer": AnswerForm(),
        "answers": answers_of(sitting),
        "staffing": staffing_of(sitting),
        "watch": watch_of(sitting),
        "drawn": drawn_posts(sitting),
    }
    return render_office(request, "office/exams/duties.html", context)


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def duties(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _duties_page(request, sitting_by_id(pk))


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def propose_duties(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose the whole staff; what is missing is told as a warning."""
    sitting = sitting_by_id(pk)
    missing: list[str] = []

    def propose() -> int:
        made, short = services.assign_duties(actor=actor_of(request), sitting=sitting)
        missing.extend(short)
        return len(made)

    response = act(
        request,
        propose,
        done=lambda number: _("已安排 %(count)s 人次。") % {"count": number},
        back=duties_url(sitting),
        otherwise=duties_url(sitting),
    )
    for text in missing:
        messages.warning(request, text)
    return response


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def add_duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    sitting = sitting_by_id(pk)
    form = DutyForm(request.POST, sitting=sitting)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _duties_page(request, sitting, form)
    return act(
        request,
        lambda: services.set_duty(actor=actor_of(request), sitting=sitting, **form.cleaned_data),
        done=_("已安排。"),
        back=duties_url(sitting),
    )


@office_view(Act.EXAM_ARRANGE, methods=("POST",))
def drop_duty(request: HttpRequest, pk: UUID) -> HttpResponse:
    duty = get_object_or_404(Duty.objects.select_related("sitting__batch"), pk=pk)
    return act(
        request,
        lambda: services.remove_duty(actor=actor_of(request), duty=duty),
        done=_("已撤下。"),
        back=duties_url(duty.sitting),
    )
