"""The clock of these tests stands inside the registration of `tests.factories.foundation`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The morning of 10 April 2026; `shift` or `move_to` moves it."""
    from tests.factories.candidates import NOW

    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"
