"""Jobs are rows first: they survive a missing broker, a dead worker and a second run."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from assessment_center.accounts.enums import Role
from assessment_center.jobs import services, tasks
from assessment_center.jobs.enums import JobStatus
from assessment_center.jobs.models import Job
from assessment_center.jobs.running import JobRun, handlers
from assessment_center.registry import SYSTEM, OpenSet, RefusedError
from tests.factories.foundation import make_user

Handlers = Callable[[str, Callable[[JobRun], None]], Any]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Handlers:
    """Handlers of this test only."""
    own: OpenSet[Callable[[JobRun], None]] = OpenSet("job_handlers")
    monkeypatch.setattr(services, "handlers", own)
    return own.register


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the broker."""
    found: list[str] = []
    monkeypatch.setattr(
        tasks.run_job_task, "apply_async", lambda args, **_options: found.append(args[0])
    )
    return found


def order(**params: Any) -> Job:
    return services.enqueue("test.job", actor=SYSTEM, label="试验", **params)


@pytest.mark.django_db
def test_a_job_is_handed_over_after_commit(
    register: Handlers, sent: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    register("test.job", lambda _run: None)
    with django_capture_on_commit_callbacks(execute=True):
        job = order()
        assert sent == []
    assert sent == [str(job.pk)]


@pytest.mark.django_db
def test_a_rolled_back_change_orders_nothing(register: Handlers, sent: list[str]) -> None:
    register("test.job", lambda _run: None)

    def change() -> None:
        with transaction.atomic():
            order()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert not Job.objects.exists()
    assert sent == []


@pytest.mark.django_db
def test_an_unknown_job_cannot_be_ordered() -> None:
    with pytest.raises(KeyError, match="no handler"):
        services.enqueue("no.such", actor=SYSTEM, label="x")


@pytest.mark.django_db
def test_progress_result_and_file_are_kept(
    register: Handlers, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path

    def work(run: JobRun) -> None:
        run.progress(3, 4, "第三份")
        assert run.job.pk == Job.objects.get(done=3, total=4, message="第三份").pk
        run.attach("表.txt", b"1")
        run.tell(rows=run.params["rows"])
        run.tell(more=True)
        assert run.actor.is_system

    register("test.job", work)
    job = order(rows=4)
    services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, job.result, job.percent) == (JobStatus.DONE, {"rows": 4, "more": True}, 100)
    with job.result_file.open("rb") as kept:
        assert kept.read() == b"1"


@pytest.mark.django_db
def test_a_refusal_and_a_fault_fail_the_job_with_words(register: Handlers) -> None:
    def refuse(_run: JobRun) -> None:
        raise RefusedError("没有考生。")

    def fall(_run: JobRun) -> None:
        raise ValueError("secret detail")

    for function, words in ((refuse, "没有考生。"), (fall, "程序出错")):
        register(function.__name__, function)
        job = services.enqueue(function.__name__, actor=SYSTEM, label="试验")
        services.run_job(job.pk)
        job.refresh_from_db()
        assert job.status == JobStatus.FAILED
        assert words in job.error
        assert "secret" not in job.error


@pytest.mark.django_db
def test_a_finished_job_does_not_run_twice(register: Handlers) -> None:
    ran: list[int] = []
    register("test.job", lambda _run: ran.append(1))
    job = order()
    services.run_job(job.pk)
    services.run_job(job.pk)
    tasks.run_job_task(str(job.pk))
    assert ran == [1]


@pytest.mark.django_db
def test_a_job_that_keeps_killing_its_worker_is_stopped(register: Handlers) -> None:
    register("test.job", lambda _run: None)
    job = order()
    Job.objects.filter(pk=job.pk).update(attempts=services.MAX_ATTEMPTS, status=JobStatus.RUNNING)
    services.run_job(job.pk)
    job.refresh_from_db()
    assert (job.status, "多次中断" in job.error) == (JobStatus.FAILED, True)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [OperationalError("away"), ConnectionRefusedError()])
