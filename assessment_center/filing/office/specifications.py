"""Own specifications: the list, one with its signatures, and the close of its review."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.catalog.selectors import jobs_of
from assessment_center.filing import policies, services
from assessment_center.filing.forms import SignatureForm, SpecificationForm
from assessment_center.filing.models import OwnSpecification
from assessment_center.filing.office.common import centre_or_404, rules_of_centre
from assessment_center.filing.rules.blocks import blocks
from assessment_center.filing.services.named import Wanted, named_job, named_occupation
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.selectors import current_version, rules_of


@office_view(Act.CENTRE_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    """All own specifications, and a form for the next (FIL-06)."""
    centre = centre_or_404()
    rules = rules_of_centre(centre)
    rule = rules.filing_rule("own_spec") if rules else None
    form = SpecificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: _write(request, form.cleaned_data),
            done=_("评价规范已登记，请专家评审签字。"),
            back=lambda made: reverse("filing_office:specification", args=[made.pk]),
            otherwise=reverse("filing_office:specifications"),
        )
    context = {
        "specifications": centre.specifications.select_related("occupation", "job"),
        "rule": rule,
        "least": rules.settings.own_spec_min_experts if rules else None,
        "form": form if rule else None,
    }
    return render_office(request, "office/filing/specifications.html", context)


def _write(request: HttpRequest, given: dict[str, Any]) -> OwnSpecification:
    centre = centre_or_404()
    rules = rules_of_centre(centre)
    if rules is None:
        raise RefusedError(_("还没有备案或申请，不知道按哪部规程。"))
    facts = dict(given)
    wanted = Wanted(occupation=facts.pop("occupation"), job=facts.pop("job"), whole_reason="1")
    occupation = named_occupation(rules, wanted.occupation)
    job = named_job(rules, occupation, wanted) if jobs_of(occupation).exists() else None
    return services.write_specification(
        actor=actor_of(request),
        centre=centre,
        version=current_version(rules.identity.code),
        occupation=occupation,
        job=job,
        **facts,
    )


@office_view(Act.CENTRE_VIEW)
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One specification: its parts, who signed, what is missing to close the review."""
    found = get_object_or_404(centre_or_404().specifications, pk=pk)
    form = SignatureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.sign_specification(
                actor=actor_of(request), specification=found, **form.cleaned_data
            ),
            done=_("签字已登记。"),
            back=reverse("filing_office:specification", args=[pk]),
        )
    rules = rules_of(found.rulebook_version)
    context = {
        "specification": found,
        "experts": found.experts.select_related("expert__person"),
        "faults": list(policies.specification_faults(found, rules)),
        "form": form if found.status == "draft" else None,
    }
    context["weights"] = list(blocks(found.weights))
    return render_office(request, "office/filing/specification.html", context)


@office_view(Act.CENTRE_MANAGE)
@post_required
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(centre_or_404().specifications, pk=pk)
    return act(
        request,
        lambda: services.close_review(actor=actor_of(request), specification=found),
        done=_("评审通过，可以随申请报送。"),
        back=reverse("filing_office:specification", args=[pk]),
    )
