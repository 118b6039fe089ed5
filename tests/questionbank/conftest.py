"""Clients by role, as the office's pages ask for them."""

from collections.abc import Callable

import pytest
from django.test import Client

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from tests.factories import foundation as f


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """A client signed in as this user, or as a new one of this role; `client.user` is he."""

    def sign_in(who: User | Role) -> Client:
        client = Client()
        client.user = f.make_user(who) if isinstance(who, Role) else who  # type: ignore[attr-defined]
        client.force_login(client.user)
        return client

    return sign_in
