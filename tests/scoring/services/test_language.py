"""The foreign language (Shandong) counts as a subject of its own: entered, combined, kept, resat."""

from datetime import timedelta
from decimal import Decimal

import pytest

from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks.models import RuleOverride
from candidates.models import SubjectPass
from exams import services as exams
from exams.services.custody import Hands
from scoring import services
from scoring.enums import EntryRound
from scoring.models import FinalResult
from tests.exams import build
from tests.factories import foundation as make
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db
SUBJECTS = ("theory", "practical", "language")
KINDS = {"practical": "practical"}


def examined(*sits):
    """A Shandong batch after its examination; one candidate for each tuple of subjects."""
    batch = make.make_batch(rulebook="shandong")
    offering = make.make_offering(batch, level=3, subjects=list(SUBJECTS))
    make.approved(batch, len(sits))
    people = [build.admit(offering, subjects=each)[0] for each in sits]
    slots = []
    for day, subject in enumerate(sorted({one for each in sits for one in each})):
        start = s.EXAM_DAY + timedelta(hours=3 * day)
        room = build.room(kind=KINDS.get(subject, "theory"))
        slots.append(exams.Slot(subject, start, start + timedelta(hours=2), [room]))
    for sitting in exams.plan_sittings(actor=SYSTEM, batch=batch, slots=slots):
        done = exams.arrange_seats(actor=SYSTEM, sitting=sitting, draw_key=f"k{sitting.number}")
        exams.confirm_arrangement(actor=SYSTEM, sitting=done)
    exams.issue_tickets(actor=SYSTEM, batch=batch, at=build.TICKETS_AT)
    bring_papers(batch)
    for sitting in batch.sittings.order_by("number"):
        hold(sitting)
    return batch, people


def bring_papers(batch):
    first, second = build.staff(2)
    asked = exams.request_papers(actor=SYSTEM, batch=batch, at=build.TICKETS_AT)
    for number, line in enumerate(asked.lines.all()):
        at = line.sitting_room.sitting.starts_at
        found = exams.Receipt(f"B{number}", line.count, "李科长", first, second, at)
        parcel = exams.receive_parcel(actor=SYSTEM, line=line, receipt=found)
        exams.hand_over(actor=SYSTEM, packet=parcel.packet, hands=Hands(first, second, at))


def hold(sitting):
    build.accept_rooms(sitting)
    exams.start_sitting(actor=SYSTEM, sitting=sitting)
    room = sitting.rooms.get()
    exams.record_attendance(actor=SYSTEM, room=room)
    here = room.seats.count()
    exams.submit_room_record(
        actor=SYSTEM,
        room=room,
        present=here,
        absent=0,
        papers_collected=here,
        proctors=["监考甲", "监考乙"],
    )


def enter(batch, subject, **points):
    """Two rounds for what is written, three assessors for what is done by hand; then checked."""
    marks = {key: Decimal(value) for key, value in points["marks"].items()}
    rounds = (
        [EntryRound.ASSESSOR] * 3
        if subject == "practical"
        else [EntryRound.FIRST, EntryRound.SECOND]
    )
    for each in rounds:
        s.enter(batch, subject, each, marks)
    return s.check(batch, subject)


def results(batch):
    return {one.application_id: one for one in FinalResult.objects.filter(batch=batch)}


def test_a_language_score_is_entered_twice_and_counts():
    """Two pass theory and practical alike; the one below 60 in the language fails as a whole."""
    batch, (good, weak) = examined(SUBJECTS, SUBJECTS)
    for subject in ("theory", "practical"):
        enter(batch, subject, marks={good.id: 80, weak.id: 90})
    with pytest.raises(RefusedError, match="还有 1 个科目没有核分"):
        services.compile_results(actor=SYSTEM, batch=batch)
    with pytest.raises(RefusedError, match="由两人分别登分"):
        s.enter(batch, "language", EntryRound.ASSESSOR, {good.id: Decimal(60)})
    s.enter(batch, "language", EntryRound.FIRST, {good.id: Decimal(60), weak.id: Decimal("59.5")})
    with pytest.raises(RefusedError, match="登分"):
        s.check(batch, "language")
    s.enter(batch, "language", EntryRound.SECOND, {good.id: Decimal(60), weak.id: Decimal("59.5")})
    s.check(batch, "language")
    services.compile_results(actor=SYSTEM, batch=batch)
    found = results(batch)
    assert (found[good.id].passed, found[weak.id].passed) == (True, False)
    assert {fact["subject"]: fact["passed"] for fact in found[weak.id].subjects} == {
        "theory": True, "practical": True, "language": False,
    }  # fmt: skip
    assert found[good.id].subjects[-1] == {
        "subject": "language", "standing": "scored", "score": "60.00", "passed": True,
    }  # fmt: skip


def test_who_does_not_sit_the_language_is_not_asked_for_it():
    """A trade without a language requirement, or a resit of the language alone, counts as sat."""
    batch, (plain, resit) = examined(("theory", "practical"), ("language",))
    with pytest.raises(RefusedError, match="名单中没有这名考生"):
        s.enter(batch, "language", EntryRound.FIRST, {plain.id: Decimal(80)})
    for subject in ("theory", "practical"):
        enter(batch, subject, marks={plain.id: 70})
    enter(batch, "language", marks={resit.id: 61})
    services.compile_results(actor=SYSTEM, batch=batch)
    found = results(batch)
    assert [[fact["subject"] for fact in found[one.id].subjects] for one in (plain, resit)] == [
        ["theory", "practical"], ["language"],
    ]  # fmt: skip
    assert found[plain.id].passed
    assert found[resit.id].passed


def finished(batch, good, weak):
    for subject, low in (("theory", 90), ("practical", 90), ("language", 40)):
        enter(batch, subject, marks={good.id: 80, weak.id: low})
    services.compile_results(actor=SYSTEM, batch=batch)
    services.report_results(actor=SYSTEM, batch=batch, at=s.REPORTED)
    services.publish(
        actor=SYSTEM, batch=batch, starts_on=s.PUBLISHED.date(),
        ends_on=make.at(2026, 6, 12).date(), place="学院网站", at=s.PUBLISHED,
    )  # fmt: skip
    services.finalise(actor=SYSTEM, batch=batch, objections="无异议", at=make.at(2026, 6, 22))


def test_the_rulebook_is_silent_on_keeping_a_subject_and_nothing_is_invented():
    batch, people = examined(SUBJECTS, SUBJECTS)
    finished(batch, *people)
    assert not SubjectPass.objects.exists()


def test_where_the_centre_keeps_passed_subjects_the_language_is_what_remains():
    """The centre's own value for what the rulebook leaves open is frozen with the batch."""
    RuleOverride.objects.create(
        rulebook_version=make.make_rulebook("shandong"),
        key="single_pass_valid_months",
        value=12,
        reason="鉴定指导中心通知",
        article="济鉴通〔2026〕3号",
    )
    batch, (good, weak) = examined(SUBJECTS, SUBJECTS)
    finished(batch, good, weak)
    kept = SubjectPass.objects.filter(application=weak)
    assert {(one.subject_code, one.valid_until) for one in kept} == {
        ("theory", make.at(2027, 5, 24).date()), ("practical", make.at(2027, 5, 24).date()),
    }  # fmt: skip
    assert not SubjectPass.objects.filter(application=good).exists()
