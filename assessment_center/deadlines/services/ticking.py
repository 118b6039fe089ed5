"""Ticking what the program keeps no record of, and taking a tick back."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.deadlines.models import Deadline
from assessment_center.deadlines.services.syncing import noon
from assessment_center.registry import Actor, RefusedError


@transaction.atomic
def tick(
    *, actor: Actor, deadline: Deadline, note: str = "", done_on: date | None = None
) -> Deadline:
    """Keep that it was done, on which day, by whom and with what proof.

    Without `done_on` it was done now. Refuses a day to come, who does not answer for it, and what
    the program itself knows to be done or not.
    """
    locked = _locked(actor, deadline)
    if locked.done_at is not None:
        raise RefusedError(_("这一事项已经登记办结。"))
    today = timezone.localdate()
    if done_on is not None and done_on > today:
        raise RefusedError(_("办结日期 %(day)s 还没有到。") % {"day": done_on})
    past = done_on is not None and done_on < today
    locked.done_at = noon(done_on) if done_on and past else timezone.now()
    locked.done_by_id = actor.user_id
    locked.done_note = note.strip()
    return _saved(actor, locked, "deadline.tick")


@transaction.atomic
def take_back(*, actor: Actor, deadline: Deadline) -> Deadline:
    """Take back a tick set by mistake."""
    locked = _locked(actor, deadline)
    if locked.done_at is None:
        raise RefusedError(_("这一事项还没有登记办结。"))
    locked.done_at, locked.done_by, locked.done_note = None, None, ""
    return _saved(actor, locked, "deadline.untick")


def answers_for(actor: Actor, deadline: Deadline) -> bool:
    """Whether this actor may tick it."""
    default = Act.BATCH_PLAN if deadline.batch_id else Act.CENTRE_MANAGE
    return actor.may(deadline.responsible or default)


def _locked(actor: Actor, deadline: Deadline) -> Deadline:
    locked = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    if not answers_for(actor, locked):
        raise RefusedError(_("这一事项不由您的角色办理。"))
    if not locked.by_hand:
        raise RefusedError(
            _("这一事项由系统按记录判断，不能人工登记。"), remedy=_("请在相应的页面办理。")
        )
    return locked


def _saved(actor: Actor, row: Deadline, verb: str) -> Deadline:
    row.sequence += 1
    row.changed_at = timezone.now()
    row.full_clean()
    row.save()
    facts = {"label": row.label, "note": row.done_note}
    if row.done_at:
        facts["done_on"] = timezone.localdate(row.done_at).isoformat()
    if row.due:
        facts["due"] = row.due.isoformat()
    if row.batch_id:
        facts["batch"] = str(row.batch_id)
    record(actor=actor, verb=verb, subject=row.subject, payload=facts)
    return row
