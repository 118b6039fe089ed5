"""Papers from the strongroom to the room and back, each step by two people (PAPER-04 to -07)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from exams.enums import PacketState, PaperKind
from exams.lifecycle import PACKET
from exams.models import Handover, Packet, Sitting, SittingRoom
from exams.policies import form_citations, require_act
from questionbank.policies import AUTHORITY


@dataclass(frozen=True, slots=True)
class Hands:
    """The two who sign a step, and when; `note` is needed when the seal was broken."""

    giver: StaffMember
    receiver: StaffMember
    at: datetime | None = None
    seal_intact: bool = True
    note: str = ""

    @property
    def moment(self) -> datetime:
        return self.at or timezone.now()


@transaction.atomic
def pack_papers(
    *, actor: Actor, sitting_room: SittingRoom, hands: Hands, spare: int = 0
) -> list[Packet]:
    """Pack one sealed bag per paper and form of the room, and `spare` copies of each paper.

    Refuses an arrangement that is not confirmed and a room that is packed already.
    """
    require_act(actor, Act.CUSTODY, _("封装试卷"))
    sitting = Sitting.objects.select_for_update().get(pk=sitting_room.sitting_id)
    if sitting.confirmed_at is None:
        raise RefusedError(_("排座还没有确认，份数不能确定。"), remedy=_("请先确认排座。"))
    if sitting_room.packets.filter(parcel=None).exists():
        raise RefusedError(_("%(room)s 的试卷已经装袋。") % {"room": sitting_room})
    if not sitting_room.seats.exists():
        raise RefusedError(_("%(room)s 没有考生。") % {"room": sitting_room})
    own = sitting_room.seats.exclude(application__offering__paper_source=AUTHORITY)
    counts = Counter(own.values_list("paper_key", "form"))
    if not counts:
        raise RefusedError(
            _("%(room)s 的试卷由主管部门下发，按原袋接收，不拆封分装。") % {"room": sitting_room}
        )
    wanted = [(PaperKind.MAIN, key, form, number) for (key, form), number in sorted(counts.items())]
    if spare:
        wanted += [(PaperKind.SPARE, key, form, spare) for key, form in sorted(counts)]
    head = f"{sitting.slug}-{sitting_room.number:02d}"
    packets = []
    for at, (kind, key, form, number) in enumerate(wanted, 1):
        packet = Packet(
            sitting_room=sitting_room,
            kind=kind,
            paper_key=key,
            form=form,
            count=number,
            seal_number=f"{head}-{at:02d}",
        )
        packet.full_clean(exclude=["sitting_room"])
        packet.save()
        sign(packet, PacketState.PACKED, hands, number)
        packets.append(packet)
    payload = {"packets": len(packets), "papers": sum(packet.count for packet in packets)}
    record(actor=actor, verb="exams.papers_pack", subject=sitting_room.subject, payload=payload)
    return packets


@transaction.atomic
def hand_over(*, actor: Actor, packet: Packet, hands: Hands) -> Packet:
    """Give a packet out of the strongroom; refuses before the rulebook's earliest time."""
    sitting = packet.sitting_room.sitting
    earliest = sitting.batch.rules.settings.paper_pickup_earliest
    if earliest:
        opening = _moment(sitting, earliest.value.day, earliest.value.min)
        if hands.moment < opening:
            raise RefusedError(
                _("试卷最早于 %(when)s 领取。")
                % {"when": timezone.localtime(opening).strftime("%Y-%m-%d %H:%M")},
                earliest.citations,
            )
    return _step(actor, packet, "hand_over", PacketState.HANDED_OUT, hands, packet.count)


def _moment(sitting: Sitting, day: int | None, minutes: int | None) -> datetime:
    start = timezone.localtime(sitting.starts_at)
    if minutes is not None:
        return start + timedelta(minutes=minutes)
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(days=day or 0)


