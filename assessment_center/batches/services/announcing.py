"""Drafting, publishing and supplementing announcements (PLAN-03 to PLAN-05)."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.permission import require_act
from assessment_center.audit.services import record
from assessment_center.batches.enums import AnnouncementStatus, BatchStatus
from assessment_center.batches.lifecycle import ANNOUNCEMENT, BATCH
from assessment_center.batches.models import Announcement, AssessmentBatch
from assessment_center.batches.rules.announcement import compose
from assessment_center.batches.selectors import announcement_facts
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance


@transaction.atomic
def draft_announcement(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    title: str = "",
    body: str = "",
    reason: str = "",
    consent_number: str = "",
) -> Announcement:
    """Draft the next announcement; an empty body is composed from the batch.

    The first one opens the batch to the public, a later one supplements or changes it: what a
    change needs is the rulebook's `announcement_change` and is checked when it is published.
    """
    require_act(actor, Act.BATCH_PLAN, _("起草公告"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if locked.status in (BatchStatus.CANCELLED, BatchStatus.ARCHIVED):
        raise RefusedError(_("批次已结束，不能再发公告。"))
    waiting = locked.announcements.filter(status=AnnouncementStatus.DRAFT).first()
    if waiting is not None:
        raise RefusedError(
            _("第 %(number)s 号公告还是草稿。") % {"number": waiting.number},
            remedy=_("请先发布或修改它。"),
        )
    last = locked.announcements.aggregate(last=Max("number"))["last"] or 0
    announcement = Announcement(
        batch=locked,
        number=last + 1,
        title=title.strip() or _default_title(locked, first=last == 0),
        body=body.strip() or compose(announcement_facts(locked)),
        reason=reason.strip(),
        consent_number=consent_number.strip(),
    )
    announcement.full_clean()
    announcement.save()
    payload = {"number": announcement.number, "title": announcement.title}
    record(actor=actor, verb="announcement.draft", subject=announcement.subject, payload=payload)
    return announcement


def _default_title(batch: AssessmentBatch, *, first: bool) -> str:
    words = _("关于开展%(name)s的公告") if first else _("关于变更%(name)s安排的公告")
    return words % {"name": batch.name}


@transaction.atomic
def edit_announcement(
    *,
    actor: Actor,
    announcement: Announcement,
    title: str,
    body: str,
    reason: str = "",
    consent_number: str = "",
) -> Announcement:
    """Change a draft; a published announcement stays as it is."""
    require_act(actor, Act.BATCH_PLAN, _("起草公告"))
    locked = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    if locked.status != AnnouncementStatus.DRAFT:
        raise RefusedError(_("公告已发布，不能修改。"), remedy=_("请另发变更公告。"))
    locked.title, locked.body = title.strip(), body.strip()
    locked.reason, locked.consent_number = reason.strip(), consent_number.strip()
    locked.full_clean()
    locked.save()
    record(actor=actor, verb="announcement.edit", subject=locked.subject)
    return locked


@transaction.atomic
def publish_announcement(
    *,
    actor: Actor,
    announcement: Announcement,
    document_number: str = "",
    at: datetime | None = None,
) -> Announcement:
    """Publish for good: the database refuses any later change.

    Refuses an incomplete text, a project outside the filed scope, a lead time too short, a
    change without what the rulebook asks for. The first one opens the batch's registration.
    """
    locked = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    moment = at or timezone.now()
    if locked.status == AnnouncementStatus.DRAFT:
        locked.published_at = moment
    published = advance(
        machine=ANNOUNCEMENT,
        subject=locked,
        move="publish",
        actor=actor,
        updates={
            "published_at": moment,
            "published_by_id": actor.user_id,
            "document_number": document_number.strip(),
        },
        payload={"number": locked.number},
    )
    if published.batch.status == BatchStatus.DRAFT:
        advance(machine=BATCH, subject=published.batch, move="announce", actor=actor)
    return published
