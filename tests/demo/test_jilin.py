"""The demo under the Jilin rulebook."""

import pytest

from tests.demo.walk import walk


@pytest.mark.django_db(transaction=True)
def test_every_stage_is_walked(settings, tmp_path, caplog) -> None:
    walk("jilin", settings, tmp_path, caplog)
