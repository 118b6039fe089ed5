"""`load_demo` under one rulebook, whole: every stage through its services, and what it leaves."""

import json
import re
from contextlib import suppress
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from archives.models import ArchiveItem, Volume
from assessment_center.audit.services import seal_entries
from assessment_center.audit.verify import verify_trail
from assessment_center.batches.enums import AnnouncementStatus, BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.models import Person
from assessment_center.people.selectors import id_number
from candidates import selectors
from candidates.models import Application
from certificates.models import Certificate
from certificates.services.verifying import Answer, verify_text
from exams.models import Packet, SeatAssignment, Violation
from exams.selectors import missing_records
from scoring.models import FinalResult, ScoreEntry
from scoring.overview import sheet_states

CANDIDATES = 16
SMALL_BANK = {"BANK-02", "BANK-03", "BANK-05", "BANK-07"}
SHOWN = {"submitted", "returned", "refused", "withdrawn", "confirmed"}
MIDDLE = {BatchStatus.ANNOUNCED, BatchStatus.REGISTRATION_CLOSED, BatchStatus.APPROVED}


def walk(rulebook: str, settings: Any, media: Path, logged: Any) -> AssessmentBatch:
    """Load the demo and hold every stage against what a user would see; the finished batch."""
    settings.MEDIA_ROOT = str(media)
    call_command("load_demo", rulebook=rulebook, candidates=CANDIDATES, stdout=StringIO())
    done = AssessmentBatch.objects.get(status=BatchStatus.ARCHIVED, code__endswith="01")
    _batches(done)
    _registration(done)
    _examination(done)
    _results(done)
    _certificates(done)
    _archive(done)
    _conformance(done)
    _nothing_in_the_clear(logged)
    return done


def _batches(done: AssessmentBatch) -> None:
    others = AssessmentBatch.objects.exclude(pk=done.pk)
    assert {batch.status for batch in others} >= MIDDLE
    for batch in AssessmentBatch.objects.all():
        assert batch.offerings.exists()
        assert batch.announcements.get(number=1).status == AnnouncementStatus.PUBLISHED


def _registration(done: AssessmentBatch) -> None:
    accepted = selectors.accepted(done)
    assert accepted.count() >= CANDIDATES - 2
    assert not accepted.filter(photo="").exists()
    assert set(Application.objects.values_list("status", flat=True)) >= SHOWN


def _examination(done: AssessmentBatch) -> None:
    assert set(done.sittings.values_list("status", flat=True)) <= {"recorded"}
    assert not missing_records(done).exists()
    packets = Packet.objects.filter(sitting_room__sitting__batch=done)
    assert set(packets.values_list("state", flat=True)) == {"returned"}
    theory = done.sittings.filter(subject_code="theory").exists()
    assert Violation.objects.filter(assignment__sitting__batch=done).count() == theory
    early = SeatAssignment.objects.filter(sitting__batch__status=BatchStatus.ANNOUNCED)
    assert not early.exists()


def _results(done: AssessmentBatch) -> None:
    results = FinalResult.objects.filter(batch=done)
    assert results.count() == selectors.accepted(done).count()
    assert set(results.values_list("status", flat=True)) == {"final"}
    assert results.filter(passed=True).exists()
    middle = AssessmentBatch.objects.get(exam_starts=date(2026, 11, 14))
    assert not FinalResult.objects.filter(batch=middle).exists()
    if ScoreEntry.objects.filter(application__batch=middle, round="first").exists():
        assert any(state.different for state in sheet_states(middle))


def _certificates(done: AssessmentBatch) -> None:
    certificates = list(Certificate.objects.filter(batch=done))
    assert len(certificates) == FinalResult.objects.filter(batch=done, passed=True).count()
    own = [each for each in certificates if each.token]
    assert {verify_text(text=each.token).answer for each in own} <= {Answer.VALID}
    numbers = [each.number for each in certificates]
    assert len(set(numbers)) == len(numbers)
    assert all(numbers)


def _archive(done: AssessmentBatch) -> None:
    volumes = Volume.objects.filter(batch=done).exclude(items=None)
    assert set(volumes.values_list("status", flat=True)) == {"closed"}
    assert set(ArchiveItem.objects.values_list("check_sound", flat=True)) == {True}
    while seal_entries():
        pass
    report = verify_trail()
    assert (report.faults, report.unsealed) == ([], 0)


def _conformance(done: AssessmentBatch) -> None:
    """Nothing is broken but the size of the bank (the demo has no thousand items)."""
    answer = StringIO()
    with suppress(CommandError):
        call_command("conformance", done.code, json=True, stdout=answer)
    rules = json.loads(answer.getvalue())["rules"]
    failed = {each["rule"]: each["detail"] for each in rules if each["state"] == "failed"}
    assert set(failed) <= SMALL_BANK, failed


def _nothing_in_the_clear(logged: Any) -> None:
    numbers = [id_number(person) for person in Person.objects.all()]
    assert len(numbers) > 100
    planted = f"a1{numbers[0]}2b"
    assert numbers[0] in _numbers_in(planted) & _numbers_in(planted.encode().hex())
    assert _numbers_in(_dump()).isdisjoint(numbers)
    assert [number for number in numbers if number in logged.text] == []


NUMBER = re.compile(r"(?=(\d{17}[\dX]))")
ENCODED = re.compile(r"(?=((?:3\d){17}(?:3\d|58)))")


def _numbers_in(text: str) -> set[str]:
    """Whatever could be a number of a resident, plain or as hexadecimal bytes; in one pass."""
    plain = set(NUMBER.findall(text))
    return plain | {bytes.fromhex(found).decode() for found in ENCODED.findall(text)}


def _dump() -> str:
    """Every row of every table as PostgreSQL writes it."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT t::text FROM {table} AS t")
            parts += [row[0] for row in cursor.fetchall()]
    return "\n".join(parts)
