"""Codes made for one use: easy to read out, kept only as a keyed hash."""

import hmac
import secrets
from uuid import UUID

from django.conf import settings

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is taken for something else
GROUPS, LENGTH = 3, 4


def new_code() -> str:
    """Twelve letters and digits in three groups: 59 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def digest(purpose: str, user_id: UUID, code: str) -> bytes:
    """32 bytes under the site's secret; blanks, hyphens and case do not matter."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    text = f"{purpose}:{user_id}:{plain}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), text, "sha256")
