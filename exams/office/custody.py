"""Papers in their bags: packing, handing out, opening, taking back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, render_office
from assessment_center.registry import Actor
from exams import services
from exams.forms import HandsForm, names_in
from exams.models import Packet
from exams.selectors import all_packets, packets_of, room_by_id, unpacked_rooms
from questionbank.policies import from_authority


def custody_url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:custody", args=[batch.code])


def _page(
    request: HttpRequest, batch: AssessmentBatch, form: HandsForm | None = None
) -> HttpResponse:
    context = {
        "batch": batch,
        "packets": packets_of(batch),
        "unpacked": unpacked_rooms(batch),
        "outside": from_authority(batch),
        "form": form or HandsForm(),
    }
    return render_office(request, "office/exams/custody.html", context)


@office_view((Act.EXAM_VIEW, Act.CUSTODY), methods=("GET", "HEAD"))
def custody(request: HttpRequest, code: str) -> HttpResponse:
    """Every packet with its state and signatures; rooms still to be packed."""
    return _page(request, batch_by_code(code))


def _hands(values: dict[str, Any]) -> services.Hands:
    return services.Hands(
        values["giver"],
        values["receiver"],
        values["at"],
        seal_intact=not values["seal_broken"],
        note=values["note"],
    )


@office_view(Act.CUSTODY, methods=("POST",))
def pack(request: HttpRequest, pk: UUID) -> HttpResponse:
    room = room_by_id(pk)
    batch, form = room.sitting.batch, HandsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择两名签字人。"))
        return _page(request, batch, form)
    return act(
        request,
        lambda: services.pack_papers(
            actor=actor_of(request),
            sitting_room=room,
            hands=_hands(form.cleaned_data),
            spare=form.cleaned_data["count"] or 0,
        ),
        done=lambda made: _("已封装 %(count)s 袋。") % {"count": len(made)},
        back=custody_url(batch),
        otherwise=custody_url(batch),
    )


def _open(*, actor: Actor, packet: Packet, values: dict[str, Any]) -> Packet:
    witnesses = names_in(values["witnesses"])
    return services.open_packet(
        actor=actor, packet=packet, hands=_hands(values), witnesses=witnesses
    )


def _give(*, actor: Actor, packet: Packet, values: dict[str, Any]) -> Packet:
    return services.hand_over(actor=actor, packet=packet, hands=_hands(values))


def _return(*, actor: Actor, packet: Packet, values: dict[str, Any]) -> Packet:
    count = packet.count if values["count"] is None else values["count"]
    return services.return_packet(actor=actor, packet=packet, hands=_hands(values), count=count)


STEPS: dict[str, Callable[..., Packet]] = {"give": _give, "open": _open, "return": _return}


@office_view(Act.CUSTODY, methods=("POST",))
def step(request: HttpRequest, pk: UUID, move: str) -> HttpResponse:
    """One step of custody for one packet."""
    if move not in STEPS:
        raise Http404
    packet = get_object_or_404(all_packets(), pk=pk)
    batch, form = packet.sitting_room.sitting.batch, HandsForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择两名签字人。"))
        return _page(request, batch, form)
    return act(
        request,
        lambda: STEPS[move](actor=actor_of(request), packet=packet, values=form.cleaned_data),
        done=lambda moved: (
            _("%(seal)s：%(state)s")
            % {"seal": moved.seal_number, "state": moved.get_state_display()}
        ),
        back=custody_url(batch),
        otherwise=custody_url(batch),
    )
