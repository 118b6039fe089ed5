"""Tasks that let an ID number out in every way a task can; a worker includes them in a test."""

import logging
import os
import sys
import warnings

from celery import shared_task
from celery.utils.log import get_task_logger
from django.db import connection


@shared_task(name="careless.raises")
def raises(number: str) -> None:
    raise ValueError(f"号码 {number} 有误")


@shared_task(name="careless.states")
def states(number: str) -> None:
    """A statement with the number in it fails."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::uuid", [number])


@shared_task(name="careless.logs")
def logs(number: str) -> None:
    get_task_logger(__name__).warning("task logger %s", number)
    logging.getLogger("careless").error("plain logger %s", number)
    logging.getLogger("multiprocessing").error("pool logger %s", number)
    print(f"printed {number}")
    sys.stderr.write(f"to stderr {number}\n")
    warnings.warn(f"warned {number}", stacklevel=1)


@shared_task(name="careless.dies", acks_late=False)
def dies(_number: str) -> None:
    os._exit(3)
