from uuid import UUID

from celery import shared_task

from assessment_center.jobs.services import dispatch_waiting, run_job


@shared_task(name="jobs.run", acks_late=True, reject_on_worker_lost=True)
def run_job_task(job_id: str) -> None:
    run_job(UUID(job_id))


@shared_task(name="jobs.dispatch", ignore_result=True)
def dispatch() -> int:
    return dispatch_waiting()
