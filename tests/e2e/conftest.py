"""A real browser before the real site; every page is watched for complaints."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from tests.e2e.desk import Desks
from tests.e2e.special import SmallOffice, open_small
from tests.e2e.world import OPENING, Office, open_office

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=zh-CN",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=found, args=list(ARGUMENTS), env={**os.environ, "LANGUAGE": "zh_CN"}
        )
        yield chromium
        chromium.close()


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time runs on from the opening day; `move_to` goes to the next stage."""
    with time_machine.travel(OPENING, tick=True) as traveller:
        yield traveller


@pytest.fixture
def office(transactional_db: None, clock: Any, settings: Any, tmp_path: Path) -> Office:
    """The demo centre with its people, staff and rooms, before its first batch."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return open_office()


@pytest.fixture
def small(
    transactional_db: None,
    clock: Any,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., SmallOffice]:
    """Opens a small centre under another rulebook on a day, as `special.open_small` does."""

    def opened(
        day: datetime, rulebook: str, offers: tuple[tuple[str, int, int], ...], **more: Any
    ) -> SmallOffice:
        settings.MEDIA_ROOT = str(tmp_path / "media")
        clock.move_to(day)
        return open_small(rulebook, offers, monkeypatch, **more)

    return opened


@pytest.fixture
def desks(
    browser: Any, live_server: Any, office: Office, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desks]:
    """Windows before the live site, whose threads give back their connections at once."""
    from django.db import connections

    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    made = Desks(browser, live_server.url)
    yield made
    made.close()
