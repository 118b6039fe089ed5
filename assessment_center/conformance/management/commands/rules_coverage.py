"""Every rule of the matrix: enforced, checked, manual, not applicable or open, with its tests."""

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.conformance.coverage import rule_rows


class Command(BaseCommand):
    help = "Tell how every rule is kept."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--area", default="", help="number, name or prefix of an area")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        rows = rule_rows(options["area"])
        if not rows:
            raise CommandError(f"没有“{options['area']}”这个部分。")
        counted = dict(Counter(row["kept"] for row in rows))
        if options["json"]:
            report = {"total": len(rows), "counts": counted, "rules": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row['rule']:8} {row['kept']:15} {row['title']}")
        self.stdout.write(f"{len(rows)}: {counted}")
