"""The task list of an application: one thing per page, left and resumed at will."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import public_batches
from assessment_center.office import refusal_text
from assessment_center.registry import RefusedError
from candidates import policies, selectors
from candidates.enums import ApplicationStatus as S
from candidates.forms import CommitmentForm, EvidenceForm, FactsForm, PhotoForm
from candidates.labels import EDUCATION_LABELS, PART_LABELS
from candidates.models import Application, Evidence
from candidates.portal.access import actor_of, attempt, candidate_view, own_or_404, person_of
from candidates.recognition import bases_for, check_claim
from candidates.services import registration
from candidates.services.registration import undertaking_of

STEPS = ("facts", "photo", "evidence", "commitment")


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list."""

    key: str
    label: str
    url: str
    done: bool
    returned: bool = False
    optional: bool = False


def task_list(application: Application) -> list[Task]:
    missing = {part for part, _words in policies.missing_parts(application)}
    pieces = application.evidence.count()
    return [
        Task(
            key,
            str(PART_LABELS[key]),
            reverse(f"portal:{key}", args=[application.pk]),
            pieces > 0 and key not in missing if key == "evidence" else key not in missing,
            application.status == S.RETURNED and application.return_part == key,
            key == "evidence" and application.route == Route.EXAM,
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
    rows = [
        {
            "offering": each,
            "bases": [] if each.route == Route.EXAM else list(bases_for(each)),
            "conditions": [
                c
                for c in batch.rules.conditions_of(each.level)
                if not c.routes or each.route in c.routes
            ],
        }
        for each in batch.offerings.all()
    ]
    return render(request, "portal/choose.html", {"batch": batch, "rows": rows})


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
    made: list[Application] = []
    back = reverse("portal:choose", args=[offering.batch_id])
    response = attempt(
        request,
        lambda: made.append(
            registration.start_application(
                actor=actor_of(request), person=person, offering=offering
            )
        ),
        done="",
        back=back,
        otherwise=back,
    )
    return redirect("portal:application", pk=made[0].pk) if made else response


def _editable_or_away(request: HttpRequest, pk: UUID) -> Application | HttpResponse:
    row = own_or_404(request, pk)
    if row.status in {S.DRAFT, S.RETURNED}:
        return row
    return redirect("portal:application", pk=row.pk)


def _next(application: Application, key: str) -> str:
    """The page after this one; the last leads to the list."""
    at = STEPS.index(key) + 1
    if application.status == S.RETURNED or at >= len(STEPS):
        return reverse("portal:application", args=[application.pk])
    return reverse(f"portal:{STEPS[at]}", args=[application.pk])


@candidate_view
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _editable_or_away(request, pk)
    if isinstance(row, HttpResponse):
        return row
    form = FactsForm(request.POST or None, application=row)
    if request.method == "POST" and form.is_valid():
        columns = form.columns()
        return attempt(
            request,
            lambda: registration.save_facts(
                actor=actor_of(request),
                application=row,
                declaration=form.declaration(),
                **columns,
            ),
            done=_("已保存。"),
            back=_next(row, "facts"),
            otherwise=request.path,
        )
    student = selectors.student_of(row.person)
    context = {"application": row, "form": form, "student": student}
    return render(request, "portal/facts.html", context)


@candidate_view
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _editable_or_away(request, pk)
    if isinstance(row, HttpResponse):
        return row
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["photo"].read()
        return attempt(
            request,
            lambda: registration.set_photo(
                actor=actor_of(request), application=row, content=content
            ),
            done=_("照片已保存。"),
            back=request.path,
            otherwise=request.path,
        )
    context = {"application": row, "form": form, "next": _next(row, "photo")}
    return render(request, "portal/photo.html", context)


@candidate_view
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _editable_or_away(request, pk)
    if isinstance(row, HttpResponse):
        return row
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        return attempt(
            request,
            lambda: registration.add_evidence(
                actor=actor_of(request),
                application=row,
                kind=given["kind"],
                title=given["title"],
                content=given["file"].read(),
            ),
            done=_("材料已保存。"),
            back=request.path,
            otherwise=request.path,
        )
    context = {
        "application": row,
        "form": form,
        "pieces": row.evidence.all(),
        "needed": policies.needed_papers(row),
        "condition": policies.chosen_condition(row),
        "next": _next(row, "evidence"),
    }
    return render(request, "portal/evidence.html", context)


@candidate_view
@require_POST
def remove_evidence(request: HttpRequest, pk: UUID, piece: UUID) -> HttpResponse:
    row = own_or_404(request, pk)
    found = get_object_or_404(Evidence.objects.select_related("application"), pk=piece)
    if found.application_id != row.pk:
        raise Http404
    page = reverse("portal:evidence", args=[row.pk])
    return attempt(
        request,
        lambda: registration.remove_evidence(actor=actor_of(request), evidence=found),
        done=_("材料已删去。"),
        back=page,
        otherwise=page,
    )


@candidate_view
def commitment(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = _editable_or_away(request, pk)
    if isinstance(row, HttpResponse):
        return row
    form = CommitmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return attempt(
            request,
            lambda: registration.sign_commitment(
                actor=actor_of(request),
                application=row,
                typed_name=form.cleaned_data["typed_name"],
                address=request.META.get("REMOTE_ADDR"),
            ),
            done=_("承诺书已签署。"),
            back=_next(row, "commitment"),
            otherwise=request.path,
        )
    rule = row.batch.rules.settings.double_commitment
    context = {
        "application": row,
        "form": form,
        "undertaking": undertaking_of(row),
        "signed": getattr(row, "commitment", None),
        "citations": rule.citations,
    }
    return render(request, "portal/commitment.html", context)


@candidate_view
def check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """“核对并提交”: everything on one page, then the receipt."""
    row = _editable_or_away(request, pk)
    if isinstance(row, HttpResponse):
        return row
    refusal = None
    if request.method == "POST":
        try:
            registration.submit_application(actor=actor_of(request), application=row)
        except RefusedError as refused:
            refusal = refusal_text(refused)
        else:
            return redirect("portal:receipt", pk=row.pk)
    context = {
        "application": row,
        "tasks": task_list(row),
        "missing": list(policies.missing_parts(row)),
        "refusal": refusal,
        "pieces": row.evidence.all(),
        "verdict": selectors.verdict_of(row),
        "claimed": check_claim(row),
        "education": EDUCATION_LABELS.get(row.education, ""),
    }
    return render(request, "portal/check.html", context)
