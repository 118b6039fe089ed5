"""`migrate` as the owner of the tables: the application's own role may not alter them."""

from typing import Any

from django.core.management.commands.migrate import Command as MigrateCommand
from django.db import DEFAULT_DB_ALIAS, connections

OWNER = "owner"


class Command(MigrateCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        if options["database"] == DEFAULT_DB_ALIAS and OWNER in connections.settings:
            options["database"] = OWNER
        super().handle(*args, **options)
