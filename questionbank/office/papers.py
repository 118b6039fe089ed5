"""Papers of a batch: assemble, read, approve, seal. Opening them stands in `release`."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.templatetags.office import moment
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.office import (
    UNPROCESSABLE,
    act,
    actor_of,
    office_view,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import Actor, Outcome, RefusedError
from assessment_center.workflow import check
from questionbank import forms, selectors
from questionbank.documents import master_paper
from questionbank.enums import PaperStatus
from questionbank.lifecycle import PAPER
from questionbank.models import Bank, Paper
from questionbank.office.common import batch_or_404, submitted
from questionbank.policies import own_bank_demands, pickup_citations, release_moment
from questionbank.secrecy import require_admitted
from questionbank.services import papers, sealing

PAPER_CHIPS = {
    PaperStatus.DRAFT: "now",
    PaperStatus.APPROVED: "now",
    PaperStatus.SEALED: "seal",
    PaperStatus.RELEASED: "done",
}


@dataclass(slots=True)
class PaperLine:
    paper: Paper
    chip: str
    approval: Outcome | None


@dataclass(slots=True)
class DemandLine:
    """One offering and subject: its bank, and the forms there are."""

    offering: Offering
    subject: str
    label: str
    bank: Bank | None
    accepted: int
    papers: list[PaperLine] = field(default_factory=list)


def demand_lines(batch: AssessmentBatch, actor: Actor) -> list[DemandLine]:
    """What the batch needs papers for, and what it has."""
    sizes = selectors.bank_sizes(batch)
    lines = {}
    for offering, subject in own_bank_demands(batch):
        bank, accepted = sizes.get((offering.pk, subject), (None, 0))
        lines[offering.pk, subject] = DemandLine(
            offering, subject, str(SUBJECT_LABELS[subject]), bank, accepted
        )
    for paper in selectors.papers_of(batch):
        paper.batch = batch
        draft = paper.status == PaperStatus.DRAFT and actor.may(Act.PAPER_APPROVE)
        approval = (
            check(machine=PAPER, subject=paper, move="approve", actor=actor) if draft else None
        )
        line = lines.get((paper.offering_id, paper.subject))
        if line is not None:
            line.papers.append(PaperLine(paper, PAPER_CHIPS[PaperStatus(paper.status)], approval))
    return list(lines.values())


@office_view(Act.BANK_VIEW, methods=("GET", "HEAD"))
def batch_page(request: HttpRequest, code: str) -> HttpResponse:
    return draw_batch(request, batch_or_404(code))


def draw_batch(request: HttpRequest, batch: AssessmentBatch, **bound: Any) -> HttpResponse:
    """The papers of a batch; `bound` are forms that came back with errors."""
    lines = demand_lines(batch, actor_of(request))
    every = [each.paper for line in lines for each in line.papers]
    context = {
        "batch": batch,
        "lines": lines,
        "approved": [p for p in every if p.status == PaperStatus.APPROVED],
        "sealed": [p for p in every if p.status == PaperStatus.SEALED],
        "released": [p for p in every if p.status == PaperStatus.RELEASED],
        "seal_form": forms.SealForm(batch),
        "release_form": forms.ReleaseForm(),
        "pickup": pickup_citations(batch),
        "now": timezone.now(),
        **bound,
    }
    status = UNPROCESSABLE if bound else 200
    return render_office(request, "office/questionbank/papers.html", context, status=status)


def page_of(batch: AssessmentBatch) -> str:
    return reverse("questionbank_office:papers", args=[batch.code])


@office_view(Act.PAPER_ASSEMBLE, methods=("POST",))
def assemble(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the forms of one offering's subject; what the bank lacks is named."""
    batch = batch_or_404(code)
    form = forms.AssembleForm(request.POST)
    wanted = request.POST.get("offering", "")
    offering = next((each for each in batch.offerings.all() if str(each.pk) == wanted), None)
    if offering is None:
        raise Http404(wanted)

    def do() -> list[Paper]:
        if not form.is_valid():
            raise RefusedError(" ".join(str(e) for errors in form.errors.values() for e in errors))
        return papers.assemble(
            actor=actor_of(request),
            batch=batch,
            offering=offering,
            subject=request.POST.get("subject", ""),
            forms=form.cleaned_data["forms_count"],
        )

    return act(
        request,
        do,
        done=lambda made: _("已组卷 %(n)s 套，待审定。") % {"n": len(made)},
        back=page_of(batch),
    )


def _paper(pk: UUID) -> Paper:
    rows = Paper.objects.select_related(
        "batch__centre", "offering__occupation", "offering__job", "blueprint"
    )
    return get_object_or_404(rows, pk=pk)


@office_view((Act.PAPER_APPROVE, Act.PAPER_ASSEMBLE), methods=("GET", "HEAD"))
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The unsealed paper for whoever assembles or approves; each look is recorded."""
    paper = _paper(pk)
    if paper.content is None:
        messages.error(request, _("试卷已封存，不能预览。"))
        return see(page_of(paper.batch))
    try:
        require_admitted(actor_of(request), paper.batch.rules)
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(page_of(paper.batch))
    payload = {"batch": paper.batch.code, "code": paper.code}
    record(actor=actor_of(request), verb="paper.preview", subject=paper.ref, payload=payload)
    response = HttpResponse(master_paper(paper), content_type="application/pdf")
    response.headers["Cache-Control"] = "no-store"
    return response


@office_view(Act.PAPER_APPROVE, methods=("POST",))
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    paper = _paper(pk)
    return act(
        request,
        lambda: papers.approve(actor=actor_of(request), paper=paper),
        done=_("试卷已审定。"),
        back=page_of(paper.batch),
    )


@office_view(Act.PAPER_ASSEMBLE, methods=("POST",))
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    paper = _paper(pk)
    reason = request.POST.get("reason", "")
    return act(
        request,
        lambda: papers.void(actor=actor_of(request), paper=paper, reason=reason),
        done=_("试卷已作废。"),
        back=page_of(paper.batch),
    )


@office_view(Act.PAPER_KEY, methods=("POST",))
def seal(request: HttpRequest, code: str) -> HttpResponse:
    """Seal all approved forms of the batch for two holders; the earliest opening is reckoned."""
    batch = batch_or_404(code)
    form = forms.SealForm(batch, request.POST)

    def do() -> str:
        not_before = release_moment(batch, form.cleaned_data["starts"])
        chosen = selectors.papers_of(batch).filter(status=PaperStatus.APPROVED)
        if not chosen:
            raise RefusedError(_("没有已审定、待封存的试卷。"))
        for paper in chosen:
            facts = {**form.facts(), "not_before": not_before}
            sealing.seal(actor=actor_of(request), paper=paper, **facts)
        return moment(not_before)

    return submitted(
        request,
        form,
        do,
        done=lambda when: _("试卷已封存，%(when)s前不能启封。") % {"when": when},
        back=page_of(batch),
        again=lambda: draw_batch(request, batch, seal_form=form),
    )
