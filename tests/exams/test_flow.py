"""One batch from its timetable to its recorded rooms."""

import pytest

from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import documents
from exams import services
from exams.models import AdmissionTicket, SeatAssignment
from exams.results import results_basis
from exams.selectors import missing_records, unseated
from tests.exams import build

pytestmark = pytest.mark.django_db


def test_a_batch_goes_from_timetable_to_recorded_rooms():
    batch = build.ticketed()
    assert AdmissionTicket.objects.count() == 11
    assert unseated(batch) == []
    build.staff()
    for sitting in batch.sittings.all():
        made, short = services.assign_duties(actor=SYSTEM, sitting=sitting)
        assert (len(made) > 0, short) == (True, [])
        build.accept_rooms(sitting)
        services.start_sitting(actor=SYSTEM, sitting=sitting)
        for room in sitting.rooms.filter(seats__isnull=False).distinct():
            seats = list(room.seats.all())
            services.record_attendance(actor=SYSTEM, room=room, absent=[seats[0].pk])
            services.submit_room_record(
                actor=SYSTEM,
                room=room,
                present=len(seats) - 1,
                absent=1,
                papers_collected=len(seats) - 1,
                proctors=["赵安"],
            )
        sitting.refresh_from_db()
        assert sitting.status == "recorded"
    assert not missing_records(batch).exists()
    states = [row.state for row in results_basis(batch)]
    assert len(states) == SeatAssignment.objects.count() == 22
    assert states.count("absent") == 4
    assert AuditEntry.objects.filter(verb="exams.arrangement_confirm").count() == 3


def test_every_form_of_the_batch_prints():
    batch = build.ticketed()
    slugs = {
        "admission-tickets", "arrangement-table", "blackboard", "desk-labels", "door-notice",
        "exam-timetable", "room-distribution", "room-record", "seat-table", "sign-in",
    }  # fmt: skip
    for slug in sorted(slugs):
        kind = documents[slug]
        assert kind.applies(batch)
        parts = kind.render(batch, SYSTEM)
        assert parts
        assert all(content.startswith(b"%PDF") for _, content in parts)
        assert len({stem for stem, _ in parts}) == len(parts)
