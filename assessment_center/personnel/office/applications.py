"""Applications for qualifications, moved on; and courses entered."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from assessment_center.personnel import forms, services
from assessment_center.personnel.enums import TrainingKind
from assessment_center.personnel.lifecycle import APPLICATION
from assessment_center.personnel.models import QualificationApplication, Training
from assessment_center.personnel.office.member import member_page, member_url
from assessment_center.personnel.texts import TRAINING_TOPICS

A_PAGE = 40
PLAIN = frozenset({"train", "pass", "refuse", "withdraw"})


def _application(pk: UUID) -> QualificationApplication:
    rows = QualificationApplication.objects.select_related("member__person")
    return get_object_or_404(rows, pk=pk)


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def move(request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
    """Recommend, trained, passed, refused, withdrawn."""
    found = _application(pk)
    reason = request.POST.get("reason", "")[:300]
    if name != "recommend" and name not in PLAIN:
        raise Http404

    def do() -> QualificationApplication:
        actor = actor_of(request)
        if name == "recommend":
            return services.recommend(actor=actor, application=found)
        return services.move(actor=actor, application=found, name=name, reason=reason)

    return act(
        request,
        do,
        done=_("已办理：%(move)s。") % {"move": APPLICATION[name].label},
        back=member_url(found.member),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def exam(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _application(pk), forms.ExamForm(request.POST)
    if not form.is_valid():
        return member_page(request, found.member, status=UNPROCESSABLE, exam=form)
    return act(
        request,
        lambda: services.record_exam(
            actor=actor_of(request), application=found, **form.cleaned_data
        ),
        done=_("考核成绩已登记。"),
        back=member_url(found.member),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def card(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _application(pk), forms.CardForm(request.POST)
    if not form.is_valid():
        return member_page(request, found.member, status=UNPROCESSABLE, card=form)
    return act(
        request,
        lambda: services.issue_card(
            actor=actor_of(request), application=found, **form.cleaned_data
        ),
        done=lambda made: _("已发证卡 %(number)s。") % {"number": made.card_number},
        back=member_url(found.member),
    )


def _trainings(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    rows = Training.objects.annotate(people=Count("attendances")).order_by(
        "-ends_on", "title", "pk"
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "form": form}
    return render_office(request, "office/personnel/training.html", context, status=status)


@office_view(Act.PEOPLE_VIEW, methods=("GET", "HEAD"))
def training(request: HttpRequest) -> HttpResponse:
    """Courses held and the form to enter one."""
    return _trainings(request, forms.TrainingForm())


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def training_add(request: HttpRequest) -> HttpResponse:
    form = forms.TrainingForm(request.POST)
    if not form.is_valid():
        return _trainings(request, form, status=UNPROCESSABLE)
    data = dict(form.cleaned_data)
    named = [line for line in data.pop("topics").splitlines() if line.strip()]
    usual = TRAINING_TOPICS.get(TrainingKind(data["kind"]), ())
    members = list(data.pop("members"))
    del data["session"]
    return act(
        request,
        lambda: services.record_training(
            actor=actor_of(request),
            attended=members,
            topics=named or [str(each) for each in usual],
            **data,
            **form.batch(),
        ),
        done=_("培训已登记。"),
        back=reverse("personnel_office:training"),
    )
