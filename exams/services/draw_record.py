"""The record of a draw, kept as drawn and published once the arrangement is confirmed."""

import json
import zlib
from typing import Any

from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.registry import Actor, RefusedError
from exams.models import DrawnPlan, Sitting
from exams.opening import opening_of, told
from exams.policies import require_act
from exams.rules import seating
from exams.services.seating_task import Task

FAST = 1


def keep_record(sitting: Sitting, task: Task, plan: seating.Plan) -> None:
    """Keep what a repetition needs, in place of an earlier draw's."""
    drawn = seating.to_record(
        task.shapes,
        task.candidates,
        plan,
        numbering=sitting.batch.rules.settings.seat_numbering.value,
        mixing=task.mixing,
        reserve=task.reserve,
    )
    text = json.dumps(drawn, separators=(",", ":")).encode()
    DrawnPlan.objects.filter(sitting=sitting).delete()
    DrawnPlan.objects.create(sitting=sitting, content=zlib.compress(text, FAST))


def publish_record(*, actor: Actor, sitting: Sitting) -> dict[str, Any]:
    """The record with its key, for anybody to repeat; numbers of applications, no names.

    Refuses before the arrangement is confirmed and before its hour: with the key and the list
    anybody can work out every seat.
    """
    require_act(actor, Act.EXAM_VIEW, _("查看抽签记录"))
    drawn = DrawnPlan.objects.filter(sitting=sitting).first()
    if drawn is None or sitting.confirmed_at is None:
        raise RefusedError(_("排座还没有确认，抽签密钥尚未公开。"))
    opening = opening_of(sitting.batch)
    if not opening.is_open(sitting):
        raise RefusedError(
            _("编排还没有公开，抽签密钥随它一并公开。"),
            opening.citations,
            told(opening.at(sitting)),
        )
    record(actor=actor, verb="exams.draw_publish", subject=sitting.subject, payload={})
    return record_of(sitting, drawn)


def record_of(sitting: Sitting, drawn: DrawnPlan) -> dict[str, Any]:
    """The record as anybody may have it once the arrangement is open."""
    return {
        "sitting": sitting.slug,
        "commitment": sitting.draw_commitment,
        "key": sitting.draw_key,
        "candidates_digest": sitting.candidates_digest,
        **json.loads(zlib.decompress(bytes(drawn.content))),
    }
