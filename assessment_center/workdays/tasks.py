from celery import shared_task

from assessment_center.workdays import services


@shared_task(name="workdays.remind", ignore_result=True)
def remind() -> int:
    return services.remind()
