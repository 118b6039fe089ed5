"""The demo as a whole: every stage through its services, and what it leaves in the database."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from archives.models import ArchiveItem, Volume
from assessment_center.audit.services import seal_entries
from assessment_center.audit.verify import verify_trail
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.models import Person
from assessment_center.people.selectors import id_number
from certificates.models import Certificate, NumberSeries
from certificates.services.verifying import Answer, verify_text

pytestmark = pytest.mark.django_db(transaction=True)


def _dump() -> str:
    """Every row of every table as PostgreSQL writes it."""
    parts: list[str] = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT t::text FROM {table} AS t")
            parts += [row[0] for row in cursor.fetchall()]
    return "\n".join(parts)


def test_one_batch_goes_from_plan_to_archive(settings, tmp_path, caplog) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    call_command("load_demo", candidates=16, stdout=StringIO())

    done = AssessmentBatch.objects.get(status=BatchStatus.ARCHIVED)
    assert {b.status for b in AssessmentBatch.objects.exclude(pk=done.pk)} >= {
        BatchStatus.ANNOUNCED,
        BatchStatus.REGISTRATION_CLOSED,
        BatchStatus.APPROVED,
    }
    certificates = list(Certificate.objects.filter(batch=done))
    assert certificates
    assert {verify_text(text=each.token).answer for each in certificates} == {Answer.VALID}
    for series in NumberSeries.objects.all():
        serials = sorted(series.certificates.values_list("serial", flat=True))
        assert serials == list(range(1, series.last_serial + 1))
    assert set(Volume.objects.filter(batch=done).values_list("status", flat=True)) == {"closed"}
    assert set(ArchiveItem.objects.values_list("check_sound", flat=True)) == {True}

    while seal_entries():
        pass
    report = verify_trail()
    assert (report.faults, report.unsealed) == ([], 0)

    answer = StringIO()
    call_command("conformance", done.code, json=True, stdout=answer)
    assert json.loads(answer.getvalue())

    numbers = [id_number(person) for person in Person.objects.all()]
    assert len(numbers) > 100
    dump = _dump()
    assert [number for number in numbers if number in dump] == []
    encoded = [number for number in numbers if number.encode().hex() in dump]
    assert encoded == []
    assert [number for number in numbers if number in caplog.text] == []
