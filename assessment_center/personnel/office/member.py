"""A member's file: facts, cards, contracts, promises and ties, and what is done to them."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import UNPROCESSABLE, act, actor_of, office_view, render_office
from assessment_center.people.models import Tie
from assessment_center.people.services import declare_tie
from assessment_center.personnel import forms, services
from assessment_center.personnel.enums import UndertakingKind
from assessment_center.personnel.lifecycle import APPLICATION
from assessment_center.personnel.models import Engagement, Qualification, StaffMember
from assessment_center.personnel.policies import hire_cited, rules_for
from assessment_center.personnel.standing import card_standing, hire_standing
from assessment_center.personnel.texts import PROMISES
from assessment_center.registry import Actor
from assessment_center.workflow import open_moves


def member_url(member: StaffMember) -> str:
    return reverse("personnel_office:member", args=[member.pk])


def _member(pk: UUID) -> StaffMember:
    rows = StaffMember.objects.select_related("person", "department")
    return get_object_or_404(rows, pk=pk)


def member_page(
    request: HttpRequest, member: StaffMember, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The whole file; a form with errors comes back `bound` and open."""
    today, actor = timezone.localdate(), actor_of(request)
    cards = member.qualifications.prefetch_related("occupations").order_by("-valid_from")
    hired = member.engagements.select_related("qualification")
    person = member.person
    declared = Tie.objects.filter(Q(first=person) | Q(second=person))
    rules = rules_for(today)
    context = {
        "member": member,
        "today": today,
        "manages": actor.may(Act.PEOPLE_MANAGE),
        "cards": [card_standing(each, today) for each in cards],
        "hires": [hire_standing(each, today) for each in hired],
        "wanted": {each: hire_cited(rules, each) for each in {card.grade for card in cards}},
        "applications": _applications(member, actor),
        "trainings": member.trainings.select_related("training").order_by("-training__ends_on"),
        "promises": member.undertakings.all(),
        "ties": [
            (tie, tie.second if tie.first_id == person.pk else tie.first)
            for tie in declared.select_related("first", "second")
        ],
        "teaching": person.teaching.select_related("school_class").order_by("-term"),
        "facts": forms.FactsForm(instance=member),
        "apply": forms.ApplyForm(),
        "hire": forms.HireForm(),
        "promise": forms.PromiseForm(),
        "tie": forms.TieForm(),
        "exam": forms.ExamForm(),
        "card": forms.CardForm(),
        "reason": forms.ReasonForm(),
        "sign": forms.SignForm(),
        "review": forms.ReviewForm(),
        "opened": next(iter(bound), ""),
        **bound,
    }
    return render_office(request, "office/personnel/member.html", context, status=status)


def _applications(member: StaffMember, actor: Actor) -> list[dict[str, Any]]:
    rows = member.applications.select_related("qualification").prefetch_related(
        "occupations", "exams"
    )
    return [
        {
            "row": each,
            "moves": {
                move.name: outcome
                for move, outcome in open_moves(machine=APPLICATION, subject=each, actor=actor)
            },
        }
        for each in rows
    ]


@office_view(Act.PEOPLE_VIEW, methods=("GET", "HEAD"))
def member(request: HttpRequest, pk: UUID) -> HttpResponse:
    return member_page(request, _member(pk))


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _member(pk)
    form = forms.FactsForm(request.POST, instance=_member(pk))
    if not form.is_valid():
        return member_page(request, found, status=UNPROCESSABLE, facts=form)
    return act(
        request,
        lambda: services.save_facts(actor=actor_of(request), member=found, **form.cleaned_data),
        done=_("档案已保存。"),
        back=member_url(found),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def apply(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _member(pk), forms.ApplyForm(request.POST)
    if not form.is_valid():
        return member_page(request, found, status=UNPROCESSABLE, apply=form)
    return act(
        request,
        lambda: services.apply_for(actor=actor_of(request), member=found, **form.cleaned_data),
        done=_("已登记申报，请核对后推荐。"),
        back=member_url(found),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def hire(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _member(pk), forms.HireForm(request.POST)
    if not form.is_valid():
        return member_page(request, found, status=UNPROCESSABLE, hire=form)
    return act(
        request,
        lambda: services.hire(actor=actor_of(request), member=found, **form.cleaned_data),
        done=lambda made: (
            _("已登记%(kind)s %(number)s。")
            % {"kind": made.get_kind_display(), "number": made.number}
        ),
        back=member_url(found),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def promise(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _member(pk), forms.PromiseForm(request.POST)
    if not form.is_valid():
        return member_page(request, found, status=UNPROCESSABLE, promise=form)
    words = str(PROMISES[UndertakingKind(form.cleaned_data["kind"])])
    return act(
        request,
        lambda: services.record_undertaking(
            actor=actor_of(request), member=found, text=words, **form.cleaned_data
        ),
        done=_("承诺书已登记。"),
        back=member_url(found),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def tie(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _member(pk), forms.TieForm(request.POST)
    if not form.is_valid():
        return member_page(request, found, status=UNPROCESSABLE, tie=form)
    return act(
        request,
        lambda: declare_tie(
            actor=actor_of(request),
            one=found.person,
            other=form.cleaned_data["other"],
            kind=form.cleaned_data["kind"],
            note=form.cleaned_data["note"],
        ),
        done=_("回避关系已登记。"),
        back=member_url(found),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Qualification.objects.select_related("member__person"), pk=pk)
    return act(
        request,
        lambda: services.revoke_card(
            actor=actor_of(request), card=found, reason=request.POST.get("reason", "")[:300]
        ),
        done=_("证卡已注销。"),
        back=member_url(found.member),
    )


def _engagement(pk: UUID) -> Engagement:
    return get_object_or_404(Engagement.objects.select_related("member__person"), pk=pk)


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _engagement(pk), forms.SignForm(request.POST)
    if not form.is_valid():
        return member_page(request, found.member, status=UNPROCESSABLE, sign=form)
    return act(
        request,
        lambda: services.sign_engagement(
            actor=actor_of(request), engagement=found, signed_on=form.cleaned_data["signed_on"]
        ),
        done=_("已登记签订。"),
        back=member_url(found.member),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _engagement(pk)
    return act(
        request,
        lambda: services.end_engagement(
            actor=actor_of(request), engagement=found, reason=request.POST.get("reason", "")[:300]
        ),
        done=_("聘任已终止。"),
        back=member_url(found.member),
    )


@office_view(Act.PEOPLE_MANAGE, methods=("POST",))
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, form = _engagement(pk), forms.ReviewForm(request.POST)
    if not form.is_valid():
        return member_page(request, found.member, status=UNPROCESSABLE, review=form)
    return act(
        request,
        lambda: services.review_engagement(
            actor=actor_of(request), engagement=found, **form.cleaned_data
        ),
        done=_("综合评价已登记。"),
        back=member_url(found.member),
    )
