from celery import shared_task

from assessment_center.deadlines import services


@shared_task(name="deadlines.remind", ignore_result=True)
def remind() -> int:
    """First what is true today, then who is to be told."""
    services.sync_all()
    return services.remind()
