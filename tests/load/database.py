"""A database of its own for a benchmark that writes: made for the run, gone with it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


def set_up() -> None:
    """Start the servers where none is named and set Django up as the tests do; may be repeated."""
    os.environ["ASSESSMENT_TESTING"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assessment_center.settings")
    import django

    from assessment_center import embedded

    embedded.ensure_started()
    django.setup()


@contextmanager
def scratch_database() -> Iterator[None]:
    """An empty migrated database and a folder for files, for as long as the block lasts."""
    set_up()
    from django.conf import settings
    from django.db import connection

    name = connection.settings_dict["NAME"]
    test_name = f"bench_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = test_name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.MEDIA_ROOT = folder
            yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
