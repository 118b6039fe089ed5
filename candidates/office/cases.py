"""Pages of safety agreements and of fraud in the applications of a batch."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import Actor, RefusedError
from candidates import cases, selectors
from candidates.case_forms import FraudForm, SafetyForm
from candidates.models import FraudCase
from candidates.services.fraud import decide_fraud, find_fraud
from candidates.services.safety import enter_agreements


@office_view(Act.APPLICATION_VIEW)
def safety(request: HttpRequest, code: str) -> HttpResponse:
    """Who must sign before the practical, who has, and the signed ones to be entered."""
    batch = batch_by_code(code)
    here = reverse("candidates_office:safety", args=[code])
    actor = actor_of(request)
    form = SafetyForm(request.POST or None, batch=batch, actor=actor)
    if request.method == "POST":
        return act(
            request,
            lambda: _enter(actor, batch, form),
            done=lambda n: _("已登记 %(n)d 人。") % {"n": n},
            back=here,
        )
    context = {
        "batch": batch,
        "form": form,
        "rows": list(selectors.visible(actor, cases.in_danger(batch))),
        "waiting": selectors.visible(actor, cases.unsigned(batch)).count(),
        "rule": batch.rules.settings.safety_agreement,
    }
    return render_office(request, "office/candidates/safety.html", context)


def _enter(actor: Actor, batch: AssessmentBatch, form: SafetyForm) -> int:
    if not form.is_valid():
        raise RefusedError(_("请勾选已签的考生，并填写签订日期。"))
    chosen = [UUID(each) for each in form.cleaned_data["applications"]]
    return enter_agreements(
        actor=actor, batch=batch, applications=chosen, signed_on=form.cleaned_data["signed_on"]
    )


@office_view(Act.APPLICATION_VIEW)
def fraud(request: HttpRequest, code: str) -> HttpResponse:
    """The cases of the batch; one more is entered by the application's number."""
    batch = batch_by_code(code)
    here = reverse("candidates_office:fraud", args=[code])
    form = FraudForm(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: _find(actor_of(request), batch, form),
            done=_("已登记，等待另一人决定。"),
            back=here,
        )
    context = {
        "batch": batch,
        "form": form,
        "rows": selectors.visible(
            actor_of(request), cases.fraud_cases(batch), "application__department"
        ),
        "citations": cases.false_paper_citations(batch.rules),
    }
    return render_office(request, "office/candidates/fraud.html", context)


def _find(actor: Actor, batch: AssessmentBatch, form: FraudForm) -> FraudCase:
    data = form.cleaned_data
    mine = selectors.visible(actor, selectors.applications().filter(batch=batch))
    row = mine.filter(number=data["number"].strip()).first()
    if row is None:
        raise RefusedError(_("这个批次没有这个申报号。"), remedy=_("请核对申报号。"))
    return find_fraud(actor=actor, application=row, act_code=data["act_code"], facts=data["facts"])


@office_view(Act.SCORE_FINALISE)
@post_required
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    case = get_object_or_404(FraudCase.objects.select_related("application__batch"), pk=pk)
    upheld = request.POST.get("upheld") == "yes"
    return act(
        request,
        lambda: decide_fraud(
            actor=actor_of(request),
            case=case,
            upheld=upheld,
            decision=request.POST.get("decision", ""),
        ),
        done=_("决定已登记，并已执行。") if upheld else _("决定已登记。"),
        back=reverse("candidates_office:fraud", args=[case.application.batch.code]),
    )
