"""The demo's papers from the authority: asked for, one bag arrives with a broken seal, stored."""

from datetime import timedelta

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.demo import Demo
from exams import services
from exams.enums import PacketState
from exams.selectors import packets_of, staff_on_duty
from exams.services.custody import Hands
from exams.supply import asked_of, lines_of, open_lines
from questionbank.policies import from_authority

BROKEN = "封条一角翘起，袋口未开，试卷无缺。"
GIVER = "林老师"


def store_papers(demo: Demo, batch: AssessmentBatch) -> None:
    """Everything the authority sends lies in store on the eve of the examination."""
    if not from_authority(batch):
        return
    clerk, (first, second) = demo.actor(Role.CLERK), staff_on_duty()[:2]
    sittings = batch.sittings.order_by("starts_at")
    asked = asked_of(batch) or services.request_papers(
        actor=clerk, batch=batch, spare=1, at=sittings[0].starts_at - timedelta(days=5)
    )
    waiting = set(open_lines(asked).values_list("pk", flat=True))
    lines = [line for line in lines_of(asked) if line.pk in waiting]
    for place, line in enumerate(lines, start=1):
        arrival = line.sitting_room.sitting.starts_at - timedelta(hours=14)
        parcel = services.receive_parcel(
            actor=clerk,
            line=line,
            receipt=services.Receipt(
                number=f"{batch.code}-{place:03d}",
                count=line.count,
                giver=GIVER,
                receiver=first,
                second=second,
                at=arrival,
                seal_intact=place != len(lines),
                note=BROKEN if place == len(lines) else "",
            ),
        )
        if not parcel.is_sound:
            services.decide_parcel(
                actor=demo.actor(Role.HEAD),
                parcel=parcel,
                accept=True,
                decision="已报主管部门，同意按原卷入库并全程录像。",
                at=arrival + timedelta(minutes=20),
            )
    demo.say(f"{batch.code} 主管部门试卷 {len(lines)} 袋")


def settle_papers(demo: Demo, batch: AssessmentBatch) -> None:
    """Spare copies go back to the authority, used papers are kept."""
    if not from_authority(batch):
        return
    first, second = staff_on_duty()[:2]
    packets = packets_of(batch)
    spare = sum(each.returned_count or 0 for each in packets if each.kind == "spare")
    if any(each.state != PacketState.RETURNED for each in packets):
        return
    last = batch.sittings.order_by("-ends_at")[0].ends_at
    services.dispose_papers(
        actor=demo.actor(Role.CLERK),
        batch=batch,
        sent_back=spare,
        destroyed=0,
        hands=Hands(first, second, last + timedelta(hours=3)),
        taker=GIVER,
    )
