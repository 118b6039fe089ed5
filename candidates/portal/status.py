"""A candidate's own page: what happened, what comes next, what can be done."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment_center.batches.selectors import public_batches
from assessment_center.registry.entries import StageState
from candidates import documents, selectors
from candidates import pay_slip as slips
from candidates.deadline_words import closing_words, until_words
from candidates.enums import IN_HAND
from candidates.enums import ApplicationStatus as S
from candidates.forms import ReasonForm
from candidates.labels import PART_LABELS
from candidates.models import Application
from candidates.policies import withdrawable
from candidates.portal.access import actor_of, attempt, candidate_view, own_or_404, user_of
from candidates.portal.tasks import task_list
from candidates.portal_parts import PortalAction, TimelineEntry, portal_parts, timeline
from candidates.services import registration
from candidates.signature import outdated
from candidates.verdicts import judged

CHIPS: dict[str, StageState] = {
    S.DRAFT: "idle",
    S.SUBMITTED: "now",
    S.RETURNED: "due",
    S.FIRST_REVIEWED: "now",
    S.CONFIRMED: "done",
    S.REFUSED: "bad",
    S.WITHDRAWN: "idle",
}


@candidate_view
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """My applications, and what is open for registration now."""
    mine = list(selectors.own_applications(user_of(request)))
    now = timezone.now()
    open_now = public_batches().filter(
        status="announced", registration_opens__lte=now, registration_closes__gte=now
    )
    context = {
        "mine": [(each, *_stands(each), _address(each)) for each in mine],
        "batches": [(batch, closing_words(batch)) for batch in open_now],
    }
    return render(request, "portal/home.html", context)


def _stands(row: Application) -> tuple[str, str]:
    """State and word of the latest that happened, as the head of its own page says."""
    head = _head(row, timeline(row)) if row.status == S.CONFIRMED else {}
    state = head.get("chip_state", CHIPS[row.status])
    return state, head.get("chip_word", row.get_status_display())


def _address(application: Application) -> str:
    """A returned application opens at the part that was returned."""
    parts = [part for part in application.return_part.split(",") if part in PART_LABELS]
    if application.status == S.RETURNED and parts:
        return reverse(f"portal:{parts[0]}", args=[application.pk])
    return reverse("portal:application", args=[application.pk])


@candidate_view
@require_GET
def application(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The task list while it may be edited, the timeline after that."""
    row = own_or_404(request, pk)
    context: dict[str, Any] = {"application": row, "chip_state": CHIPS[row.status]}
    may_withdraw = bool(withdrawable(row, actor_of(request))) and row.status not in {
        S.REFUSED,
        S.WITHDRAWN,
    }
    context |= {"may_withdraw": may_withdraw, "judged": judged(row)}
    if row.status in {S.DRAFT, S.RETURNED}:
        context |= {
            "tasks": task_list(row, lacking=bool(context["judged"].here.kinds)),
            "return_url": _address(row),
            "due": until_words(row),
        }
        return render(request, "portal/tasks.html", context)
    entries = timeline(row)
    context["sign_anew"] = row.status in IN_HAND and outdated(row)
    context |= {"entries": entries, "actions": _actions(row), **_head(row, entries)}
    return render(request, "portal/status.html", context)


def _head(row: Application, entries: Sequence[TimelineEntry]) -> dict[str, Any]:
    """The chip of the head: the latest thing that happened, else the state of the application."""
    told = [entry for entry in entries if entry.state != "idle"]
    if row.status == S.CONFIRMED and told:
        return {"chip_state": told[-1].state, "chip_word": told[-1].title}
    return {"chip_word": row.get_status_display()}


def _actions(row: Application) -> list[PortalAction]:
    """The buttons of all stages; the latest stage's leads."""
    found = [action for part in portal_parts for action in part.actions(row)]
    leading = [action for action in found if action.primary][-1:]
    found = [replace(action, primary=action in leading) for action in found]
    found.sort(key=lambda action: not action.primary)
    if not row.number:
        return found
    form = reverse("portal:form", args=[row.pk])
    return [*found, PortalAction(_("下载申报表"), form)]


@candidate_view
@require_GET
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = own_or_404(request, pk)
    if not row.number:
        return redirect("portal:application", pk=row.pk)
    return render(request, "portal/receipt.html", {"application": row})


@candidate_view
@require_GET
def form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The application form as PDF; its name holds no ID number."""
    row = own_or_404(request, pk)
    if not row.number:
        return redirect("portal:application", pk=row.pk)
    content = documents.application_form(row, actor_of(request))
    return file_response(content, "application/pdf", f"{_('申报表')} {row.number}.pdf")


def file_response(
    content: bytes, media_type: str, name: str, *, inline: bool = False
) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment=not inline, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@candidate_view
@require_GET
def pay_slip(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The slip to pay with; back to the page where nothing is due."""
    row = own_or_404(request, pk)
    if not slips.payable(row):
        return redirect("portal:application", pk=row.pk)
    content = slips.pay_slip(row, actor_of(request))
    return file_response(content, "application/pdf", f"{_('缴费通知单')} {row.number}.pdf")


@candidate_view
@require_POST
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = own_or_404(request, pk)
    given = ReasonForm(request.POST)
    reason = given.cleaned_data["reason"] if given.is_valid() else ""
    page = reverse("portal:application", args=[row.pk])
    return attempt(
        request,
        lambda: registration.withdraw_application(
            actor=actor_of(request), application=row, reason=reason
        ),
        done=_("申报已撤回。"),
        back=page,
        otherwise=page,
    )