def test_without_a_broker_the_job_waits(
    register: Handlers, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def away(**_options: Any) -> None:
        raise fault

    register("test.job", lambda _run: None)
    monkeypatch.setattr(tasks.run_job_task, "apply_async", away)
    job = order()
    assert services.hand_over(job.pk) is False
    job.refresh_from_db()
    assert job.status == JobStatus.QUEUED


@pytest.mark.django_db
def test_the_sweep_takes_waiting_and_dead_jobs_only(register: Handlers, sent: list[str]) -> None:
    register("test.job", lambda _run: None)
    old = timezone.now() - timedelta(minutes=5)
    facts: tuple[dict[str, Any], ...] = (
        {},
        {"dispatched_at": old},
        {"status": JobStatus.RUNNING, "heartbeat_at": old},
        {"dispatched_at": timezone.now()},
        {"status": JobStatus.RUNNING, "heartbeat_at": timezone.now()},
        {"status": JobStatus.DONE},
        {"status": JobStatus.FAILED},
    )
    jobs = [order() for _fact in facts]
    for job, fact in zip(jobs, facts, strict=True):
        Job.objects.filter(pk=job.pk).update(**fact)
    assert tasks.dispatch() == 3
    assert set(sent) == {str(job.pk) for job in jobs[:3]}


@pytest.mark.django_db
def test_only_who_ordered_a_failed_job_tries_it_again(register: Handlers, sent: list[str]) -> None:
    register("test.job", lambda _run: None)
    owner, other = make_user(Role.CLERK), make_user(Role.CLERK)
    job = services.enqueue("test.job", actor=owner.as_actor(), label="试验")
    assert JobRun(job).actor == owner.as_actor()
    with pytest.raises(RefusedError, match="未完成"):
        services.retry(job=job, actor=owner.as_actor())
    Job.objects.filter(pk=job.pk).update(status=JobStatus.FAILED, error="x")
    with pytest.raises(RefusedError, match="发起人"):
        services.retry(job=job, actor=other.as_actor())
    services.retry(job=job, actor=owner.as_actor())
    job.refresh_from_db()
    assert (job.status, job.error, str(job), job.percent) == (JobStatus.QUEUED, "", "试验", 0)


@pytest.mark.django_db(transaction=True)
def test_a_job_running_elsewhere_is_left_alone(register: Handlers) -> None:
    ran: list[int] = []
    register("test.job", lambda _run: ran.append(1))
    job = order()
    key = job.pk.int & 0x7FFF_FFFF_FFFF_FFFF
    from django.db import connections

    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [key])
        services.run_job(job.pk)
        assert ran == []
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
    finally:
        other.close()
    services.run_job(job.pk)
    assert ran == [1]


def wait_for(condition: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.2)


@pytest.fixture
def in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for dead workers at once instead of after twenty seconds."""
    monkeypatch.setattr(services, "REDISPATCH", timedelta(seconds=1))


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("in_time")
def test_a_killed_worker_leaves_its_job_to_the_next(
    process_environment: dict[str, str], live_worker: subprocess.Popen[bytes]
) -> None:
    job = services.enqueue(
        "notices.email", actor=SYSTEM, label="x", address="a@b.cn", title="t", body="b"
    )
    os.kill(live_worker.pid, signal.SIGSTOP)
    Job.objects.filter(pk=job.pk).update(
        status=JobStatus.RUNNING, heartbeat_at=timezone.now() - timedelta(minutes=1)
    )
    live_worker.kill()
    assert services.dispatch_waiting() == 1
    assert "notices.email" in handlers

    def taken_up() -> bool:
        """As the sweep does it: again, until the server has seen the dead worker's lock go."""
        services.run_job(job.pk)
        return Job.objects.get(pk=job.pk).status == JobStatus.DONE

    wait_for(taken_up)
    assert Job.objects.get(pk=job.pk).attempts >= 1
