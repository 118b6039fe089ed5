"""Bring the English catalogue up to the sources and compile it; needs no outside tool."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center import wordbook


class Command(BaseCommand):
    help = "Update locale/en from the sources, keeping translations, and compile all catalogues."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if a translation is missing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        total, missing = wordbook.update()
        if options["json"]:
            self.stdout.write(json.dumps({"messages": total, "missing": len(missing)}))
        else:
            self.stdout.write(f"{total} messages, {len(missing)} without translation")
        if options["check"] and missing:
            raise CommandError("no translation: " + "; ".join(missing[:20]))
