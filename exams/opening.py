"""Whether rooms and seats of a batch may be known now, to candidates and to the staff.

Where the rulebook keeps the arrangement secret until the examination (SEC-02, SEAT-09), nobody
can open it earlier; otherwise the office's hour counts, or the giving out of the tickets.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance import matrix
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.rulebooks import Rulebook
from exams.enums import SittingStatus
from exams.models import AdmissionTicket, ArrangementHour, Sitting
from exams.rules import secrecy
from exams.rules.timetable import timetable

KEPT_BY = "SEC-02"
# Who arranges, and who answers for the batch: they have to know it before anybody else.
FORESEEING = frozenset({Act.EXAM_ARRANGE, Act.PLAN_APPROVE})
BEGUN = frozenset({SittingStatus.RUNNING, SittingStatus.RECORDED})


@dataclass(frozen=True, slots=True)
class Opening:
    """What decides the hour of a batch: the office's word, the tickets, and the rulebook."""

    rules: Rulebook
    chosen: datetime | None
    issued: datetime | None
    citations: tuple[Citation, ...]

    def earliest(self, sitting: Sitting) -> datetime | None:
        """The first moment the rulebook allows; None where it does not ask for secrecy."""
        if not self.citations:
            return None
        moments = timetable(
            self.rules.settings, sitting.subject_code, sitting.starts_at, sitting.ends_at
        )
        return secrecy.first_entry(moments, sitting.starts_at)

    def at(self, sitting: Sitting) -> datetime | None:
        """When room and seat of this sitting become known; None: not settled yet."""
        return secrecy.opens_at(
            sitting.starts_at,
            chosen=self.chosen,
            issued=self.issued,
            earliest=self.earliest(sitting),
        )

    def is_open(self, sitting: Sitting, now: datetime | None = None) -> bool:
        """Whether everybody may know; from the start on it is no secret."""
        moment = now or timezone.now()
        opens = self.at(sitting) or sitting.starts_at
        return sitting.status in BEGUN or opens <= moment


def opening_of(batch: AssessmentBatch) -> Opening:
    """What decides the hour of this batch, in two queries."""
    last = hours_of(batch)[-1:]
    given = AdmissionTicket.objects.filter(application__batch=batch)
    return Opening(
        batch.rules,
        last[0].opens_at if last else None,
        given.aggregate(at=Min("issued_at"))["at"],
        matrix.row(KEPT_BY).cited(batch.rules),
    )


def hours_of(batch: AssessmentBatch) -> list[ArrangementHour]:
    """Every decision on the hour, in the order they replaced one another."""
    found = {each.previous_id: each for each in ArrangementHour.objects.filter(batch=batch)}
    chain: list[ArrangementHour] = []
    following = found.get(None)
    while following is not None:
        chain.append(following)
        following = found.get(following.pk)
    return chain


def foresees(actor: Actor) -> bool:
    """Whether this person's work needs the arrangement before its hour."""
    return any(actor.may(act) for act in FORESEEING)


def require_known(actor: Actor, sitting: Sitting, opening: Opening | None = None) -> None:
    """Refuse rooms, seats and posts of a sitting to who need not know them before the hour."""
    known = opening or opening_of(sitting.batch)
    if foresees(actor) or known.is_open(sitting):
        return
    raise RefusedError(
        _("%(sitting)s的编排还没有公开。") % {"sitting": sitting},
        known.citations,
        told(known.at(sitting)) or _("发放准考证后公开。"),
    )


def require_batch_known(actor: Actor, batch: AssessmentBatch) -> None:
    """Likewise for papers that show every sitting of a batch."""
    if foresees(actor):
        return
    opening = opening_of(batch)
    for sitting in _sittings(batch):
        require_known(actor, sitting, opening)


def is_batch_open(batch: AssessmentBatch) -> bool:
    """Whether every sitting of the batch may be known by everybody."""
    opening = opening_of(batch)
    return all(opening.is_open(sitting) for sitting in _sittings(batch))


def _sittings(batch: AssessmentBatch) -> list[Sitting]:
    found = list(batch.sittings.order_by("starts_at"))
    for sitting in found:
        sitting.batch = batch
    return found


def told(opens: datetime | None) -> str:
    """The hour in words for who has to wait; empty while none is settled."""
    if opens is None:
        return ""
    return _("考场和座位于 %(at)s 公开。") % {"at": f"{timezone.localtime(opens):%Y-%m-%d %H:%M}"}
