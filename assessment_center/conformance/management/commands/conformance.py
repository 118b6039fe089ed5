"""Every rule of a batch and how it stands; exits non-zero when one is broken."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.batches.selectors import batch_by_code
from assessment_center.conformance.running import counts, failures, run
from assessment_center.registry import RefusedError


class Command(BaseCommand):
    help = "Check a batch against every rule of its rulebook."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", help="number of the batch")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            batch = batch_by_code(options["batch"])
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        results = run(batch)
        broken = list(failures(results))
        if options["json"]:
            report = {
                "batch": batch.code,
                "rulebook": str(batch.rulebook_version),
                "counts": counts(results),
                "rules": [result.as_dict() for result in results],
            }
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            for result in results:
                self.stdout.write(f"{result.rule:8} {result.state:15} {result.title}")
                if result.detail and result.state in {"passed", "failed"}:
                    self.stdout.write(f"{'':24} {result.detail}")
            self.stdout.write(str(counts(results)))
        if broken:
            raise CommandError(f"{len(broken)} 条规则不符：{'、'.join(r.rule for r in broken)}")
