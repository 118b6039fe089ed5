"""Ordering, dispatching and running jobs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from assessment_center.jobs.enums import JobStatus
from assessment_center.jobs.models import Job
from assessment_center.jobs.running import JobRun, handlers, surrounded
from assessment_center.registry import Actor, RefusedError, SubjectRef

logger = logging.getLogger(__name__)
REDISPATCH = timedelta(seconds=20)
MAX_ATTEMPTS = 4


def enqueue(
    name: str,
    *,
    actor: Actor,
    label: str,
    subject: SubjectRef | None = None,
    total: int = 0,
    **params: Any,
) -> Job:
    """Order a job in the present transaction; `params` are JSON primitives.

    The row is the order: a broker that is down delays it, nothing loses it.
    """
    if name not in handlers:
        message = f"no handler for job {name}"
        raise KeyError(message)
    job = Job.objects.create(
        name=name,
        label=label[:200],
        params=params,
        ordered_by_id=actor.user_id,
        subject_kind=subject.kind if subject else "",
        subject_id=subject.uuid if subject else None,
        total=total,
    )
    transaction.on_commit(lambda: hand_over(job.pk), robust=True)
    return job


def hand_over(job_id: UUID) -> bool:
    """Give one waiting job to the broker; False when the broker is away (the sweep tries again)."""
    from assessment_center.jobs.tasks import run_job_task

    Job.objects.filter(pk=job_id).update(dispatched_at=timezone.now())
    try:
        run_job_task.apply_async(args=(str(job_id),), retry=False)
    except (OSError, OperationalError) as fault:
        logger.warning("broker away, job %s waits: %s", job_id, type(fault).__name__)
        return False
    return True


def dispatch_waiting() -> int:
    """Hand over what waits too long or whose worker died; returns how many.

    A job that runs holds an advisory lock on its own connection: handing it over again is
    harmless while its worker lives and right when it died.
    """
    edge = timezone.now() - REDISPATCH
    stale = Job.objects.filter(
        Q(status=JobStatus.QUEUED) & (Q(dispatched_at=None) | Q(dispatched_at__lt=edge))
        | Q(status=JobStatus.RUNNING, heartbeat_at__lt=edge)
    ).order_by("created_at")[:200]
    return sum(hand_over(job.pk) for job in stale)


@contextmanager
def _sole_runner(job_id: UUID) -> Iterator[bool]:
    key = job_id.int & 0x7FFF_FFFF_FFFF_FFFF
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        held = bool(cursor.fetchone()[0])
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def run_job(job_id: UUID) -> None:
    """Run one job unless it is finished or another worker runs it now."""
    with _sole_runner(job_id) as held:
        if not held:
            return
        now = timezone.now()
        taken = Job.objects.filter(
            pk=job_id, status__in=[JobStatus.QUEUED, JobStatus.RUNNING]
        ).update(
            status=JobStatus.RUNNING,
            started_at=now,
            heartbeat_at=now,
            attempts=F("attempts") + 1,
        )
        if taken:
            _run(Job.objects.get(pk=job_id))


def _run(job: Job) -> None:
    if job.attempts > MAX_ATTEMPTS:
        _finish(job, JobStatus.FAILED, _("多次中断，已停止。请联系系统管理员。"))
        return
    try:
        run = JobRun(job)
        with surrounded(run):
            handlers[job.name](run)
    except RefusedError as refusal:
        _finish(job, JobStatus.FAILED, str(refusal))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.name)
        _finish(job, JobStatus.FAILED, _("程序出错，任务没有完成，数据没有改动到一半。"))
    else:
        _finish(job, JobStatus.DONE, "")


def _finish(job: Job, status: JobStatus, error: str) -> None:
    Job.objects.filter(pk=job.pk).update(
        status=status, error=error, finished_at=timezone.now(), heartbeat_at=timezone.now()
    )


@transaction.atomic
def retry(*, job: Job, actor: Actor) -> None:
    """Order a failed job again; only who ordered it may."""
    if actor.user_id != job.ordered_by_id and not actor.is_system:
        raise RefusedError(_("只有发起人可以重试这个任务。"))
    changed = Job.objects.filter(pk=job.pk, status=JobStatus.FAILED).update(
        status=JobStatus.QUEUED, attempts=0, error="", done=0, finished_at=None
    )
    if changed != 1:
        raise RefusedError(_("任务不在“未完成”状态，不能重试。"))
    transaction.on_commit(lambda: hand_over(job.pk), robust=True)
