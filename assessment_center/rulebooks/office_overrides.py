"""The office's own values: what was changed, why, by whom; entering one and taking it back."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import (
    act,
    actor_of,
    office_view,
    post_required,
    refusal_text,
    render_office,
    see,
)
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.comparing import setting_cell
from assessment_center.rulebooks.models import RulebookVersion, RuleOverride
from assessment_center.rulebooks.office import frame, version_or_404
from assessment_center.rulebooks.override_forms import ChooseForm, OverrideForm
from assessment_center.rulebooks.override_history import override_lines
from assessment_center.rulebooks.rules.summaries import summary
from assessment_center.rulebooks.selectors import plain_rules, rules_of
from assessment_center.rulebooks.services import override_setting, withdraw_override


@office_view(Act.RULES_VIEW)
def overrides(request: HttpRequest, code: str) -> HttpResponse:
    version = version_or_404(request, code)
    older = RuleOverride.objects.filter(rulebook_version__code=code)
    context = frame(version, "overrides") | {
        "lines": override_lines(version),
        "elsewhere": older.exclude(rulebook_version=version).count(),
    }
    return render_office(request, "office/rulebooks/overrides.html", context)


@office_view(Act.RULES_OVERRIDE)
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """First which setting, then its value; what is wrong stays beside the entry."""
    version = version_or_404(request, code)
    key = request.POST.get("key") or request.GET.get("key", "")
    choose = ChooseForm({"key": key}) if key else ChooseForm()
    context: dict[str, Any] = frame(version, "overrides") | {"choose": choose}
    if not key:
        return render_office(request, "office/rulebooks/override.html", context)
    if not choose.is_valid():
        choose.errors.clear()
        choose.add_error("key", _("规程中没有这项设置，请从列表中选择。"))
        return render_office(request, "office/rulebooks/override.html", context, status=422)
    rules = rules_of(version)
    form = OverrideForm(key, rules, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _entered(request, version, key, form):
        return see(reverse("rulebooks_office:overrides", args=[code]))
    context |= {
        "form": form,
        "key": key,
        "about": summary(key),
        "now": setting_cell(rules, key),
        "text": setting_cell(plain_rules(version), key),
    }
    status = 422 if request.method == "POST" else 200
    return render_office(request, "office/rulebooks/override.html", context, status=status)


def _entered(request: HttpRequest, version: RulebookVersion, key: str, form: OverrideForm) -> bool:
    try:
        with transaction.atomic():
            override_setting(
                actor=actor_of(request),
                version=version,
                key=key,
                value=form.value(),
                reason=form.cleaned_data["reason"],
                article=form.cleaned_data["article"],
            )
    except RefusedError as refused:
        form.add_error(None, forms.ValidationError(refusal_text(refused)))
        return False
    except ValidationError as faults:
        form.add_error(None, faults)
        return False
    return True


@post_required
@office_view(Act.RULES_OVERRIDE)
def withdraw(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    found = get_object_or_404(RuleOverride, pk=pk, rulebook_version__code=code)
    reason = request.POST.get("reason", "")[:1000]
    return act(
        request,
        lambda: withdraw_override(actor=actor_of(request), override=found, reason=reason),
        done=_("已撤销，今后按规程原文。已开的批次不受影响。"),
        back=reverse("rulebooks_office:overrides", args=[code]),
    )
