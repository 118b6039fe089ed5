"""Drafting, publishing and supplementing announcements (PLAN-03 to PLAN-05)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
from assessment_center.batches.rules.changing import compose_change, differing
from assessment_center.batches.selectors import is_asked
from assessment_center.batches.telling import (
    announced_values,
    announcement_facts,
    changed_words,
    value_of,
)
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
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
    changes: Mapping[str, str] | None = None,
) -> Announcement:
    """Draft the next announcement; an empty body is composed from the batch.

    The first one opens the batch to the public, a later one supplements or changes it: what a
    change needs is the rulebook's `announcement_change` and is checked when it is published.
    `changes` are new values of `rules.changing.CHANGEABLE` in ISO form, for a later one only.
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
    kept = _changes(locked, changes or {}, first=last == 0)
    announcement = Announcement(
        batch=locked,
        number=last + 1,
        title=title.strip() or _default_title(locked, first=last == 0),
        body=body.strip() or _text(locked, kept, reason),
        reason=reason.strip(),
        consent_number=consent_number.strip(),
        changes=kept,
    )
    announcement.full_clean()
    announcement.save()
    payload = {"number": announcement.number, "title": announcement.title, "changes": kept}
    record(actor=actor, verb="announcement.draft", subject=announcement.subject, payload=payload)
    return announcement


def _changes(batch: AssessmentBatch, wanted: Mapping[str, str], *, first: bool) -> dict[str, str]:
    """What really differs from what stands, each value one the batch can take."""
    try:
        given = {field: value_of(field, text.strip()) for field, text in wanted.items() if text}
    except ValueError as fault:
        raise RefusedError(_("变更的日期或时间写得不对。")) from fault
    plain = {
        field: value if isinstance(value, str) else value.isoformat()
        for field, value in given.items()
    }
    if "registration_closes" in plain:
        moment = timezone.localtime(given["registration_closes"])
        plain["registration_closes"] = moment.isoformat(timespec="minutes")
    found = differing(announced_values(batch), plain)
    if found and first:
        raise RefusedError(_("第一份公告之前，请直接修改批次。"))
    closed = batch.status not in (BatchStatus.DRAFT, BatchStatus.ANNOUNCED)
    if "registration_closes" in found and closed:
        raise RefusedError(_("报名已经截止，不能再改报名时间。"))
    if batch.status == BatchStatus.COMPLETED and found:
        raise RefusedError(_("批次已经完成，不能再改时间和地点。"))
    return found


@in_chinese
def _text(batch: AssessmentBatch, changes: dict[str, str], reason: str) -> str:
    if not changes:
        return compose(announcement_facts(batch))
    first = batch.announcements.filter(number=1).first()
    title = first.title if first else batch.name
    return compose_change(title, changed_words(batch, changes), reason.strip())


@in_chinese
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
    change without what the rulebook asks for. The first one opens the batch's registration; the
    changes of a later one take effect with it (PLAN-05, RPT-05).
    """
    AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=announcement.batch_id)
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
    if published.changes:
        _apply(actor, published)
    if published.batch.status == BatchStatus.DRAFT:
        advance(machine=BATCH, subject=published.batch, move="announce", actor=actor)
    return published


def _apply(actor: Actor, announcement: Announcement) -> None:
    """The batch has from now on what the change announced."""
    batch = announcement.batch
    before = announced_values(batch)
    for field, kept in announcement.changes.items():
        setattr(batch, field, value_of(field, kept))
    batch.full_clean(exclude=["centre", "plan", "rulebook_version"])
    batch.save(update_fields=[*announcement.changes])
    payload: dict[str, Any] = {
        "announcement": announcement.number,
        "before": {field: before[field] for field in announcement.changes},
        "after": announcement.changes,
        "consent": announcement.consent_number,
    }
    record(actor=actor, verb="batch.change", subject=batch.subject, payload=payload)


@transaction.atomic
def discard_announcement(*, actor: Actor, announcement: Announcement) -> None:
    """Throw a draft away; what is published stays."""
    require_act(actor, Act.BATCH_PLAN, _("起草公告"))
    locked = Announcement.objects.select_for_update(of=("self",)).get(pk=announcement.pk)
    if locked.status != AnnouncementStatus.DRAFT:
        raise RefusedError(_("公告已发布，不能撤销。"), remedy=_("请另发变更公告。"))
    _refuse_while_asked(locked)
    payload = {"number": locked.number, "title": locked.title}
    record(actor=actor, verb="announcement.discard", subject=locked.subject, payload=payload)
    locked.delete()


def _refuse_while_asked(draft: Announcement) -> None:
    """The authority's answer will be for this draft: it stays until the answer is in."""
    if is_asked(draft):
        rule = draft.batch.rules.settings.announcement_change
        raise RefusedError(
            _("变更申请已经报送，正在等批复，草稿不能撤销。"),
            rule.citations if rule else (),
            _("请先在“上报与批复”页登记批复结果。"),
        )
