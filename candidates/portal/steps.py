"""The pages of an application: facts, photo, evidence, undertaking, and all of it at the end."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from assessment_center.office import UNPROCESSABLE, refusal_text, see
from assessment_center.registry import Refused, RefusedError
from candidates import policies, selectors
from candidates.correction import part_open
from candidates.enums import IN_HAND
from candidates.enums import ApplicationStatus as S
from candidates.facts_form import FactsForm
from candidates.labels import EVIDENCE_LABELS
from candidates.models import Application, Evidence
from candidates.peoples import PEOPLES
from candidates.portal import kept_text
from candidates.portal.access import actor_of, attempt, candidate_view, own_or_404
from candidates.portal.step_forms import EvidenceForm, PhotoForm
from candidates.portal.tasks import STEPS
from candidates.portraits import photo_rule
from candidates.services import registration
from candidates.signature import facts_digest
from candidates.verdicts import fitting_condition, judged

USUAL_HEAD = 0.62  # of the frame's height, where the rulebook does not say


def open_or_away(request: HttpRequest, pk: UUID, part: str) -> Application | HttpResponse:
    """The application while this part may be changed; else the way to where it stands."""
    row = own_or_404(request, pk)
    if row.status not in {S.DRAFT, S.RETURNED}:
        if row.status in IN_HAND:
            messages.info(request, _("申报已提交，不能再修改；需要改动的，请联系中心退回。"))
        return redirect("portal:application", pk=row.pk)
    outcome = part_open(row, part)
    if isinstance(outcome, Refused):
        messages.warning(request, f"{outcome.reason}{outcome.remedy}")
        return redirect("portal:application", pk=row.pk)
    return row


def next_page(application: Application, key: str) -> str:
    """The page after this one; the last leads to the list."""
    at = STEPS.index(key) + 1
    if application.status == S.RETURNED or at >= len(STEPS):
        return reverse("portal:application", args=[application.pk])
    return reverse(f"portal:{STEPS[at]}", args=[application.pk])


def tried(
    request: HttpRequest,
    form: forms.Form,
    field: str | None,
    do: Callable[[], object],
    *,
    done: str,
) -> bool:
    """Do one act of a valid form; what is refused stands beside the field, and nothing is lost."""
    try:
        with transaction.atomic():
            do()
    except RefusedError as refused:
        form.add_error(field, refusal_text(refused))
    except ValidationError as faults:
        form.add_error(field, faults.messages)
    else:
        messages.success(request, done)
        return True
    return False


def page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if context["form"].errors else 200
    return render(request, f"portal/{name}.html", context, status=status)


@candidate_view
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = open_or_away(request, pk, "facts")
    if isinstance(row, HttpResponse):
        return row
    form = _facts_form(request, row)

    def save() -> object:
        columns, declared = form.columns(), form.declaration()
        actor = actor_of(request)
        return registration.save_facts(
            actor=actor, application=row, declaration=declared, **columns
        )

    valid = request.method == "POST" and form.is_valid() and not _told_elsewhere(request, form)
    if valid and tried(request, form, None, save, done=_("已保存。")):
        if form.overlaps():
            messages.info(request, _("几段工作经历有重叠，重叠的时间只算一次。"))
        return see(next_page(row, "facts"))
    student = selectors.student_of(row.person)
    context = {
        "application": row,
        "form": form,
        "student": student,
        "related": selectors.related_names(row.offering),
        "peoples": PEOPLES,
        "seen": facts_digest(row),
    }
    return page(request, "facts", context)


def _facts_form(request: HttpRequest, row: Application) -> FactsForm:
    """The page as posted, as typed before the session ended, or as it stands."""
    if request.method == "POST":
        return FactsForm(request.POST, application=row)
    unsaved = kept_text.taken(request)
    if unsaved is not None:
        messages.warning(request, _("下面是登录过期前填的内容，还没有保存，请核对后保存。"))
        return FactsForm(unsaved, application=row)
    return FactsForm(application=row, suggested=fitting_condition(row))


def _told_elsewhere(request: HttpRequest, form: FactsForm) -> bool:
    """Whether another window has saved something else since this page was opened.

    It is told once; who then saves again has seen both.
    """
    row, seen = form.application, request.POST.get("seen")
    if not seen or seen == facts_digest(row):
        return False
    columns, declared = form.columns(), form.declaration().as_json()
    if declared == row.declaration and all(getattr(row, n) == v for n, v in columns.items()):
        return False  # the same page twice
    told = _("这一页刚在另一个窗口改过。下面是您在本窗口填的内容，核对后再保存一次，以此为准。")
    form.add_error(None, told)
    return True


@candidate_view
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = open_or_away(request, pk, "photo")
    if isinstance(row, HttpResponse):
        return row
    form = PhotoForm(request.POST or None, request.FILES or None)

    def keep() -> object:
        content = form.cleaned_data["photo"].read()
        return registration.set_photo(actor=actor_of(request), application=row, content=content)

    valid = request.method == "POST" and form.is_valid()
    if valid and tried(request, form, "photo", keep, done=_("照片已保存。")):
        return see(request.path)
    rule = photo_rule(row.batch.rules)
    context = {
        "application": row,
        "form": form,
        "next": next_page(row, "photo"),
        "rule": rule,
        "ratio": f"{rule.size[0] / rule.size[1]:.4f}",
        "head": f"{rule.wanted.head or USUAL_HEAD:.2f}",
    }
    return page(request, "photo", context)


@candidate_view
def evidence(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = open_or_away(request, pk, "evidence")
    if isinstance(row, HttpResponse):
        return row
    lacking = judged(row).here.kinds
    first = {"kind": lacking[0]} if lacking else None
    form = EvidenceForm(request.POST or None, request.FILES or None, initial=first)

    def keep() -> object:
        given = form.cleaned_data
        return registration.add_evidence(
            actor=actor_of(request),
            application=row,
            kind=given["kind"],
            title=given["title"],
            content=given["file"].read(),
        )

    valid = request.method == "POST" and form.is_valid()
    if valid and tried(request, form, "file", keep, done=_("材料已保存。")):
        return see(request.path)
    context = {
        "application": row,
        "form": form,
        "pieces": row.evidence.all(),
        "needed": policies.needed_papers(row),
        "lacking": [EVIDENCE_LABELS[kind] for kind in lacking],
        "condition": policies.chosen_condition(row),
        "next": next_page(row, "evidence"),
    }
    return page(request, "evidence", context)


@candidate_view
@require_POST
def remove_evidence(request: HttpRequest, pk: UUID, piece: UUID) -> HttpResponse:
    row = own_or_404(request, pk)
    found = Evidence.objects.select_related("application").filter(pk=piece).first()
    page = reverse("portal:evidence", args=[row.pk])
    if found is None:  # pressed twice, or a page from before
        return see(page)
    if found.application_id != row.pk:
        raise Http404
    return attempt(
        request,
        lambda: registration.remove_evidence(actor=actor_of(request), evidence=found),
        done=_("材料已删去。"),
        back=page,
        otherwise=page,
    )
