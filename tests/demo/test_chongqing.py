"""The demo under the Chongqing rulebook."""

import pytest

from tests.demo.walk import walk


@pytest.mark.django_db(transaction=True)
def test_every_stage_is_walked(settings, tmp_path, caplog) -> None:
    walk("chongqing", settings, tmp_path, caplog)
