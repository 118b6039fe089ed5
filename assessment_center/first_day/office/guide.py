"""The checklist of the first days, the choice of a rulebook, and the very first account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from assessment_center.accounts.addresses import address_of
from assessment_center.accounts.enums import Act
from assessment_center.accounts.sign_in import enter
from assessment_center.first_day import services
from assessment_center.first_day.forms import BeginForm, RulebookForm
from assessment_center.first_day.selectors import checklist, chosen_rules, filed_rules
from assessment_center.first_day.services.opening import is_empty
from assessment_center.office import (
    UNPROCESSABLE,
    act,
    actor_of,
    office_view,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.selectors import current_versions, rules_of


@office_view(Act.CENTRE_VIEW, methods=("GET", "HEAD"))
def guide(request: HttpRequest) -> HttpResponse:
    """Every step in its order: how it stands, what is missing, where it is done."""
    found = checklist()
    following = {"list": found, "rules": chosen_rules(), "next": found.next_for(actor_of(request))}
    return render_office(request, "office/first_day/guide.html", following)


@office_view(Act.CENTRE_MANAGE)
def rulebook(request: HttpRequest) -> HttpResponse:
    """Choose under which rulebook the centre is filed."""
    versions = current_versions()
    present = chosen_rules()
    initial = {"code": present.identity.code if present else ""}
    form = RulebookForm(request.POST or None, versions=versions, initial=initial)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.choose_rulebook(actor=actor_of(request), **form.cleaned_data),
            done=_("规程已选定，接着登记认定中心和备案。"),
            back=reverse("first_day:guide"),
            otherwise=request.path,
        )
    context = {
        "form": form,
        "books": [(version, rules_of(version).identity) for version in versions],
        "present": initial["code"],
        "filed": filed_rules(),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render_office(request, "office/first_day/rulebook.html", context, status=status)


@never_cache
@sensitive_post_parameters("code", "password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The first account; the page is there only while nobody is registered."""
    if not is_empty():
        raise Http404
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key != "again"}
        try:
            user = services.begin(**given, address=address_of(request))
        except RefusedError as refused:
            form.add_error(None, refusal_text(refused))
        else:
            enter(request, user, factor=False)
            messages.success(request, _("账号已开通。您现在兼任主任和系统管理员。"))
            return see(reverse("first_day:guide"))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "registration/first_run.html", {"form": form}, status=status)
