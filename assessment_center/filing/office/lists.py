"""The first page of filing, what may be examined today, and the beginning of an application."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.filing import selectors, services
from assessment_center.filing.documents import publication
from assessment_center.filing.forms import BeginForm
from assessment_center.filing.labels import STATUS_TONES
from assessment_center.filing.office.common import centre_or_404, day_of, download, rules_of_centre
from assessment_center.filing.policies import mode_citations
from assessment_center.filing.standing import standing
from assessment_center.office import (
    act,
    actor_of,
    office_view,
    post_required,
    refusal_text,
    render_office,
    see,
)
from assessment_center.organization.services import cease
from assessment_center.registry import RefusedError

HOME = "filing_office:list"


@office_view(Act.CENTRE_VIEW, methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    """Where the centre stands, its applications, and what is kept behind them."""
    centre = centre_or_404()
    found = list(selectors.applications(centre))
    context = {
        "standing": standing(centre),
        "applications": [(each, STATUS_TONES[each.status]) for each in found],
        "rules": rules_of_centre(centre),
        "filings": centre.filings.select_related("base", "rulebook_version"),
        "today": timezone.localdate(),
    }
    return render_office(request, "office/filing/home.html", context)


@office_view(Act.CENTRE_VIEW, methods=("GET", "HEAD"))
def today(request: HttpRequest) -> HttpResponse:
    """What may we examine today, by which reply, and until when (FIL-01, FIL-02)."""
    centre = centre_or_404()
    on = timezone.localdate()
    try:
        on = day_of(request.GET["on"]) if request.GET.get("on") else on
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
    now = standing(centre, on)
    rules = rules_of_centre(centre)
    context = {
        "centre": centre,
        "standing": now,
        "citations": mode_citations(rules) if rules else (),
        "query": rules.filing_rule("query") if rules else None,
    }
    return render_office(request, "office/filing/today.html", context)


@office_view(Act.CENTRE_VIEW, methods=("GET", "HEAD"))
def export(request: HttpRequest) -> HttpResponse:
    """R-03: the scope of today as a workbook for the site that makes it public."""
    centre = centre_or_404()
    try:
        made = publication(centre)
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(reverse("filing_office:today"))
    record(actor=actor_of(request), verb="filing.export_scope", subject=centre.subject)
    return download(made, attached=True)


@office_view(Act.CENTRE_MANAGE)
@post_required
def stop(request: HttpRequest) -> HttpResponse:
    """FIL-18: stop assessing; what is issued can still be checked, corrected and revoked."""
    return act(
        request,
        lambda: cease(
            actor=actor_of(request),
            centre=centre_or_404(),
            on=day_of(request.POST.get("on", "")),
            reason=request.POST.get("reason", ""),
        ),
        done=_("已登记停止认定；已发证书的核查、发放、报送和注销照常。"),
        back=reverse("filing_office:today"),
    )


@office_view(Act.CENTRE_MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    """Begin an application under one of the installed rulebooks."""
    form = BeginForm(request.POST or None, versions=selectors.filing_versions())
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.begin(
                actor=actor_of(request), centre=centre_or_404(), **form.chosen()
            ),
            done=_("申请已建立，请逐项填报。"),
            back=lambda made: reverse("filing_office:application", args=[made.pk]),
            otherwise=reverse(HOME),
        )
    return render_office(request, "office/filing/new.html", {"form": form})
