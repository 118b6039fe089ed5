"""Sheets keep their code while their content stays, and the older ones go out of date."""

from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError

from assessment_center.batches.printing import render, zipped
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import enqueue, run_job
from assessment_center.printed.models import PrintedSheet
from assessment_center.printed.services import mark_outdated, register_sheet
from assessment_center.registry import SYSTEM, RefusedError, SubjectRef
from tests.factories.foundation import announced, make_batch, make_user

pytestmark = pytest.mark.django_db
SUBJECT = SubjectRef("exams.room", uuid4())


def sheet(digest: str, subject: SubjectRef = SUBJECT) -> PrintedSheet:
    return register_sheet(
        actor=SYSTEM,
        form_code="F-301",
        slug="sign-in",
        title="签到表",
        subject=subject,
        content_digest=digest,
    )


def test_the_same_content_is_the_same_sheet_and_a_change_the_next() -> None:
    one, same, two = sheet("a" * 64), sheet("a" * 64), sheet("b" * 64)
    assert one == same
    assert (two.version, two.code != one.code) == (2, True)
    one.refresh_from_db()
    assert (one.is_outdated, two.is_outdated) == (True, False)
    assert two.code in str(two)


def test_a_change_behind_it_puts_a_sheet_out_of_date_until_it_is_printed_again() -> None:
    sheet("a" * 64)
    sheet("a" * 64, SubjectRef("exams.room", uuid4()))
    assert mark_outdated(subject=SUBJECT, slug="other") == 0
    assert mark_outdated(subject=SUBJECT) == 1
    assert sheet("a" * 64).is_outdated is False


def test_the_database_keeps_versions_apart() -> None:
    one = sheet("a" * 64)
    one.pk, one.code = uuid4(), "another"
    with pytest.raises(IntegrityError, match="sheet_version_once"):
        one.save(force_insert=True)


def test_the_command_prints_to_a_folder(tmp_path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = make_batch()
    announced(batch)
    call_command("print_documents", batch.code, "announcement", out=tmp_path / "new", json=True)
    (made,) = (tmp_path / "new").iterdir()
    assert made.read_bytes().startswith(b"%PDF")
    assert str(made) in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有名为"):
        call_command("print_documents", batch.code, "nothing", out=tmp_path)
    with pytest.raises(CommandError, match="没有批次号"):
        call_command("print_documents", "B0", "announcement", out=tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="不能写入"):
        call_command("print_documents", batch.code, "F-201", out=tmp_path / "file")


def test_a_form_the_batch_lacks_or_the_role_may_not_print_is_refused() -> None:
    batch = make_batch()
    with pytest.raises(RefusedError, match="没有“认定公告”"):
        render(batch, "announcement", SYSTEM)
    with pytest.raises(RefusedError, match="角色不能打印"):
        render(batch, "annual-plan", make_user().as_actor())


def test_long_printing_is_a_job(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    batch = make_batch()
    announced(batch)
    job = enqueue(
        "printed.print", actor=SYSTEM, label="打印", batch=batch.code, kind="announcement"
    )
    run_job(job.pk)
    done = Job.objects.get(pk=job.pk)
    assert (done.status, done.result) == ("done", {"parts": 1})
    assert zipped([("a", b"1"), ("a", b"2")])[:2] == b"PK"
