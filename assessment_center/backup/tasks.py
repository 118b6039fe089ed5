from celery import shared_task

from assessment_center.backup.services import back_up_on_schedule


@shared_task(name="backup.nightly")
def nightly() -> str:
    run = back_up_on_schedule()
    return str(run.pk) if run else ""
