"""A batch whose examination was held, for tests of scoring.

Registration 1-20 April, examination 23-24 May 2026, everything through the services; the rooms'
records are submitted, with the absent, late and cheating people that the test names.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import time_machine

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.batches import services as batches
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import SYSTEM, Actor
from candidates.models import Application
from exams import services as exams
from exams.enums import RoomKind
from exams.models import SeatAssignment
from scoring import services
from scoring.enums import EntryRound
from scoring.models import FinalResult, Publicity
from scoring.selectors import sheet
from tests.exams.build import accept_rooms
from tests.factories import candidates as c
from tests.factories import foundation as f
from tests.remembered import remembered

THEORY, PRACTICAL = "theory", "practical"
EXAM_DAY = f.at(2026, 5, 23, 9)
MARKED = f.at(2026, 5, 26, 10)
REPORTED = f.at(2026, 5, 28, 10)
PUBLISHED = f.at(2026, 6, 1, 9)
FINAL = f.at(2026, 6, 16, 9)
PASS, FAIL = Decimal("80.00"), Decimal("50.00")


@remembered
def examined(
    n: int = 3,
    *,
    offering: Offering | None = None,
    absent: Mapping[str, Iterable[int]] | None = None,
    late: Mapping[str, Iterable[int]] | None = None,
    cheated: Mapping[str, Mapping[int, str]] | None = None,
    recorded: bool = True,
) -> AssessmentBatch:
    """A batch of `n` candidates after its examination; people are named by place in the sheet."""
    with time_machine.travel(c.NOW, tick=False):
        offering = offering or c.make_open_offering()
        people = [c.make_admitted(offering) for _each in range(n)]
    batch = AssessmentBatch.objects.get(pk=offering.batch_id)
    with time_machine.travel(f.at(2026, 4, 22), tick=False):
        _approve(batch, n)
    with time_machine.travel(f.at(2026, 5, 15), tick=False):
        _arrange(batch, n)
    with time_machine.travel(EXAM_DAY + timedelta(hours=8), tick=False):
        _hold(
            batch, [each.pk for each in people], absent or {}, late or {}, cheated or {}, recorded
        )
    return AssessmentBatch.objects.get(pk=batch.pk)


def _approve(batch: AssessmentBatch, n: int) -> None:
    batches.close_registration(actor=SYSTEM, batch=batch, at=batch.registration_closes)
    report = batches.submit_report(
        actor=SYSTEM, batch=batch, candidate_count=n, pledged_by="钱立功", at=f.at(2026, 4, 22)
    )
    batches.decide_report(
        actor=SYSTEM, report=report, approved=True, receipt_number="HZ-1", at=f.at(2026, 4, 28)
    )
    batch.refresh_from_db()


def _arrange(batch: AssessmentBatch, n: int) -> None:
    site = exams.enter_site(actor=SYSTEM, name=f"考点{batch.code}")
    slots = []
    for day, (subject, kind) in enumerate(
        ((THEORY, RoomKind.THEORY), (PRACTICAL, RoomKind.PRACTICAL))
    ):
        room = exams.enter_room(
            actor=SYSTEM, site=site, name=f"{subject}室", kind=kind, rows=6, columns=5
        )
        start = EXAM_DAY + timedelta(days=day)
        slots.append(exams.Slot(subject, start, start + timedelta(hours=2), [room]))
    for sitting in exams.plan_sittings(actor=SYSTEM, batch=batch, slots=slots):
        arranged = exams.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key=f"k{sitting.number}")
        exams.confirm_arrangement(actor=SYSTEM, sitting=arranged)
    exams.issue_tickets(actor=SYSTEM, batch=batch, at=f.at(2026, 5, 20))


def _hold(batch, people, absent, late, cheated, recorded):
    for sitting in batch.sittings.order_by("number"):
        accept_rooms(sitting)
        exams.start_sitting(actor=SYSTEM, sitting=sitting)
        seats = {
            seat.application_id: seat for seat in SeatAssignment.objects.filter(sitting=sitting)
        }
        named = [seats[key] for key in people]
        room = sitting.rooms.get()
        gone = [named[i].pk for i in absent.get(sitting.subject_code, ())]
        refused = [named[i].pk for i in late.get(sitting.subject_code, ())]
        exams.record_attendance(actor=SYSTEM, room=room, absent=gone, late_refused=refused)
        for place, code in cheated.get(sitting.subject_code, {}).items():
            exams.record_violation(
                actor=SYSTEM,
                assignment=named[place],
                act_code=code,
                description="当场发现",
                recorder="监考甲",
                witness="监考乙",
            )
        if recorded:
            present = len(named) - len(gone) - len(refused)
            exams.submit_room_record(
                actor=SYSTEM,
                room=room,
                present=present,
                absent=len(gone),
                late_refused=len(refused),
                papers_collected=present,
                proctors=["监考甲", "监考乙"],
            )


def people_of(batch: AssessmentBatch, subject: str = THEORY) -> list[Application]:
    return list(sheet(batch, batch.offerings.get(), subject))


@remembered
def clerk() -> User:
    return f.make_user(Role.SCORE_CLERK)


@remembered
def enter(
    batch: AssessmentBatch,
    subject: str,
    entry_round: EntryRound,
    marks: Mapping[UUID, Decimal],
    actor: Actor | None = None,
) -> int:
    return services.enter_scores(
        actor=actor or clerk().as_actor(),
        batch=batch,
        offering=batch.offerings.get(),
        subject=subject,
        entry_round=entry_round,
        marks=marks,
        reasons={key: "未作答" for key, mark in marks.items() if mark == 0},
    )


@remembered
def entered(
    batch: AssessmentBatch, subject: str, marks: Mapping[UUID, Decimal] | None = None
) -> None:
    """Two rounds for a paper, three assessors for practical work; everybody passes by default."""
    from scoring.selectors import standings

    stood = standings(batch)
    given = marks or {
        each.id: PASS
        for each in people_of(batch, subject)
        if stood[each.id, subject].state == "present"
    }
    if not given:
        return
    if subject == THEORY:
        enter(batch, subject, EntryRound.FIRST, given)
        enter(batch, subject, EntryRound.SECOND, given)
    else:
        for _assessor in range(3):
            enter(batch, subject, EntryRound.ASSESSOR, given)


@remembered
def check(batch: AssessmentBatch, subject: str, actor: Actor | None = None, at: datetime = MARKED):
    return services.check_subject(
        actor=actor or clerk().as_actor(),
        batch=batch,
        offering=batch.offerings.get(),
        subject=subject,
        at=at,
    )


@remembered
def compiled(
    batch: AssessmentBatch,
    theory: Mapping[UUID, Decimal] | None = None,
    practical: Mapping[UUID, Decimal] | None = None,
) -> AssessmentBatch:
    """Both subjects entered and checked, the results drafted."""
    for subject, marks in ((THEORY, theory), (PRACTICAL, practical)):
        entered(batch, subject, marks)
        check(batch, subject)
    services.compile_results(actor=SYSTEM, batch=batch)
    return batch


@remembered
def published(batch: AssessmentBatch, **marks: Mapping[UUID, Decimal]) -> Publicity:
    """Compiled, reported on 28 May, publicised from 1 to 8 June."""
    compiled(batch, **marks)
    services.report_results(actor=SYSTEM, batch=batch, at=REPORTED)
    return services.publish(
        actor=SYSTEM,
        batch=batch,
        starts_on=PUBLISHED.date(),
        ends_on=f.at(2026, 6, 8).date(),
        place="学院网站和公告栏",
        at=PUBLISHED,
    )


@remembered
def final(batch: AssessmentBatch, **marks: Mapping[UUID, Decimal]) -> list[FinalResult]:
    published(batch, **marks)
    services.finalise(actor=SYSTEM, batch=batch, objections="无异议", at=FINAL)
    return list(FinalResult.objects.filter(batch=batch))
