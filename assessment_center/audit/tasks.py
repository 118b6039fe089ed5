from celery import shared_task

from assessment_center.audit.services import seal_entries


@shared_task(name="audit.seal")
def seal() -> int:
    return seal_entries()
