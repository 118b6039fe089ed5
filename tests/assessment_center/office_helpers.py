"""Signing in and registering stages for the tests of the office's pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import Client

from assessment_center.accounts.models import User
from assessment_center.registry import OpenSet
from tests.factories.foundation import make_user


def signed_in(*roles: str, **more: Any) -> Client:
    """A client signed in as a new member of staff with these roles; `.user` is the account."""
    user: User = make_user(*roles, **more)
    client = Client()
    client.force_login(user)
    client.user = user  # type: ignore[attr-defined]
    return client


@contextmanager
def only(entries: OpenSet[Any], **given: Any) -> Iterator[None]:
    """The open set holds just these entries inside the block."""
    kept = entries._entries
    entries._entries = {key: (i, entry) for i, (key, entry) in enumerate(given.items())}
    try:
        yield
    finally:
        entries._entries = kept


def page_text(response: Any) -> str:
    return response.content.decode()
