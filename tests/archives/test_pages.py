import pytest
from django.urls import reverse

from archives.demo import file_archives
from archives.documents import catalogue
from archives.panels import archive_stage, waiting
from archives.selectors import items_of, volumes_of
from archives.services.filing import close_volume, file_batch
from archives.tasks import check_bytes, file_records
from assessment_center.accounts.enums import Role
from assessment_center.batches.enums import BatchStatus
from assessment_center.jobs.enums import JobStatus
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from tests.factories.foundation import make_user

assert file_archives
assert check_bytes
assert file_records


@pytest.fixture
def signed_in(client, db):
    client.force_login(make_user(Role.ARCHIVIST))
    return client


@pytest.fixture
def filed(batch, archivist, sources):
    file_batch(actor=archivist, batch=batch)
    return batch


def _page(batch):
    return reverse("archives_office:batch", args=[batch.code])


def test_the_whole_stage_in_the_browser(signed_in, batch, sources) -> None:
    assert "收集并归档" in signed_in.get(_page(batch)).content.decode()
    answer = signed_in.post(reverse("archives_office:file", args=[batch.code]))
    job = Job.objects.get()
    assert answer.url == reverse("jobs_office:job", args=[job.pk])
    run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.result) == (JobStatus.DONE, {"filed": 3})
    volume = volumes_of(batch).get()
    signed_in.post(reverse("archives_office:close", args=[volume.pk]))
    signed_in.post(reverse("archives_office:finish", args=[batch.code]))
    batch.refresh_from_db()
    assert batch.status == BatchStatus.ARCHIVED
    html = signed_in.get(_page(batch)).content.decode()
    assert "已封卷" in html
    assert "收集并归档" not in html
    assert batch.name in signed_in.get(reverse("archives_office:list")).content.decode()


def test_a_failed_check_is_told_by_the_job(signed_in, filed) -> None:
    item = items_of(filed)[0]
    item.file.storage.delete(item.file.name)
    signed_in.post(reverse("archives_office:check", args=[filed.code]))
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert "第 1 件“申报表”的文件丢失" in job.error
    assert signed_in.get(reverse("archives_office:read", args=[item.pk])).status_code == 404
    assert archive_stage(filed, None).state == "bad"
    assert [line.state for line in waiting(None)] == ["now", "bad"]


def test_reading_gives_the_bytes(signed_in, filed) -> None:
    item = items_of(filed)[1]
    answer = signed_in.get(reverse("archives_office:read", args=[item.pk]))
    assert b"".join(answer.streaming_content) == b"signed"


def test_holding_in_the_browser(signed_in, filed) -> None:
    item = items_of(filed)[1]
    url = reverse("archives_office:hold", args=[item.pk])
    signed_in.post(url, {"reason": ""})
    item.refresh_from_db()
    assert item.on_hold is False
    signed_in.post(url, {"reason": "申诉"})
    item.refresh_from_db()
    assert item.on_hold is True


def test_stages(batch, archivist, sources) -> None:
    assert archive_stage(batch, archivist).state == "now"
    file_batch(actor=archivist, batch=batch)
    view = archive_stage(batch, archivist)
    assert [fact.value for fact in view.facts] == [3, 1]
    batch.status = BatchStatus.APPROVED
    assert archive_stage(batch, archivist).state == "idle"
    batch.status = BatchStatus.ARCHIVED
    assert archive_stage(batch, archivist).state == "done"


def test_catalogue_names_every_item(filed, archivist) -> None:
    import io

    from pypdf import PdfReader

    close_volume(actor=archivist, volume=volumes_of(filed).get())
    ((_stem, data),) = catalogue(filed, archivist)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    for word in ("申报表", "签到表", "其他", "报名与资格审查卷"):
        assert word in text


@pytest.mark.parametrize("role", [Role.CLERK, Role.ASSESSOR])
def test_others_do_not_enter(client, role, filed) -> None:
    client.force_login(make_user(role))
    assert client.get(_page(filed)).status_code == 403
    item = items_of(filed)[0]
    assert client.get(reverse("archives_office:read", args=[item.pk])).status_code == 403
