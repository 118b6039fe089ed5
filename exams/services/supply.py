"""Papers from the authority: asked for by room, received by two, stored; disposed of after use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from exams.enums import IncidentKind, PacketState, ParcelState
from exams.lifecycle import PARCEL
from exams.models import (
    Incident,
    Packet,
    PaperDisposal,
    PaperParcel,
    PaperRequisition,
    RequisitionLine,
)
from exams.policies import require_act
from exams.selectors import packets_of
from exams.services.custody import Hands, sign
from exams.services.violations import record_incident
from exams.supply import asked_of, bags_needed, receipt_opens, supply_citations

MAX_SPARE = 20


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the two who fetched a bag found; `reported_to` is told of a fault at once."""

    number: str
    count: int
    giver: str
    receiver: StaffMember
    second: StaffMember
    at: datetime | None = None
    seal_intact: bool = True
    note: str = ""
    reported_to: str = ""

    @property
    def moment(self) -> datetime:
        return self.at or timezone.now()


@transaction.atomic
def request_papers(
    *, actor: Actor, batch: AssessmentBatch, spare: int = 0, at: datetime | None = None
) -> PaperRequisition:
    """Ask the authority for the papers of every confirmed room, and `spare` copies of each.

    A later request takes the earlier one's place; once bags have arrived it stands.
    """
    require_act(actor, Act.CUSTODY, _("提出试卷需求"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not 0 <= spare <= MAX_SPARE:
        raise RefusedError(_("备用份数应在 0 至 %(most)s 之间。") % {"most": MAX_SPARE})
    bags = bags_needed(locked, spare)
    if not bags:
        raise RefusedError(
            _("没有需要主管部门供卷的考场。"),
            supply_citations(locked),
            _("请先排座并确认。"),
        )
    if PaperParcel.objects.filter(batch=locked).exclude(state=ParcelState.REFUSED).exists():
        raise RefusedError(_("试卷已经开始接收，需求不能再改。"))
    locked.paper_requisitions.filter(is_current=True).update(is_current=False)
    last = locked.paper_requisitions.aggregate(last=Max("number"))["last"] or 0
    made = PaperRequisition.objects.create(
        batch=locked,
        number=last + 1,
        spare=spare,
        asked_at=at or timezone.now(),
        asked_by_id=actor.user_id,
    )
    RequisitionLine.objects.bulk_create(
        RequisitionLine(requisition=made, **bag.facts) for bag in bags
    )
    payload = {"number": made.number, "bags": len(bags), "papers": sum(b.count for b in bags)}
    record(actor=actor, verb="exams.papers_request", subject=made.subject, payload=payload)
    return made


@transaction.atomic
def receive_parcel(*, actor: Actor, line: RequisitionLine, receipt: Receipt) -> PaperParcel:
    """Take over one sealed bag: two people compare number, count and seal (PAPER-07, PAPER-08).

    A sound bag goes into store at once. A broken seal or missing copies make an incident, and the
    bag is held apart until the head decides.
    """
    require_act(actor, Act.CUSTODY, _("接收试卷"))
    requisition = PaperRequisition.objects.select_for_update().get(pk=line.requisition_id)
    _refuse_receipt(requisition, line, receipt)
    sound = receipt.seal_intact and receipt.count >= line.count
    parcel = PaperParcel(
        batch_id=requisition.batch_id,
        line=line,
        number=receipt.number.strip(),
        asked=line.count,
        count=receipt.count,
        seal_intact=receipt.seal_intact,
        received_at=receipt.moment,
        giver=receipt.giver.strip(),
        receiver=receipt.receiver,
        second=receipt.second,
        note=receipt.note.strip(),
        state=ParcelState.STORED if sound else ParcelState.HELD,
        incident=None if sound else _incident(actor, line, receipt),
    )
    parcel.save()
    payload: dict[str, Any] = {
        "number": parcel.number, "count": parcel.count, "seal_intact": parcel.seal_intact,
    }  # fmt: skip
    record(actor=actor, verb="exams.parcel_receive", subject=parcel.subject, payload=payload)
    if sound:
        _store(parcel, parcel.received_at)
    return parcel


def _refuse_receipt(requisition: PaperRequisition, line: RequisitionLine, receipt: Receipt) -> None:
    batch = requisition.batch
    cited = supply_citations(batch)
    if not requisition.is_current:
        raise RefusedError(_("这份试卷需求已被新的需求代替。"))
    if not receipt.number.strip() or not receipt.giver.strip():
        raise RefusedError(_("请填写袋号和主管部门交卷人。"), cited)
    if receipt.receiver == receipt.second:
        raise RefusedError(_("接收试卷须有两人在场，不能是同一人。"), cited)
    if receipt.count < 1:
        raise RefusedError(_("请清点实收份数。"), cited)
    opens = receipt_opens(line.sitting_room.sitting)
    if opens and receipt.moment < opens.at:
        raise RefusedError(
            _("试卷最早于 %(when)s 领取。")
            % {"when": timezone.localtime(opens.at).strftime("%Y-%m-%d %H:%M")},
            opens.citations,
        )
    arrived = PaperParcel.objects.filter(batch=batch)
    if arrived.filter(number=receipt.number.strip()).exists():
        raise RefusedError(_("袋号 %(number)s 已经登记。") % {"number": receipt.number.strip()})
    if arrived.filter(line=line).exclude(state=ParcelState.REFUSED).exists():
        raise RefusedError(_("这一项试卷已经收到。"))
    if not (receipt.seal_intact and receipt.count >= line.count) and not receipt.note.strip():
        raise RefusedError(
            _("封签破损或份数不足，请写明检查情况。"), cited, _("写明后登记，系统记为突发事件。")
        )


def _incident(actor: Actor, line: RequisitionLine, receipt: Receipt) -> Incident:
    room = line.sitting_room
    broken = not receipt.seal_intact
    what = (
        _("封签破损") if broken else _("应收 %(asked)s 份，实收 %(count)s 份")
        % {"asked": line.count, "count": receipt.count}
    )  # fmt: skip
    return record_incident(
        actor=actor,
        sitting=room.sitting,
        room=room,
        kind=IncidentKind.PAPER_LEAK if broken else IncidentKind.PAPER_FAULT,
        text=_("接收试卷袋 %(number)s：%(what)s。%(note)s")
        % {"number": receipt.number, "what": what, "note": receipt.note},
        happened_at=receipt.moment,
        reported_at=receipt.moment,
        reported_to=receipt.reported_to.strip() or room.sitting.batch.centre.authority_name,
    )


def _store(parcel: PaperParcel, at: datetime) -> Packet:
    """The bag becomes the room's packet; the two who brought it sign for the strongroom."""
    packet = Packet.objects.create(
        sitting_room=parcel.line.sitting_room,
        kind=parcel.line.kind,
        paper_key=parcel.line.paper_key,
        form=parcel.line.form,
        count=parcel.count,
        seal_number=parcel.number,
        parcel=parcel,
    )
    hands = Hands(parcel.receiver, parcel.second, at, parcel.seal_intact, parcel.note)
    sign(packet, PacketState.PACKED, hands, parcel.count)
    return packet


@transaction.atomic
def decide_parcel(
    *, actor: Actor, parcel: PaperParcel, accept: bool, decision: str, at: datetime | None = None
) -> PaperParcel:
    """The head's word on a bag with a fault: into store as it is, or back to the authority.

    A bag sent back leaves its line open for another one.
    """
    moment = at or timezone.now()
    decided = advance(
        machine=PARCEL,
        subject=parcel,
        move="accept" if accept else "refuse",
        actor=actor,
        reason=decision,
        updates={
            "decision": decision.strip()[:200],
            "decided_by_id": actor.user_id,
            "decided_at": moment,
        },
        payload={"number": parcel.number},
    )
    if accept:
        _store(decided, moment)
    return decided


@transaction.atomic
def dispose_papers(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    sent_back: int,
    destroyed: int,
    hands: Hands,
    taker: str = "",
) -> PaperDisposal:
    """Account for every paper that came back: to the authority, destroyed, the rest kept.

    Refuses while a bag is out, and numbers beyond what came back (PAPER-15).
    """
    require_act(actor, Act.CUSTODY, _("清退试卷"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    packets = packets_of(locked)
    _refuse_disposal(locked, list(packets), hands)
    total = packets.aggregate(n=Sum("returned_count"))["n"] or 0
    if min(sent_back, destroyed) < 0 or sent_back + destroyed > total:
        raise RefusedError(_("收回 %(total)s 份，退回与销毁之和不能多于它。") % {"total": total})
    if sent_back and not taker.strip():
        raise RefusedError(_("请填写主管部门接收人。"))
    made = PaperDisposal(
        batch=locked,
        total=total,
        sent_back=sent_back,
        destroyed=destroyed,
        kept=total - sent_back - destroyed,
        at=hands.moment,
        first=hands.giver,
        second=hands.receiver,
        taker=taker.strip(),
        note=hands.note.strip(),
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as fault:
        raise RefusedError(_("试卷清退已经登记过。")) from fault
    payload = {"sent_back": sent_back, "destroyed": destroyed, "kept": made.kept}
    record(actor=actor, verb="exams.papers_dispose", subject=made.subject, payload=payload)
    return made


def _refuse_disposal(batch: AssessmentBatch, packets: Sequence[Packet], hands: Hands) -> None:
    if not packets:
        raise RefusedError(_("本批次没有试卷袋。"))
    if hands.giver == hands.receiver:
        raise RefusedError(_("清退试卷须有两人在场，不能是同一人。"))
    out = [each.seal_number for each in packets if each.state != PacketState.RETURNED]
    if out:
        raise RefusedError(
            _("还有 %(n)s 袋试卷没有交回：%(which)s。")
            % {"n": len(out), "which": "、".join(out[:5])},
            supply_citations(batch),
            _("请先逐袋交回并清点。"),
        )
    if asked_of(batch) and PaperParcel.objects.filter(batch=batch, state=ParcelState.HELD).exists():
        raise RefusedError(_("还有试卷袋待主任决定。"))
