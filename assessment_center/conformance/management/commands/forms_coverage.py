"""Every form and report of the matrix: the document that prints it, why none does, or open."""

import json
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.conformance.coverage import form_rows


class Command(BaseCommand):
    help = "Tell which document prints every form."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--group", default="", help="a group of forms")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        rows = form_rows(options["group"])
        if not rows:
            raise CommandError(f"没有“{options['group']}”这一组表单。")
        counted = dict(Counter(row["status"] for row in rows))
        if options["json"]:
            report = {"total": len(rows), "counts": counted, "forms": rows}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for row in rows:
            shown = row["document"] or row["reason"]
            self.stdout.write(f"{row['code']:8} {row['status']:9} {row['name']} {shown}")
        self.stdout.write(f"{len(rows)}: {counted}")
