"""Jobs as pages: progress, result, retry; one's own unless one reads the trail."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.jobs.enums import JobStatus
from assessment_center.jobs.models import Job
from tests.assessment_center.office_helpers import page_text, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_only_the_own_jobs_are_listed() -> None:
    clerk, other, head = signed_in(Role.CLERK), signed_in(Role.CLERK), signed_in(Role.HEAD)
    job = Job.objects.create(name="x", label="导入报名表", ordered_by=clerk.user)
    seen = ["导入报名表" in page_text(c.get("/admin/work/jobs/")) for c in (clerk, other, head)]
    assert seen == [True, False, True]
    pages = [c.get(f"/admin/work/jobs/{job.pk}/").status_code for c in (clerk, other, head)]
    assert pages == [200, 404, 200]


def test_progress_is_asked_for_until_the_end() -> None:
    clerk = signed_in(Role.CLERK)
    job = Job.objects.create(
        name="x", label="打印", ordered_by=clerk.user, status="running", done=17, total=28
    )
    text = page_text(clerk.get(f"/admin/work/jobs/{job.pk}/"))
    assert f'hx-get="/admin/work/jobs/{job.pk}/state/"' in text
    assert "17 / 28" in text
    Job.objects.filter(pk=job.pk).update(
        status="done", done=28, result={"rows": 28, "errors": ["第 3 行 · 姓名不能为空"]}
    )
    state = page_text(clerk.get(f"/admin/work/jobs/{job.pk}/state/"))
    assert "hx-get" not in state
    assert "第 3 行 · 姓名不能为空" in state
    assert "<html" not in state


def test_result_file_is_for_who_ordered_it_and_stands_in_the_trail() -> None:
    clerk, other = signed_in(Role.CLERK), signed_in(Role.CLERK)
    job = Job.objects.create(name="x", label="打印", ordered_by=clerk.user, status="done")
    assert clerk.get(f"/admin/work/jobs/{job.pk}/file/").status_code == 404
    job.result_file.save(f"{job.pk}/签到表.zip", ContentFile(b"PK"), save=True)
    response = clerk.get(f"/admin/work/jobs/{job.pk}/file/")
    assert b"".join(response.streaming_content) == b"PK"
    assert other.get(f"/admin/work/jobs/{job.pk}/file/").status_code == 404
    assert AuditEntry.objects.filter(verb="job.download", subject_id=job.pk).count() == 1


def test_a_failed_job_is_ordered_again_by_who_ordered_it() -> None:
    clerk, head = signed_in(Role.CLERK), signed_in(Role.HEAD)
    job = Job.objects.create(
        name="x", label="打印", ordered_by=clerk.user, status="failed", error="断电"
    )
    refused = head.post(f"/admin/work/jobs/{job.pk}/retry/", follow=True)
    assert "只有发起人可以重试这个任务。" in page_text(refused)
    done = clerk.post(f"/admin/work/jobs/{job.pk}/retry/", follow=True)
    assert "已重新排队。" in page_text(done)
    assert Job.objects.get(pk=job.pk).status == JobStatus.QUEUED


def test_retry_takes_only_posts() -> None:
    clerk = signed_in(Role.CLERK)
    job = Job.objects.create(name="x", label="打印", ordered_by=clerk.user)
    assert clerk.get(f"/admin/work/jobs/{job.pk}/retry/").status_code == 405
