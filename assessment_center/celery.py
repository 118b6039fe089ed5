"""The Celery application; tasks are found in each app's `tasks` module."""

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import after_setup_logger, after_setup_task_logger

from assessment_center.masked_log import mask_handlers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")

app = Celery("assessment_center")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.set_default()


@after_setup_logger.connect
@after_setup_task_logger.connect
def mask_own_handlers(*, logger: logging.Logger, **_more: Any) -> None:
    """Celery gives the tasks' logger and the one of its pool handlers of their own."""
    mask_handlers(logger)
    mask_handlers(logging.getLogger("multiprocessing"))
