"""Any printed form of a batch, written to a folder."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from assessment_center.batches.printing import render
from assessment_center.batches.selectors import batch_by_code
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import documents


class Command(BaseCommand):
    help = "Print a form of a batch; KIND is its slug, its code, or all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", help="number of the batch")
        parser.add_argument("kind", help="slug or code of the form, or all")
        parser.add_argument("--out", required=True, type=Path, help="folder for the files")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            batch = batch_by_code(options["batch"])
            kinds = [options["kind"]]
            if options["kind"] == "all":
                kinds = [kind.slug for kind in documents if kind.applies(batch)]
            written = [file for kind in kinds for file in self._print(batch, kind, options["out"])]
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        except OSError as fault:
            raise CommandError(f"不能写入 {options['out']}：{fault.strerror}") from fault
        if options["json"]:
            report = {"batch": batch.code, "kind": options["kind"], "files": written}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write("\n".join(written))

    def _print(self, batch: Any, kind: str, folder: Path) -> list[str]:
        with transaction.atomic():
            parts = render(batch, kind, SYSTEM)
        folder.mkdir(parents=True, exist_ok=True)
        written = []
        for stem, content in parts:
            path = folder / f"{stem.replace('/', '-')}.pdf"
            path.write_bytes(content)
            written.append(str(path))
        return written
