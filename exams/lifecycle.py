"""How sittings, packets and room records move from state to state."""

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.registry import Citation
from assessment_center.workflow import Machine, Move
from exams.enums import PacketState, ParcelState, RecordStatus, SittingStatus
from exams.equipment.basis import articles_now
from exams.equipment.enums import ChangeState, LoanState
from exams.equipment.labels import CHANGE_STATE_LABELS, LOAN_LABELS
from exams.labels import PACKET_LABELS, PARCEL_LABELS, RECORD_LABELS, SITTING_LABELS
from exams.models import PaperParcel


def _custody(parcel: PaperParcel) -> tuple[Citation, ...]:
    """The article that orders the bags to be looked at when they are handed over."""
    form = parcel.batch.rules.form("F-407")
    return form.cite if form else ()


def _approval(_subject: object) -> tuple[Citation, ...]:
    """The article that wants loans, purchases and scrapping approved, if the centre has one."""
    return articles_now("EQP-09")


SITTING = Machine(
    name="exams.sitting",
    labels=SITTING_LABELS,
    moves=(
        Move(
            "arrange",
            _("排座"),
            {SittingStatus.PLANNED, SittingStatus.ARRANGED},
            SittingStatus.ARRANGED,
            Act.EXAM_ARRANGE,
        ),
        Move(
            "ticket",
            _("发放准考证"),
            {SittingStatus.ARRANGED},
            SittingStatus.TICKETED,
            Act.EXAM_ARRANGE,
        ),
        Move("start", _("开考"), {SittingStatus.TICKETED}, SittingStatus.RUNNING, Act.EXAM_RECORD),
        Move(
            "record",
            _("完成考场记录"),
            {SittingStatus.RUNNING},
            SittingStatus.RECORDED,
            Act.EXAM_RECORD,
        ),
    ),
)

PACKET = Machine(
    name="exams.packet",
    labels=PACKET_LABELS,
    status_field="state",
    moves=(
        Move("hand_over", _("领出"), {PacketState.PACKED}, PacketState.HANDED_OUT, Act.CUSTODY),
        Move("open", _("启封"), {PacketState.HANDED_OUT}, PacketState.OPENED, Act.CUSTODY),
        Move(
            "return",
            _("交回"),
            {PacketState.HANDED_OUT, PacketState.OPENED},
            PacketState.RETURNED,
            Act.CUSTODY,
        ),
    ),
)

PARCEL = Machine(
    name="exams.parcel",
    labels=PARCEL_LABELS,
    status_field="state",
    moves=(
        Move(
            "accept",
            _("同意入库"),
            {ParcelState.HELD},
            ParcelState.STORED,
            Act.PAPER_APPROVE,
            needs_reason=True,
            cite=_custody,
        ),
        Move(
            "refuse",
            _("退回主管部门"),
            {ParcelState.HELD},
            ParcelState.REFUSED,
            Act.PAPER_APPROVE,
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
            "submit",
            _("提交考场记录"),
            {RecordStatus.DRAFT},
            RecordStatus.SUBMITTED,
            Act.EXAM_RECORD,
        ),
    ),
)

PLAN = Machine(
    name="exams.equipment_plan",
    labels=CHANGE_STATE_LABELS,
    status_field="state",
    moves=(
        Move(
            "approve",
            _("批准"),
            {ChangeState.PLANNED},
            ChangeState.APPROVED,
            Act.EQUIPMENT_APPROVE,
            cite=_approval,
        ),
        Move(
            "refuse",
            _("不批准"),
            {ChangeState.PLANNED},
            ChangeState.REFUSED,
            Act.EQUIPMENT_APPROVE,
            needs_reason=True,
            cite=_approval,
        ),
        Move(
            "complete",
            _("办理完毕"),
            {ChangeState.APPROVED},
            ChangeState.DONE,
            Act.EXAM_ARRANGE,
            cite=_approval,
        ),
    ),
)

LOAN = Machine(
    name="exams.loan",
    labels=LOAN_LABELS,
    status_field="state",
    moves=(
        Move(
            "approve",
            _("批准借出"),
            {LoanState.ASKED},
            LoanState.OUT,
            Act.EQUIPMENT_APPROVE,
            cite=_approval,
        ),
        Move(
            "refuse",
            _("不批准"),
            {LoanState.ASKED},
            LoanState.REFUSED,
            Act.EQUIPMENT_APPROVE,
            needs_reason=True,
            cite=_approval,
        ),
        Move(
            "return",
            _("归还"),
            {LoanState.OUT},
            LoanState.RETURNED,
            Act.EXAM_ARRANGE,
            cite=_approval,
        ),
        Move(
            "hold",
            _("归还有缺损"),
            {LoanState.OUT},
            LoanState.HELD,
            Act.EXAM_ARRANGE,
            cite=_approval,
        ),
        Move(
            "accept",
            _("同意收回"),
            {LoanState.HELD},
            LoanState.RETURNED,
            Act.EQUIPMENT_APPROVE,
            cite=_approval,
        ),
    ),
)
