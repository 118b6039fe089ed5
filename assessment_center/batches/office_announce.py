"""Pages of the announcements of a batch: draft, preview, publish, change."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches import policies, services
from assessment_center.batches.enums import AnnouncementStatus, BatchStatus
from assessment_center.batches.forms import AnnouncementForm, ChangeForm
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.rules.changing import CHANGEABLE
from assessment_center.batches.selectors import batch_by_code, change_waiting
from assessment_center.batches.telling import changed_words
from assessment_center.office import act, actor_of, office_view, post_required, render_office

DRAFTED = ("title", "body", "reason", "consent_number")


@office_view(Act.BATCH_VIEW)
def announcements(request: HttpRequest, code: str) -> HttpResponse:
    """All announcements of the batch; the draft in a form, the published as they stand."""
    batch = batch_by_code(code)
    rows = list(batch.announcements.order_by("number"))
    draft = next((row for row in rows if row.status == AnnouncementStatus.DRAFT), None)
    initial = {name: getattr(draft, name) for name in DRAFTED} if draft else None
    form = AnnouncementForm(request.POST or None, initial=initial)
    if draft is not None and draft.number == 1:
        del form.fields["reason"], form.fields["consent_number"]
    if request.method == "POST" and draft is not None and form.is_valid():
        return act(
            request,
            lambda: services.edit_announcement(
                actor=actor_of(request), announcement=draft, **form.cleaned_data
            ),
            done=_("草稿已保存。"),
            back=_here(code),
        )
    context = {
        "batch": batch,
        "published": [row for row in rows if row.status == AnnouncementStatus.PUBLISHED],
        "draft": draft,
        "changed": changed_words(batch, draft.changes) if draft else [],
        "form": form,
        "faults": list(policies.publishing_faults(draft, timezone.localdate())) if draft else [],
        "change": batch.rules.settings.announcement_change,
        "asked": change_waiting(batch),
    }
    return render_office(request, "office/plan/announcement.html", context)


def _here(code: str) -> str:
    return reverse("batches_process:announcements", args=[code])


@office_view(Act.BATCH_PLAN)
@post_required
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Compose the next announcement from the batch."""
    batch = batch_by_code(code)
    return act(
        request,
        lambda: services.draft_announcement(actor=actor_of(request), batch=batch),
        done=_("公告草稿已生成，请核对。"),
        back=_here(code),
    )


@office_view(Act.BATCH_PLAN)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """What a change of the announcement changes; its text is composed of that."""
    batch = batch_by_code(code)
    open_still = batch.status in (BatchStatus.DRAFT, BatchStatus.ANNOUNCED)
    form = ChangeForm(request.POST or None, initial=_standing(batch), open_still=open_still)
    if request.method == "POST" and form.is_valid():
        return act(
            request,
            lambda: services.draft_announcement(
                actor=actor_of(request),
                batch=batch,
                reason=form.cleaned_data["reason"],
                consent_number=form.cleaned_data["consent_number"],
                changes=form.changes(),
            ),
            done=_("变更公告的草稿已生成，请核对。"),
            back=_here(code),
            otherwise=reverse("batches_process:change", args=[code]),
        )
    rule = batch.rules.settings.announcement_change
    context = {"batch": batch, "form": form, "change": rule}
    return render_office(request, "office/plan/change.html", context)


def _standing(batch: AssessmentBatch) -> dict[str, object]:
    found = {name: getattr(batch, name) for name in CHANGEABLE}
    return found | {"registration_closes": timezone.localtime(batch.registration_closes)}


@office_view(Act.BATCH_PLAN)
@post_required
def discard(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(Announcement.objects.select_related("batch"), pk=key)
    return act(
        request,
        lambda: services.discard_announcement(actor=actor_of(request), announcement=found),
        done=_("草稿已撤销。"),
        back=_here(found.batch.code),
    )


@office_view(Act.ANNOUNCE)
@post_required
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    announcement = get_object_or_404(Announcement.objects.select_related("batch"), pk=key)
    return act(
        request,
        lambda: services.publish_announcement(
            actor=actor_of(request),
            announcement=announcement,
            document_number=request.POST.get("document_number", "")[:60],
        ),
        done=_("公告已发布。"),
        back=_here(announcement.batch.code),
    )
