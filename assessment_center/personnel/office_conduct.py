"""Misconduct of staff: entered by one, decided by another, reported, appealed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import act, actor_of, office_view, render_office, see
from assessment_center.personnel import conduct, judging_reading
from assessment_center.personnel.judging_enums import CaseStatus
from assessment_center.personnel.judging_forms import (
    AppealForm,
    CaseForm,
    CorrectedForm,
    DecisionForm,
    ReportForm,
)
from assessment_center.personnel.judging_selectors import rules_for
from assessment_center.personnel.models import Exclusion, MisconductCase
from assessment_center.personnel.office_appraisals import SEE, faults, rules_or_refuse


def case_url(case: MisconductCase) -> str:
    return reverse("appraisals_office:case", args=[case.pk])


def _list(request: HttpRequest, form: CaseForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    rules = rules_for(today.year)
    context = {
        "cases": judging_reading.cases(),
        "excluded": judging_reading.excluded_now(today),
        "form": form or CaseForm(rules=rules, initial={"happened_on": today}),
        "appeal_to": rules.settings.appeal_to if rules else None,
    }
    return render_office(request, "office/personnel/cases.html", context)


@office_view(SEE, methods=("GET", "HEAD"))
def case_list(request: HttpRequest) -> HttpResponse:
    """All cases, and who is kept from duty now."""
    return _list(request)


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def enter(request: HttpRequest) -> HttpResponse:
    """Enter an act of the rulebook in force."""
    rules = rules_for(timezone.localdate().year)
    form = CaseForm(request.POST, rules=rules)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _list(request, form)
    given = form.cleaned_data
    group, _colon, code = given["act"].partition(":")
    return act(
        request,
        lambda: conduct.enter_case(
            actor=actor_of(request),
            member=given["member"],
            group=group,
            act_code=code,
            rules=rules_or_refuse(given["happened_on"].year),
            happened_on=given["happened_on"],
            description=given["description"],
            session=given["session"],
        ),
        done=_("已登记，等待主任决定。"),
        back=case_url,
        otherwise=reverse("appraisals_office:cases"),
    )


def _case(pk: UUID) -> MisconductCase:
    return get_object_or_404(MisconductCase.objects.select_related("member__person"), pk=pk)


def _page(
    request: HttpRequest, case: MisconductCase, form: DecisionForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    settled = case.status != CaseStatus.OPEN
    context = {
        "case": case,
        "always": conduct.measure_words(case.always),
        "measures": conduct.measure_words(case.measures),
        "exclusions": Exclusion.objects.filter(source_id=case.pk),
        "form": None if settled else form or DecisionForm(case=case),
        "report": ReportForm(initial={"on": today}),
        "appeal": AppealForm(initial={"on": today}),
        "corrected": CorrectedForm(initial={"on": today}),
    }
    return render_office(request, "office/personnel/case.html", context)


@office_view(SEE, methods=("GET", "HEAD"))
def case_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One case with its article, its penalty and what was decided."""
    return _page(request, _case(pk))


@office_view(Act.STAFF_DECIDE, methods=("POST",))
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Decide, or close as unfounded (button `unfounded`)."""
    case = _case(pk)
    form = DecisionForm(request.POST, case=case)
    if not form.is_valid():
        messages.error(request, _("请改正标出的各项。"))
        return _page(request, case, form)
    given = form.cleaned_data
    rules = rules_for(case.happened_on.year)
    decision = conduct.Decision(
        given["text"],
        frozenset(given.get("chosen", ())),
        given.get("pause_until"),
        given.get("correct_by"),
    )
    actor, back = actor_of(request), case_url(case)
    if "unfounded" in request.POST:
        return act(
            request,
            lambda: conduct.reject_case(actor=actor, case=case, reason=decision.text, rules=rules),
            done=_("已结案：查无实据。"),
            back=back,
            otherwise=back,
        )
    return act(
        request,
        lambda: conduct.decide_case(actor=actor, case=case, decision=decision, rules=rules),
        done=_("处理决定已生效。"),
        back=back,
        otherwise=back,
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that the result went to the authority."""
    case, form = _case(pk), ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, faults(form))
        return see(case_url(case))
    return act(
        request,
        lambda: conduct.report_case(actor=actor_of(request), case=case, **form.cleaned_data),
        done=_("报送已登记。"),
        back=case_url(case),
        otherwise=case_url(case),
    )


@office_view(Act.STAFF_DECIDE, methods=("POST",))
def appeal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note an appeal and its outcome."""
    case, form = _case(pk), AppealForm(request.POST)
    if not form.is_valid():
        messages.error(request, faults(form))
        return see(case_url(case))
    return act(
        request,
        lambda: conduct.record_appeal(actor=actor_of(request), case=case, **form.cleaned_data),
        done=_("申诉结果已登记。"),
        back=case_url(case),
        otherwise=case_url(case),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def corrected(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Note that what was to be corrected in time has been."""
    case, form = _case(pk), CorrectedForm(request.POST)
    if not form.is_valid():
        messages.error(request, faults(form))
        return see(case_url(case))
    return act(
        request,
        lambda: conduct.note_correction(actor=actor_of(request), case=case, **form.cleaned_data),
        done=_("改正已登记。"),
        back=case_url(case),
        otherwise=case_url(case),
    )
