"""How sittings, packets and room records move from state to state."""

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.registry import Citation
from assessment_center.workflow import Machine, Move
from exams.enums import PacketState, ParcelState, RecordStatus, SittingStatus
from exams.labels import PACKET_LABELS, PARCEL_LABELS, RECORD_LABELS, SITTING_LABELS
from exams.models import PaperParcel


def _custody(parcel: PaperParcel) -> tuple[Citation, ...]:
    """The article that orders the bags to be looked at when they are handed over."""
    form = parcel.batch.rules.form("F-407")
    return form.cite if form else ()


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

PARCEL = Machine(
    name="exams.parcel",
    labels=PARCEL_LABELS,
    status_field="state",
    moves=(
        Move(
            name="accept",
            label=_("同意入库"),
            sources=frozenset({ParcelState.HELD}),
            target=ParcelState.STORED,
            permission=Act.PAPER_APPROVE,
            needs_reason=True,
            cite=_custody,
        ),
        Move(
            name="refuse",
            label=_("退回主管部门"),
            sources=frozenset({ParcelState.HELD}),
            target=ParcelState.REFUSED,
            permission=Act.PAPER_APPROVE,
            needs_reason=True,
            cite=_custody,
            danger=True,
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
