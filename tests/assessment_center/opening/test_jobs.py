"""Large sheets and signatures over many rows run as jobs, whose progress the pages show."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment_center import sealing
from assessment_center.jobs.models import Job
from assessment_center.jobs.running import JobRun, handlers
from assessment_center.jobs.services import run_job
from assessment_center.opening import ordering, services
from assessment_center.opening.models import OpeningSheet, OpeningUpload
from assessment_center.opening.selectors import declaration_of, settled
from assessment_center.registry import Actor, RefusedError
from assessment_center.spreadsheets import ImportOutcome
from questionbank.models import EarlierItem
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.assessment_center.opening import build as b
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MANY = 3


@pytest.fixture
def clock(frozen: Any, monkeypatch: Any) -> Any:
    """Three rows are many, and every file is large."""
    monkeypatch.setattr(ordering, "AT_ONCE", 0)
    monkeypatch.setattr(ordering, "ROWS_AT_ONCE", MANY - 1)
    return frozen(2026, 6, 1, 9)


def url(name: str, *args: str) -> str:
    return reverse(f"opening_office:{name}", args=args)


def stems(number: int) -> list[dict[str, Any]]:
    return [{"code": "2025-A", "stem": f"第 {at} 题的题干？"} for at in range(number)]


def send(client: Any, key: str, rows: list[dict[str, Any]]) -> Job:
    content = b.workbook(key, rows)
    answer = client.post(url("kind", key), {"file": SimpleUploadedFile("x.xlsx", content)})
    assert answer.status_code == 303
    return Job.objects.filter(name=ordering.IMPORT).latest("created_at")


def test_a_large_sheet_is_read_by_a_job_whose_progress_shows() -> None:
    b.centre()
    clerk = signed_in("clerk")
    clerk.post(url("begin"), {"kind": "working"})
    job = send(clerk, b.ITEMS, stems(MANY))
    page = url("kind", b.ITEMS)
    assert "可以离开本页" in page_text(clerk.get(page))
    part = clerk.get(page, headers={"HX-Request": "true"})
    assert "opening-job" in part.text
    assert "HX-Refresh" not in part.headers
    assert not OpeningSheet.objects.exists()
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.total) == ("done", MANY, MANY)
    assert job.result["rows"] == MANY
    assert OpeningSheet.objects.get().count == MANY
    assert not OpeningUpload.objects.exists(), "the file goes once it was judged"
    ended = clerk.get(page, headers={"HX-Request": "true"})
    assert ended.headers["HX-Refresh"] == "true"
    assert "第 1 题的题干" in page_text(clerk.get(page))
    run_job(job.pk)
    handlers[ordering.IMPORT](JobRun(job))
    assert OpeningSheet.objects.get().count == MANY


def test_what_is_wrong_is_told_on_the_page_until_a_better_file_comes(clock: Any) -> None:
    b.centre()
    clerk = signed_in("clerk")
    clerk.post(url("begin"), {"kind": "working"})
    wrong = b.certificate(1, occupation="无此职业")
    run_job(send(clerk, b.ISSUED, [wrong]).pk)
    page = page_text(clerk.get(url("kind", b.ISSUED)))
    assert "有 1 处问题" in page
    assert "不在职业分类大典中" in page
    assert not OpeningSheet.objects.exists()
    clock.shift(timedelta(minutes=1))
    run_job(send(clerk, b.ISSUED, [b.certificate(1)]).pk)
    clock.shift(timedelta(minutes=1))
    assert "处问题" not in page_text(clerk.get(url("kind", b.ISSUED)))
    job = send(clerk, b.ISSUED, [b.certificate(1)])
    OpeningUpload.objects.update(sealed=as_sealed(b"no workbook"))
    run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "failed"
    assert job.error
    assert job.error.split("\n")[0][:8] in page_text(clerk.get(url("kind", b.ISSUED)))


def as_sealed(content: bytes) -> bytes:
    import base64

    upload = OpeningUpload.objects.get()
    return sealing.seal_value(base64.b64encode(content).decode(), row_id=upload.pk)


def test_a_waiting_file_goes_along_when_the_keys_are_rotated(settings: Any) -> None:
    b.centre()
    clerk = signed_in("clerk")
    clerk.post(url("begin"), {"kind": "working"})
    send(clerk, b.ITEMS, stems(1))
    before = ordering.content_of(OpeningUpload.objects.get())
    newest = max(settings.PERSONAL_DATA_KEYS) + 1
    settings.PERSONAL_DATA_KEYS = {**settings.PERSONAL_DATA_KEYS, newest: b"k" * 32}
    assert ordering.renew_uploads(5) == 1
    assert ordering.renew_uploads(5) == 0
    upload = OpeningUpload.objects.get()
    assert bytes(upload.sealed)[0] == newest
    assert ordering.content_of(upload) == before
    assert "第 0 题".encode() not in bytes(upload.sealed)


def prepared() -> Any:
    """A declaration over three rows that waits for its second signature."""
    return b.prepared(
        b.centre(), questionbank_papers=[b.paper()], questionbank_items=stems(MANY - 1)
    )


def test_a_signature_over_many_rows_is_a_job_and_stands_once() -> None:
    declaration = prepared()
    head = signed_in("head")
    head.post(url("sign"))
    job = Job.objects.get(name=ordering.SIGN)
    assert (job.total, bool(settled(declaration.centre))) == (MANY, False)
    page = page_text(head.get(url("index")))
    assert "可以离开本页" in page
    assert "核对无误，签署" not in page
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.done, job.result["rows"]) == ("done", MANY, MANY)
    assert settled(declaration.centre)
    assert EarlierItem.objects.count() == MANY - 1
    handlers[ordering.SIGN](JobRun(job))
    assert EarlierItem.objects.count() == MANY - 1
    assert declaration_of(declaration.centre).signed_by == head.user


def test_who_prepared_it_is_refused_before_any_job() -> None:
    clerk = b.clerk()
    declaration = b.filled(b.centre(), questionbank_papers=[b.paper()], questionbank_items=stems(2))
    made = services.prepare(actor=clerk, declaration=declaration)
    with pytest.raises(RefusedError, match="填报人不能签署"):
        ordering.sign_or_order(actor=clerk, declaration=made)
    assert not Job.objects.exists()


def test_a_signature_whose_data_went_wrong_meanwhile_says_so_and_writes_nothing() -> None:
    declaration = prepared()
    head = signed_in("head")
    head.post(url("sign"))
    job = Job.objects.get()
    services.give_back(actor=b.head(), declaration=declaration, reason="少一张")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.status == "failed"
    assert not EarlierItem.objects.exists()


def test_a_deputys_hand_shows_at_the_signature_so_it_is_set_at_once() -> None:
    declaration = prepared()
    deputy, absent = b.head(), f.make_user("head").as_actor()
    in_name = Actor(deputy.ref, "代主任", deputy.permissions, in_name_of=absent.ref)
    signed = ordering.sign_or_order(actor=in_name, declaration=declaration)
    assert signed.status == "signed"
    assert not Job.objects.exists()


def test_small_files_and_few_rows_need_no_job(monkeypatch: Any) -> None:
    monkeypatch.setattr(ordering, "AT_ONCE", 1_000_000)
    monkeypatch.setattr(ordering, "ROWS_AT_ONCE", 100)
    made = b.begun(b.centre())
    outcome = ordering.take_in(
        actor=b.clerk(),
        declaration=made,
        key=b.BLANKS,
        content=b.workbook(b.BLANKS, [b.blanks()]),
        file_name="x.xlsx",
    )
    assert isinstance(outcome, ImportOutcome)
    assert outcome.written
    assert not Job.objects.exists()
