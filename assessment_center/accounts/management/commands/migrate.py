"""`migrate` as the owner of the tables: the application's own role may not alter them."""

from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import DEFAULT_DB_ALIAS, connections

from assessment_center.registry.migrating import rendered_once

OWNER = "owner"


class Command(MigrateCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] == DEFAULT_DB_ALIAS and OWNER in connections.settings:
            options["database"] = OWNER
        with rendered_once():
            super().handle(*args, **options)
