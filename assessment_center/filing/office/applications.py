"""One application: its checklist, what blocks it, its moves and its papers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.filing import packages, policies, selectors, services
from assessment_center.filing.documents import MAKERS, Made
from assessment_center.filing.enums import BINDING
from assessment_center.filing.forms import DescribeForm, OpinionForm, PaperForm
from assessment_center.filing.lifecycle import APPLICATION
from assessment_center.filing.models import FilingApplication, FilingPaper
from assessment_center.filing.office.common import application_or_404, download, frame
from assessment_center.office import (
    act,
    actor_of,
    office_view,
    post_required,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import open_moves

Mover = Callable[[Actor, FilingApplication, Any], FilingApplication]
MOVERS: dict[str, Mover] = {
    "assess": lambda actor, one, _said: services.assess(actor=actor, application=one),
    "reopen": lambda actor, one, _said: services.reopen(actor=actor, application=one),
    "submit": lambda actor, one, said: services.submit(
        actor=actor, application=one, pledged_by=said.get("pledged_by", "")[:60]
    ),
    "recommend": lambda actor, one, _said: services.recommend(actor=actor, application=one),
    "return": lambda actor, one, said: services.send_back(
        actor=actor, application=one, reason=said.get("reason", "")[:500]
    ),
    "publish": lambda actor, one, said: services.publish(
        actor=actor, application=one, site=said.get("site", "")[:200]
    ),
}


def home_of(application: FilingApplication) -> str:
    return reverse("filing_office:application", args=[application.pk])


@office_view(Act.CENTRE_VIEW)
def page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Checklist, faults with their articles, the moves, and the facts of this application."""
    application, actor = application_or_404(pk), actor_of(request)
    form = DescribeForm(request.POST or None, instance=application_or_404(pk))
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.describe(actor=actor, application=application, **form.cleaned_data),
            done=_("已保存。"),
            back=home_of(application),
        )
    binding = application.status in BINDING
    papers: dict[str, list[FilingPaper]] = {}
    for paper in application.papers.defer("sealed"):
        papers.setdefault(paper.code, []).append(paper)
    context = frame(request, application, "papers") | {
        "checklist": [
            (each, papers.get(each.material.code, []), each.material.form in MAKERS)
            for each in selectors.checklist(application)
        ],
        "faults": list(policies.submit_faults(application)) if binding else [],
        "moves": list(open_moves(machine=APPLICATION, subject=application, actor=actor)),
        "opinions": application.opinions.all(),
        "opinion_form": OpinionForm() if application.status == "submitted" else None,
        "may_bind": binding and actor.may(Act.CENTRE_MANAGE),
        "form": form,
        "paper_form": PaperForm(),
        "prints": prints(application),
    }
    return render_office(request, "office/filing/application.html", context)


def prints(application: FilingApplication) -> list[tuple[str, str]]:
    """Forms that can be made of this application now, with their names."""
    known = {each.form: each.label for each in application.rules.filing_materials if each.form}
    named = {code: str(label) for code, label in known.items() if code in MAKERS}
    for code in ("F-105", "F-106"):
        form = application.rules.form(code)
        if form:
            named[code] = form.name
    hidden = {
        "F-101": not application.way.ground or application.kind != "initial",
        "F-105": application.filing is None,
        "F-106": not selectors.needs_assessment(application),
        "F-107": not selectors.needs_plan(application),
        "F-108": not selectors.rests_on_own_spec(application),
        "F-109": application.kind == "incremental",
    }
    return sorted((code, name) for code, name in named.items() if not hidden.get(code))


@office_view(Act.CENTRE_MANAGE)
@post_required
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Make one move of the table; the reply has a page of its own."""
    application, mover = application_or_404(pk), MOVERS.get(name)
    if mover is None:
        raise Http404
    return act(
        request,
        lambda: mover(actor_of(request), application, request.POST),
        done=lambda done: _("现在的状态：%(status)s。") % {"status": done.get_status_display()},
        back=home_of(application),
    )


@office_view(Act.CENTRE_MANAGE)
@post_required
def opinion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter an expert's opinion."""
    application, form = application_or_404(pk), OpinionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写专家、意见和签字日期。"))
        return see(home_of(application))
    return act(
        request,
        lambda: services.give_opinion(
            actor=actor_of(request), application=application, **form.cleaned_data
        ),
        done=_("专家意见已登记。"),
        back=home_of(application),
    )


@office_view(Act.CENTRE_MANAGE)
@post_required
def paper_add(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Upload a paper of the checklist."""
    application, form = application_or_404(pk), PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("请选择要上传的文件。"))
        return see(home_of(application))
    return act(
        request,
        lambda: services.add_paper(
            actor=actor_of(request),
            application=application,
            code=code,
            content=form.cleaned_data["file"].read(),
            title=form.cleaned_data["title"],
        ),
        done=_("材料已放入。"),
        back=home_of(application),
    )


@office_view(Act.CENTRE_MANAGE)
@post_required
def produce(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make one paper of the checklist, or all that can be made."""
    application, code = application_or_404(pk), request.POST.get("code", "")
    actor = actor_of(request)
    return act(
        request,
        lambda: (
            services.produce(actor=actor, application=application, code=code)
            if code
            else services.produce_all(actor=actor, application=application)
        ),
        done=_("材料已按现在的内容生成。"),
        back=home_of(application),
    )


@office_view(Act.CENTRE_MANAGE, methods=("GET",))
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a paper; the look is recorded, as it may name ID numbers."""
    found = get_object_or_404(FilingPaper.objects.select_related("application"), pk=pk)
    content = services.read_paper(actor=actor_of(request), paper=found)
    stem, _dot, suffix = found.file_name.rpartition(".")
    return download(Made(stem, suffix, content))


@office_view(Act.CENTRE_MANAGE)
@post_required
def paper_drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a paper out again."""
    found = get_object_or_404(FilingPaper.objects.select_related("application"), pk=pk)
    return act(
        request,
        lambda: services.drop_paper(actor=actor_of(request), paper=found),
        done=_("材料已取出。"),
        back=home_of(found.application),
    )


@office_view(Act.CENTRE_MANAGE, methods=("GET",))
def print_form(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """One form as it stands now; the trail records it."""
    application, actor = application_or_404(pk), actor_of(request)
    if code not in dict(prints(application)):
        raise Http404
    try:
        made = MAKERS[code](application, actor)
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(home_of(application))
    record(
        actor=actor,
        verb="filing_request.print",
        subject=application.subject,
        payload={"form": code},
    )
    return download(made)


@office_view(Act.CENTRE_MANAGE, methods=("GET",))
def package(request: HttpRequest, pk: UUID) -> HttpResponse:
    """R-01 or R-02: the papers in their order as a zip."""
    application = application_or_404(pk)
    try:
        content = packages.package(application, actor_of(request))
    except RefusedError as refused:
        messages.error(request, refusal_text(refused))
        return see(home_of(application))
    title = (
        f"{application.get_kind_display()}材料 {timezone.localdate(application.created_at):%Y%m%d}"
    )
    return download(Made(title, "zip", content), attached=True)
