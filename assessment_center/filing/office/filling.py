"""Filling an application in: lines, self-assessment, work plan, and the reply to it."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.filing import selectors, services
from assessment_center.filing.forms import LineForm, ReplyForm
from assessment_center.filing.models import FilingApplication, ScopeRequest
from assessment_center.filing.office.common import application_or_404, frame
from assessment_center.filing.rules.evaluation import Mark
from assessment_center.filing.seen import told_of
from assessment_center.office import act, actor_of, office_view, post_required, render_office
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.rules.filing import FilingCriterion


def _url(name: str, application: FilingApplication) -> str:
    return reverse(f"filing_office:{name}", args=[application.pk])


@office_view(Act.CENTRE_VIEW)
def scope(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lines asked for, and a form for the next."""
    application = application_or_404(pk)
    if request.method == "POST" and "carry" in request.POST:
        return act(
            request,
            lambda: services.carry_over(actor=actor_of(request), application=application),
            done=_carried_words,
            back=_url("scope", application),
        )
    form = LineForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.ask_line(
                actor=actor_of(request),
                application=application,
                wanted=services.Wanted(**form.cleaned_data),
            ),
            done=_("已加入申请范围。"),
            back=_url("scope", application),
        )
    context = frame(request, application, "scope") | {
        "lines": selectors.lines_of(application),
        "form": form,
        "left_out": selectors.not_asked_again(application),
    }
    return render_office(request, "office/filing/scope.html", context)


def _carried_words(done: services.Carried) -> str:
    told = _("带入现行范围 %(n)s 项。") % {"n": done.lines}
    left = "；".join(done.left)
    return told + (_("未能带入：%(left)s") % {"left": left} if left else "")


@office_view(Act.CENTRE_MANAGE)
@post_required
def line_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    line = get_object_or_404(ScopeRequest.objects.select_related("application"), pk=pk)
    return act(
        request,
        lambda: services.drop_line(actor=actor_of(request), line=line),
        done=_("已从申请范围中去掉。"),
        back=_url("scope", line.application),
    )


@office_view(Act.CENTRE_VIEW)
def assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The evaluation table row by row, with what the office's records say to it (FIL-13)."""
    application = application_or_404(pk)
    if request.method == "POST":
        return act(
            request,
            lambda: services.mark_rows(
                actor=actor_of(request),
                application=application,
                marks=_marks(application, request.POST),
            ),
            done=lambda n: _("已保存，%(n)s 项有变动。") % {"n": n},
            back=_url("assessment", application),
        )
    marks = {each.code: each for each in application.marks.all()}
    today = timezone.localdate()
    rows: dict[str, list[Any]] = {}
    for each in application.rules.filing_criteria:
        told = told_of(application, each, today)
        rows.setdefault(each.part, []).append((each, marks.get(each.code), told))
    context = frame(request, application, "assessment") | {
        "parts": rows.items(),
        "found": selectors.evaluation_of(application),
        "rule": application.rules.settings.filing_pass_score,
    }
    return render_office(request, "office/filing/assessment.html", context)


def _marks(application: FilingApplication, posted: QueryDict) -> dict[str, tuple[Mark, str]]:
    """The rows somebody filled in; an empty row stays as it is."""
    found = {}
    for row in application.rules.filing_criteria:
        text = posted.get(f"mark_{row.code}", "").strip()
        if text:
            note = posted.get(f"note_{row.code}", "")[:300]
            found[row.code] = (_mark(row, text), note)
    return found


def _mark(row: FilingCriterion, text: str) -> Mark:
    if row.veto:
        return Mark(met=text == "yes")
    try:
        points = Decimal(text)
    except InvalidOperation:
        points = Decimal("NaN")
    if not points.is_finite():
        told = {"code": row.code, "item": row.label}
        raise RefusedError(_("“%(code)s %(item)s”的得分请填数字。") % told, row.cite)
    return Mark(points=points)


@office_view(Act.CENTRE_VIEW)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The work plan: one section at a time is opened and written (FIL-15)."""
    application = application_or_404(pk)
    if request.method == "POST":
        code = request.POST.get("code", "")
        return act(
            request,
            lambda: services.write_section(
                actor=actor_of(request),
                application=application,
                code=code,
                text=request.POST.get("text", "")[:20000],
            ),
            done=_("已保存。"),
            back=f"{_url('plan', application)}#s{code}",
        )
    texts, rules = selectors.written(application), application.rules
    context = frame(request, application, "plan") | {
        "chapters": [
            (each, texts.get(each.code, ""), selectors.has_sections(rules, each))
            for each in rules.plan_chapters
        ],
        "left": len(selectors.unwritten(application)),
    }
    return render_office(request, "office/filing/plan.html", context)


@office_view(Act.CENTRE_MANAGE)
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the authority's reply; it files the centre or adds to its scope (F-105)."""
    application = application_or_404(pk)
    form = ReplyForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.enter_reply(
                actor=actor_of(request),
                application=application,
                reply=services.Reply(granted=form.granted(), **form.facts()),
            ),
            done=_("备案已登记，范围即日起按回执执行。"),
            back=_url("application", application),
            otherwise=_url("reply", application),
        )
    context = frame(request, application, "reply") | {"form": form}
    return render_office(request, "office/filing/reply.html", context)
