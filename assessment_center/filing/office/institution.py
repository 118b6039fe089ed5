"""What stands behind every application: school, regulations, units and their people."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.filing import selectors, services
from assessment_center.filing.forms import MemberForm, ProfileForm, RegulationForm, UnitForm
from assessment_center.filing.models import InternalRegulation, OrgUnit, SchoolProfile, UnitMember
from assessment_center.filing.office.common import centre_or_404, day_of, rules_of_centre
from assessment_center.office import (
    act,
    actor_of,
    office_view,
    post_required,
    render_office,
    see,
)


@office_view(Act.CENTRE_VIEW)
def school(request: HttpRequest) -> HttpResponse:
    """The school's facts (FIL-20, FIL-28)."""
    centre = centre_or_404()
    known = SchoolProfile.objects.filter(centre=centre).first() or SchoolProfile(centre=centre)
    form = ProfileForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.save_profile(
                actor=actor_of(request), centre=centre, **form.cleaned_data
            ),
            done=_("学校信息已保存。"),
            back=reverse("filing_office:school"),
        )
    rules = rules_of_centre(centre)
    rule = rules and (rules.filing_rule("form_facts") or rules.filing_rule("record"))
    context = {"form": form, "rule": rule}
    return render_office(request, "office/filing/school.html", context)


@office_view(Act.CENTRE_VIEW)
def regulations(request: HttpRequest) -> HttpResponse:
    """The regulations in force, those still due, and a form for the next (FIL-14)."""
    centre, today = centre_or_404(), timezone.localdate()
    rules = rules_of_centre(centre)
    form = RegulationForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.issue_regulation(
                actor=actor_of(request), centre=centre, rules=rules, **form.cleaned_data
            ),
            done=_("制度已登记。"),
            back=reverse("filing_office:regulations"),
        )
    held = list(selectors.regulations_in_force(centre, today))
    codes = {each.code for each in held}
    context = {
        "held": held,
        "due": [e for e in rules.regulations_due if e.code not in codes] if rules else [],
        "ended": centre.regulations.filter(ended_on__lt=today),
        "form": form,
    }
    return render_office(request, "office/filing/regulations.html", context)


@office_view(Act.CENTRE_MANAGE)
@post_required
def regulation_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(InternalRegulation, pk=pk)
    return act(
        request,
        lambda: services.end_regulation(
            actor=actor_of(request), regulation=found, on=day_of(request.POST.get("on", ""))
        ),
        done=_("已废止，仍可查阅。"),
        back=reverse("filing_office:regulations"),
    )


@office_view(Act.CENTRE_VIEW)
def units(request: HttpRequest) -> HttpResponse:
    """The units with their duties and people, and those the rulebook still asks for."""
    centre = centre_or_404()
    rules = rules_of_centre(centre)
    form = UnitForm(request.POST or None, rules=rules) if rules else None
    if request.method == "POST" and form is not None and rules and form.is_valid():
        return act(
            request,
            lambda: services.set_up_unit(
                actor=actor_of(request), centre=centre, rules=rules, **form.cleaned_data
            ),
            done=_("机构已登记。"),
            back=reverse("filing_office:units"),
        )
    known = {each.code: each for each in rules.org_units} if rules else {}
    in_force = selectors.units_in_force(centre)
    held = selectors.in_order(in_force, rules) if rules else list(in_force)
    context = {
        "units": [(unit, known.get(unit.code)) for unit in held],
        "missing": selectors.units_missing(centre, rules) if rules else [],
        "above": [each for each in known.values() if each.kind == "authority"],
        "former": centre.units.exclude(successor=None).select_related("successor"),
        "successor_rule": rules.filing_rule("successor") if rules else None,
        "cooperation": rules.filing_rule("cooperation") if rules else None,
        "form": form,
        "member_form": MemberForm(),
    }
    return render_office(request, "office/filing/units.html", context)


@office_view(Act.CENTRE_MANAGE)
@post_required
def unit_succeed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """ORG-05: a renamed unit hands its duties and people to its successor."""
    unit = get_object_or_404(OrgUnit, pk=pk)
    return act(
        request,
        lambda: services.succeed_unit(
            actor=actor_of(request),
            unit=unit,
            name=request.POST.get("name", "")[:120],
            on=day_of(request.POST.get("on", "")),
            document=request.POST.get("document", "")[:160],
        ),
        done=_("已更名，职责和成员由新单位承继。"),
        back=reverse("filing_office:units"),
    )


@office_view(Act.CENTRE_MANAGE)
@post_required
def unit_join(request: HttpRequest, pk: UUID) -> HttpResponse:
    unit, form = get_object_or_404(OrgUnit, pk=pk), MemberForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择人员并填写岗位。"))
        return see(reverse("filing_office:units"))
    return act(
        request,
        lambda: services.join_unit(actor=actor_of(request), unit=unit, **form.cleaned_data),
        done=_("已加入。"),
        back=reverse("filing_office:units"),
    )


@office_view(Act.CENTRE_MANAGE)
@post_required
def member_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(UnitMember.objects.select_related("unit"), pk=pk)
    return act(
        request,
        lambda: services.leave_unit(actor=actor_of(request), membership=found),
        done=_("已离开。"),
        back=reverse("filing_office:units"),
    )
