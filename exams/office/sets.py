"""Printed sets: one button for a room, a site, or the whole batch."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.jobs.models import Job
from assessment_center.office import act, actor_of, office_view, refusal_text, render_office, see
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import RefusedError
from exams.documents.reading import Plan, read
from exams.documents.sets import Order
from exams.selectors import room_by_id, sittings_of
from exams.services.printing import order_set, print_room

MIME = {"pdf": "application/pdf", "zip": "application/zip"}


class SetForm(forms.Form):
    order = forms.ChoiceField(
        label=gettext_lazy("装订方式"),
        choices=(
            (Order.WORKING.value, gettext_lazy("按考场：一场一袋，前有封面和清单")),
            (Order.KINDS.value, gettext_lazy("按种类：每种材料一个文件")),
        ),
        initial=Order.WORKING.value,
        widget=forms.RadioSelect,
    )
    changed = forms.BooleanField(label=gettext_lazy("只印有变化的"), required=False)
    site = forms.UUIDField(required=False, widget=forms.HiddenInput)


def _url(batch: AssessmentBatch) -> str:
    return reverse("exams_office:sets", args=[batch.code])


@office_view(Act.EXAM_VIEW, methods=("GET", "HEAD"))
def sets(request: HttpRequest, code: str) -> HttpResponse:
    """Sites and rooms with candidates, how far each is printed, and what is printed no more."""
    batch = batch_by_code(code)
    plan = read(batch)
    off = [each for each in sittings_of(batch) if each.called_off]
    context = {"batch": batch, "plan": plan, "form": SetForm(), "sites": _sites(plan), "off": off}
    return render_office(request, "office/exams/sets.html", context)


def _sites(plan: Plan) -> list[dict[str, Any]]:
    states = _states(plan)
    return [
        {
            "site": site,
            "rooms": [(room, states.get(room.room.pk, "new")) for room in plan.at(site).rooms],
        }
        for site in plan.sites
    ]


def _states(plan: Plan) -> dict[UUID, str]:
    """Of every room whether its newest sheets still hold: `current` or `old`."""
    newest = (
        PrintedSheet.objects.filter(batch_id=plan.batch.pk, subject_kind="exams.sittingroom")
        .order_by("slug", "subject_id", "-version")
        .distinct("slug", "subject_id")
    )
    found: dict[UUID, str] = {}
    for pk, outdated in newest.values_list("subject_id", "is_outdated"):
        found[pk] = "old" if outdated or found.get(pk) == "old" else "current"
    return found


@office_view(Act.EXAM_VIEW, methods=("POST",))
def order(request: HttpRequest, code: str) -> HttpResponse:
    """Order the set of the batch or a site; the page of the job follows."""
    batch = batch_by_code(code)
    form = SetForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return see(_url(batch))
    chosen = form.cleaned_data
    ordered: list[Job] = []
    return act(
        request,
        lambda: ordered.append(
            order_set(
                actor=actor_of(request),
                batch=batch,
                site=chosen["site"],
                order=Order(chosen["order"]),
                changed=chosen["changed"],
            )
        ),
        done=_("已开始打印，完成后在本页下载。"),
        back=lambda _none: reverse("jobs_office:job", args=[ordered[0].pk]),
        otherwise=_url(batch),
    )


@office_view(Act.EXAM_VIEW, methods=("POST",))
def room_set(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The set of one room, at once."""
    room = room_by_id(pk)
    batch = room.sitting.batch
    changed = bool(request.POST.get("changed"))
    try:
        suffix, content = print_room(actor=actor_of(request), room=room, changed=changed)
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return redirect(_url(batch))
    response = HttpResponse(content, content_type=MIME[suffix])
    name = f"{room.sitting.slug}-{room.number:02d}考场.{suffix}"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    return response
