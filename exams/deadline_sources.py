"""What is due around the examination: rooms, tickets, papers, meeting, supervision report.

Counted from the first and the last sitting once there is a timetable, so that a sitting put on
another day takes its deadlines along; from the announced days before.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.registry.entries import (
    DeadlineSpec,
    DeadlineWatch,
    centre_deadline_sources,
    deadline_sources,
    deadline_watches,
)
from assessment_center.workdays.counting import count_term, counted, on
from exams.enums import PacketState, RoomKind
from exams.equipment.deadlines import equipment_deadlines
from exams.models import (
    Packet,
    SittingRoom,
    SupervisionFinding,
    SupervisionReport,
)
from exams.selectors import sitting_days, tickets_given_on

OVER = frozenset({BatchStatus.COMPLETED, BatchStatus.ARCHIVED})
FIRST, LAST = _("首场考试日"), _("末场考试日")


def exam_deadlines(batch: AssessmentBatch) -> Sequence[DeadlineSpec]:
    """Every day the frozen rulebook names before and just after the examination."""
    if not is_examined(batch):
        return []
    first, last = sitting_days(batch)
    return [
        *_tickets(batch, first),
        *_rooms(batch, first),
        *_meeting(batch, first),
        *_papers(batch, first),
        *_supervision(batch, last),
    ]


def _tickets(batch: AssessmentBatch, first: date) -> Iterator[DeadlineSpec]:
    """TKT-01: within a span of working days before the examination."""
    window = batch.rules.settings.ticket_issue_workdays_before
    if window is None:
        return
    given = tickets_given_on(batch)
    done = given is not None
    earliest = counted(FIRST, first, -max(window.value))
    latest = counted(FIRST, first, -min(window.value))
    yield DeadlineSpec.counted(
        "exams.tickets_from",
        _("可以发放准考证"),
        earliest,
        window.citations,
        done=done,
        done_on=given,
        responsible=Act.EXAM_ARRANGE,
        stage="ticket",
        nature="from",
    )
    yield DeadlineSpec.counted(
        "exams.tickets",
        _("发放准考证"),
        latest,
        window.citations,
        done=done,
        done_on=given,
        responsible=Act.EXAM_ARRANGE,
        stage="ticket",
    )


def _rooms(batch: AssessmentBatch, first: date) -> Iterator[DeadlineSpec]:
    """VEN-16 and VEN-17: rooms ready and sealed; a look at them for the candidates."""
    settings = batch.rules.settings
    if ready := settings.room_ready_days_before:
        by = counted(FIRST, first, -ready.value, "day")
        yield DeadlineSpec.counted(
            "exams.rooms_ready",
            _("考场布置检查完毕"),
            by,
            ready.citations,
            done=None,
            responsible=Act.EXAM_ARRANGE,
            stage="arrange",
        )
    if look := settings.familiarisation_day:
        by = counted(FIRST, first, look.value, "day")
        yield DeadlineSpec.counted(
            "exams.familiarise",
            _("考生熟悉场地设备（需要时）"),
            by,
            look.citations,
            done=timezone.localdate() > first or batch.status in OVER,
            responsible=Act.EXAM_ARRANGE,
            stage="arrange",
            nature="event",
        )


def _meeting(batch: AssessmentBatch, first: date) -> Iterator[DeadlineSpec]:
    """STAFF-15: the meeting before the examination, within a span of days."""
    span = batch.rules.settings.meeting_days_before
    if span is None:
        return
    by = counted(FIRST, first, -min(span.value), "day")
    label = _("召开考前会议（考前 %(least)s 至 %(most)s 天）")
    yield DeadlineSpec.counted(
        "exams.meeting",
        str(label % {"least": min(span.value), "most": max(span.value)}),
        by,
        span.citations,
        done=None,
        responsible=Act.EXAM_ARRANGE,
        stage="arrange",
    )


def _papers(batch: AssessmentBatch, first: date) -> Iterator[DeadlineSpec]:
    """PAPER-06 and DAY-01: not before the day may papers be fetched or questions imported."""
    settings = batch.rules.settings
    packets = Packet.objects.filter(sitting_room__sitting__batch=batch)
    over = batch.status in OVER
    if pickup := settings.paper_pickup_earliest:
        by = counted(FIRST, first, pickup.value.day or 0, "day")
        fetched = packets.exists() and not packets.filter(state=PacketState.PACKED).exists()
        yield DeadlineSpec.counted(
            "exams.paper_pickup",
            _("领取试卷"),
            by,
            pickup.citations,
            done=over or fetched,
            responsible=Act.CUSTODY,
            stage="papers",
            nature="from",
        )
    imported = settings.computer_import_earliest
    if imported and imported.value.day is not None and _by_computer(batch):
        by = counted(FIRST, first, imported.value.day, "day")
        yield DeadlineSpec.counted(
            "exams.computer_import",
            _("导入机考试题"),
            by,
            imported.citations,
            done=None,
            responsible=Act.CUSTODY,
            stage="papers",
            nature="from",
        )


def _by_computer(batch: AssessmentBatch) -> bool:
    return SittingRoom.objects.filter(sitting__batch=batch, room__kind=RoomKind.COMPUTER).exists()


def _supervision(batch: AssessmentBatch, last: date) -> Iterator[DeadlineSpec]:
    """SUP-07: the supervisors' report, counted from the end of what they supervised; SUP-10."""
    yield from _findings(batch)
    term = batch.rules.settings.supervision_report_due
    if term is None:
        return
    by = count_term(LAST, last, term.value)
    handed_in = SupervisionReport.objects.filter(batch=batch).aggregate(on=Min("submitted_on"))[
        "on"
    ]
    yield DeadlineSpec.counted(
        "exams.supervision_report",
        _("提交质量督导报告"),
        by,
        term.citations,
        done=handed_in is not None,
        done_on=handed_in,
        responsible=Act.EXAM_RECORD,
        stage="exam",
    )


def _findings(batch: AssessmentBatch) -> Iterator[DeadlineSpec]:
    """What supervisors found, each until it is put right; the label names nobody."""
    found = SupervisionFinding.objects.filter(report__batch=batch).order_by("due_on", "id")
    for each in found:
        yield DeadlineSpec(
            "exams.finding",
            _("督导发现的问题整改"),
            each.due_on,
            (),
            done=each.corrected_on is not None,
            done_on=each.corrected_on,
            responsible=Act.EXAM_RECORD,
            counting=on(_("整改期限"), each.due_on),
            stage="exam",
            subject=each.subject,
        )


deadline_sources.register("exams", exam_deadlines, order=70)
centre_deadline_sources.register("exams.equipment", equipment_deadlines, order=30)
deadline_watches.register(
    "exams.sitting", DeadlineWatch("exams.sitting", lambda sitting: sitting.batch_id)
)
deadline_watches.register(
    "exams.supervision",
    DeadlineWatch("exams.supervisionreport", lambda report: report.batch_id),
)
deadline_watches.register(
    "exams.finding",
    DeadlineWatch("exams.supervisionfinding", lambda finding: finding.report.batch_id),
)
