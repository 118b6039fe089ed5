"""The task list of an application: one thing per page, left and resumed at will."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import public_batches
from assessment_center.office import refusal_text, see
from assessment_center.people.models import Person
from assessment_center.registry import RefusedError
from assessment_center.registry.entries import StageState
from candidates import policies, selectors
from candidates.content import baseline_of, differences
from candidates.correction import open_parts
from candidates.enums import ApplicationStatus as S
from candidates.labels import PART_LABELS
from candidates.models import Application
from candidates.portal.access import actor_of, candidate_view, person_of
from candidates.recognition import bases_for
from candidates.services import registration
from candidates.verdicts import preview

STEPS = ("facts", "photo", "evidence", "commitment")


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list; a closed one of a returned application is read only."""

    key: str
    label: str
    url: str
    done: bool
    returned: bool = False
    optional: bool = False
    closed: bool = False
    mended: bool = False
    lacking: bool = False


def mended_parts(application: Application) -> frozenset[str]:
    """Which parts of a returned application its candidate has changed since it was returned."""
    if application.status != S.RETURNED:
        return frozenset()
    step = baseline_of(application.reviews.all())
    return frozenset(each.part for each in differences(step, application)) if step else frozenset()


def unmended(application: Application) -> list[tuple[str, str]]:
    """Address and name of what was returned and still is as it was."""
    mended = mended_parts(application)
    parts = application.return_part.split(",") if application.status == S.RETURNED else []
    return [
        (reverse(f"portal:{part}", args=[application.pk]), str(PART_LABELS[part]))
        for part in parts
        if part in PART_LABELS and part not in mended
    ]


def task_list(application: Application, *, lacking: bool = False) -> list[Task]:
    """The parts in their order; `lacking`: only proofs are missing to the condition nearest."""
    missing = {part for part, _words in policies.missing_parts(application)}
    pieces = application.evidence.count()
    opened, mended = open_parts(application), mended_parts(application)
    return [
        Task(
            key,
            str(PART_LABELS[key]),
            reverse(f"portal:{key}", args=[application.pk]),
            pieces > 0 and key not in missing if key == "evidence" else key not in missing,
            application.status == S.RETURNED and key in application.return_part.split(","),
            key == "evidence" and application.route == Route.EXAM,
            key not in opened,
            key in mended,
            key == "evidence" and lacking,
        )
        for key in STEPS
    ]


@candidate_view
@require_GET
def choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the batch offers, with conditions, fee and subjects."""
    batch = public_batches().filter(pk=pk).first()
    if batch is None:
        raise Http404
    person = person_of(request)
    offerings = batch.offerings.select_related("occupation", "job", "standard")
    live = selectors.live_in(person, batch)
    rows = [_choice(person, each, batch) for each in offerings]
    for row in rows:
        of = row["offering"]
        row["live"] = live.get((of.occupation_id, of.job_id, of.level))
        row["chip"] = _chip(row)
    return render(request, "portal/choose.html", {"batch": batch, "rows": rows})


def _chip(row: dict[str, Any]) -> tuple[StageState, Any]:
    """How one stands towards an offering, in a word."""
    if row["live"]:
        return "now", _("已申报")
    if row["judged"].barred:
        return "idle", _("不能申报")
    return row["judged"].here.chip  # type: ignore[no-any-return]


def _choice(person: Person, offering: Offering, batch: AssessmentBatch) -> dict[str, Any]:
    """The fee is of what this person would sit: who passed a subject pays the rest."""
    sat = selectors.to_sit(person, offering, batch).subjects if offering.fee_parts else ()
    subjects = sat or offering.subjects
    return {
        "offering": offering,
        "judged": preview(person, offering, batch),
        "bases": [] if offering.route == Route.EXAM else list(bases_for(offering)),
        "fee": offering.fee_of(subjects),
        "parts": offering.fees_by_subject(subjects),
    }


@candidate_view
@require_POST
def start(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a draft for an offering; somebody who has one already is led to it."""
    announced = AssessmentBatch.objects.exclude(status__in=["draft", "cancelled"])
    offering = get_object_or_404(Offering.objects.filter(batch__in=announced), pk=pk)
    person = person_of(request)
    live = selectors.live_application(person, offering)
    if live is not None:
        return redirect("portal:application", pk=live.pk)
    try:
        made = registration.start_application(
            actor=actor_of(request), person=person, offering=offering
        )
    except RefusedError as refused:
        begun = selectors.live_application(person, offering)  # pressed twice, or in two browsers
        if begun is None:
            messages.error(request, refusal_text(refused))
            return see(reverse("portal:choose", args=[offering.batch_id]))
        made = begun
    return redirect("portal:application", pk=made.pk)
