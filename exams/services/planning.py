"""The timetable proposed by the program, looked at, and accepted as it was seen (SEAT-06, -07)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.enums import Subject
from assessment_center.catalog.labels import SUBJECT_LABELS
from assessment_center.registry import Actor, RefusedError
from exams.models import Room, Sitting
from exams.policies import require_act, require_open
from exams.rules import planning
from exams.rules.planning import Block, Plan, Shortage
from exams.services.planning_task import Setting, Wanted, Wishes, setting_of
from exams.services.sittings import Slot, plan_sittings


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of a task at one time on one site: a sitting to be."""

    wanted: Wanted
    blocks: tuple[Block, ...]
    starts_at: datetime
    ends_at: datetime
    rooms: tuple[Room, ...]

    @property
    def subject_label(self) -> str:
        return str(SUBJECT_LABELS[self.wanted.subject])

    @property
    def people(self) -> int:
        return sum(len(block.sitters) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A timetable as it would be; `digest` is what is agreed to by accepting it."""

    setting: Setting
    plan: Plan
    groups: tuple[Group, ...]
    shortages: tuple[Shortage, ...]
    digest: str

    @property
    def finish(self) -> datetime | None:
        """When the last group is over."""
        return self.setting.frame.moment(self.plan.finish) if self.plan.blocks else None


def propose_timetable(*, batch: AssessmentBatch, wishes: Wishes) -> Proposal:
    """The best timetable for everybody who is not planned yet; nothing is written.

    The same candidates, rooms and wishes give the same proposal.
    """
    setting = setting_of(batch, wishes)
    plan = planning.solve(setting.problem)
    groups = tuple(_groups(setting, plan.blocks))
    shortages = tuple(planning.explain(setting.problem, plan))
    return Proposal(setting, plan, groups, shortages, _digest(plan))


def _digest(plan: Plan) -> str:
    rows = [
        [block.task, block.place, block.start, block.end, [each.id for each in block.sitters]]
        for block in plan.blocks
    ]
    text = json.dumps([planning.ALGORITHM, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _groups(setting: Setting, blocks: Sequence[Block]) -> Iterator[Group]:
    """In the order of the clock; turns before a panel stay by themselves."""
    found: dict[tuple[int, int, str, str, str], list[Block]] = {}
    for block in blocks:
        alone = block.place if setting.wanted[block.task].task.by_turn else ""
        site = setting.problem.places[block.place].site
        written = setting.wanted[block.task].task.together
        key = (block.start, block.end, block.task, "" if written else site, alone)
        found.setdefault(key, []).append(block)
    for (start, end, task, _site, _alone), own in found.items():
        yield Group(
            setting.wanted[task],
            tuple(own),
            setting.frame.moment(start),
            setting.frame.moment(end),
            tuple(setting.rooms[block.place] for block in own),
        )


@transaction.atomic
def accept_timetable(
    *, actor: Actor, batch: AssessmentBatch, wishes: Wishes, digest: str
) -> list[Sitting]:
    """Enter the proposal as sittings with their lists of names.

    Refuses when meanwhile candidates, rooms or other sittings changed so that the timetable is
    not the one that was looked at, and what `plan_sittings` refuses.
    """
    require_act(actor, Act.EXAM_ARRANGE, _("安排场次"))
    locked = AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    require_open(locked)
    proposal = propose_timetable(batch=locked, wishes=wishes)
    if not proposal.groups:
        raise RefusedError(_("没有可以编入的场次。"), remedy=_("请看没有编入的原因。"))
    if proposal.digest != digest:
        raise RefusedError(
            _("名单、考场或其他场次有了变化，时间表与刚才看到的不同。"),
            remedy=_("请重新生成时间表，核对后再采用。"),
        )
    made = plan_sittings(actor=actor, batch=locked, slots=list(_slots(proposal.groups)))
    payload = {
        "batch": locked.code,
        "algorithm": planning.ALGORITHM,
        "sha256": proposal.digest,
        "sittings": [each.number for each in made],
        "left": proposal.plan.unplaced,
    }
    record(actor=actor, verb="exams.timetable_accept", subject=locked.subject, payload=payload)
    return made


def _slots(groups: Iterable[Group]) -> Iterator[Slot]:
    for group in groups:
        wanted = group.wanted
        turns = wanted.task.minutes if wanted.subject == Subject.REVIEW else None
        yield Slot(
            wanted.subject,
            group.starts_at,
            group.ends_at,
            group.rooms,
            wanted.offerings,
            allotted=tuple(each.id for block in group.blocks for each in block.sitters),
            turn_minutes=turns,
        )
