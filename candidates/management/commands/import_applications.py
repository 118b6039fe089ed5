"""A department's registration sheet from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.batches.selectors import batch_by_code
from assessment_center.registry import SYSTEM, RefusedError
from candidates.services.importing import ImportReport, import_sheet

SHOWN = 50


class Command(BaseCommand):
    help = "Import a department's registration sheet into a batch, all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--batch", required=True, metavar="CODE")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(f"文件打不开：{fault.strerror}") from fault
        try:
            batch = batch_by_code(options["batch"])
            report = import_sheet(
                actor=SYSTEM, batch=batch, content=content, dry_run=options["dry_run"]
            )
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._tell(report)
        if not report.ok:
            raise CommandError(f"{len(report.problems)} 处问题，没有导入任何一行。")

    def _tell(self, report: ImportReport) -> None:
        for problem in report.problems[:SHOWN]:
            self.stdout.write(str(problem))
        done = "已导入" if report.written else "试读"
        self.stdout.write(
            f"{done}：共 {report.rows} 行，新增 {report.new}，已有 {report.unchanged}。"
        )
