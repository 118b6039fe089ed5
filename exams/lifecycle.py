"""How sittings, packets and room records move from state to state."""

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.workflow import Machine, Move
from exams.enums import PacketState, RecordStatus, SittingStatus
from exams.labels import PACKET_LABELS, RECORD_LABELS, SITTING_LABELS

SITTING = Machine(
    name="exams.sitting",
    labels=SITTING_LABELS,
    moves=(
        Move(
            name="arrange",
            label=_("排座"),
            sources=frozenset({SittingStatus.PLANNED, SittingStatus.ARRANGED}),
            target=SittingStatus.ARRANGED,
            permission=Act.EXAM_ARRANGE,
        ),
        Move(
            name="ticket",
            label=_("发放准考证"),
            sources=frozenset({SittingStatus.ARRANGED}),
            target=SittingStatus.TICKETED,
            permission=Act.EXAM_ARRANGE,
        ),
        Move(
            name="start",
            label=_("开考"),
            sources=frozenset({SittingStatus.TICKETED}),
            target=SittingStatus.RUNNING,
            permission=Act.EXAM_RECORD,
        ),
        Move(
            name="record",
            label=_("完成考场记录"),
            sources=frozenset({SittingStatus.RUNNING}),
            target=SittingStatus.RECORDED,
            permission=Act.EXAM_RECORD,
        ),
    ),
)

PACKET = Machine(
    name="exams.packet",
    labels=PACKET_LABELS,
    status_field="state",
    moves=(
        Move(
            name="hand_over",
            label=_("领出"),
            sources=frozenset({PacketState.PACKED}),
            target=PacketState.HANDED_OUT,
            permission=Act.CUSTODY,
        ),
        Move(
            name="open",
            label=_("启封"),
            sources=frozenset({PacketState.HANDED_OUT}),
            target=PacketState.OPENED,
            permission=Act.CUSTODY,
        ),
        Move(
            name="return",
            label=_("交回"),
            sources=frozenset({PacketState.HANDED_OUT, PacketState.OPENED}),
            target=PacketState.RETURNED,
            permission=Act.CUSTODY,
        ),
    ),
)

ROOM_RECORD = Machine(
    name="exams.room_record",
    labels=RECORD_LABELS,
    moves=(
        Move(
            name="submit",
            label=_("提交考场记录"),
            sources=frozenset({RecordStatus.DRAFT}),
            target=RecordStatus.SUBMITTED,
            permission=Act.EXAM_RECORD,
        ),
    ),
)
