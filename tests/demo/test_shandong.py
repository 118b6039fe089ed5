"""The demo under the Shandong rulebook."""

import pytest

from tests.demo.walk import walk


@pytest.mark.django_db(transaction=True)
def test_every_stage_is_walked(settings, tmp_path, caplog) -> None:
    walk("shandong", settings, tmp_path, caplog)
