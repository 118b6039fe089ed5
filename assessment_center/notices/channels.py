"""The ways a short message reaches somebody at once: e-mail, or the gateway that sends SMS.

Which of them the office has is a setting (`ASSESSMENT_CODES`); without any, no code is ever asked
for. A message handed over here is kept nowhere: a code must not lie in the list of jobs.
"""

import logging
from enum import StrEnum
from pathlib import Path
from typing import Any

import requests
from django.conf import settings
from django.utils.module_loading import import_string

from assessment_center.notices.services import send_email

SECONDS = 6
LOG = logging.getLogger(__name__)


class Channel(StrEnum):
    SMS = "sms"
    EMAIL = "email"


class UndeliveredError(Exception):
    """The message did not leave; nothing was sent."""


def configured() -> tuple[Channel, ...]:
    """The channels of this office, the surest first."""
    return tuple(each for each in Channel if each.value in settings.CODE_CHANNELS)


def deliver(channel: Channel, *, address: str, title: str, body: str) -> None:
    """Hand the message over now; raises `UndeliveredError`."""
    try:
        if channel is Channel.EMAIL:
            send_email(address=address, title=title, body=body)
        else:
            gateway: Any = import_string(settings.SMS_GATEWAY)
            gateway(phone=address, text=body)
    except (OSError, ValueError) as fault:  # also what requests and smtplib raise
        LOG.warning("%s did not take a message: %s", channel, type(fault).__name__)
        raise UndeliveredError from fault


def http_gateway(*, phone: str, text: str) -> None:
    """Post `{"phone": …, "text": …}` as JSON to the address of the school's SMS gateway."""
    headers = {}
    if settings.SMS_TOKEN_FILE:
        token = Path(settings.SMS_TOKEN_FILE).read_text(encoding="utf-8").strip()
        headers["Authorization"] = f"Bearer {token}"
    answer = requests.post(
        settings.SMS_URL, json={"phone": phone, "text": text}, headers=headers, timeout=SECONDS
    )
    answer.raise_for_status()
