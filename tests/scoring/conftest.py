"""The clock of these tests stands after the examination of `tests.factories.scoring`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The morning of 26 May 2026; `move_to` moves it."""
    from tests.factories.scoring import MARKED

    with time_machine.travel(MARKED, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