@transaction.atomic
def open_packet(
    *, actor: Actor, packet: Packet, hands: Hands, witnesses: Sequence[str] = ()
) -> Packet:
    """Open the seal before all (DAY-10): not before the rulebook's minute, seen by witnesses.

    A bag of spare papers is opened only with the reason and who agreed (PAPER-05).
    """
    sitting = packet.sitting_room.sitting
    settings = sitting.batch.rules.settings
    opening = settings.t_paper_open
    if opening and hands.moment < sitting.starts_at + timedelta(minutes=opening.value):
        raise RefusedError(
            _("试卷袋在开考前 %(minutes)s 分钟以内才能启封。") % {"minutes": -opening.value},
            opening.citations,
        )
    needed = settings.seal_witness_count
    names = [name.strip() for name in witnesses if name.strip()]
    if needed and len(set(names)) < needed.value:
        raise RefusedError(
            _("启封须有 %(count)s 名考生见证签字。") % {"count": needed.value}, needed.citations
        )
    if packet.kind == PaperKind.SPARE and not hands.note.strip():
        raise RefusedError(
            _("启用备用卷须写明原因和同意启用的人。"), form_citations(sitting.batch.rules, "F-407")
        )
    return _step(actor, packet, "open", PacketState.OPENED, hands, packet.count, names)


@transaction.atomic
def return_packet(*, actor: Actor, packet: Packet, hands: Hands, count: int) -> Packet:
    """Take a packet back and count it; fewer papers than were packed need a word of explanation."""
    if not 0 <= count <= packet.count:
        raise RefusedError(_("交回份数应在 0 至 %(count)s 之间。") % {"count": packet.count})
    if count < packet.count and not hands.note.strip():
        raise RefusedError(
            _("少 %(missing)s 份试卷，请写明去向。") % {"missing": packet.count - count},
            form_citations(packet.sitting_room.sitting.batch.rules, "F-407"),
        )
    return _step(actor, packet, "return", PacketState.RETURNED, hands, count)


def _step(
    actor: Actor,
    packet: Packet,
    move: str,
    state: PacketState,
    hands: Hands,
    count: int,
    witnesses: Sequence[str] = (),
) -> Packet:
    last = packet.handovers.order_by("-at", "-created_at").first()
    if last and hands.moment < last.at:
        raise RefusedError(_("交接时间不能早于上一环节。"))
    updates = {"returned_count": count} if state == PacketState.RETURNED else {}
    moved = advance(
        machine=PACKET,
        subject=packet,
        move=move,
        actor=actor,
        updates=updates,
        payload={"count": count, "seal_intact": hands.seal_intact},
    )
    sign(moved, state, hands, count, witnesses)
    return moved


def sign(
    packet: Packet, state: PacketState, hands: Hands, count: int, witnesses: Sequence[str] = ()
) -> None:
    """Keep one step with its two signatures; refuses one person, and a fault without a word.

    A seal found broken stays broken, with its report, until the bag is sealed anew at its return.
    """
    if hands.giver == hands.receiver:
        raise RefusedError(
            _("交接须由两人签字，不能是同一人。"),
            form_citations(packet.sitting_room.sitting.batch.rules, "F-407"),
        )
    if not hands.seal_intact and not hands.note.strip():
        raise RefusedError(_("封签不完好，请写明情况并报告主考。"))
    torn = _torn(packet) if state != PacketState.RETURNED else None
    Handover.objects.create(
        packet=packet,
        state=state,
        giver=hands.giver,
        receiver=hands.receiver,
        at=hands.moment,
        count=count,
        seal_intact=hands.seal_intact and torn is None,
        witnesses=list(witnesses),
        note=hands.note or (torn.note if torn else ""),
    )


def _torn(packet: Packet) -> Handover | None:
    """The latest step at which the seal was broken, if any."""
    return packet.handovers.filter(seal_intact=False).order_by("-at", "-created_at").first()
