"""Items of the question bank from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.catalog.selectors import occupation_by_code
from assessment_center.registry import SYSTEM, RefusedError
from questionbank.services.importing import ImportReport, import_items

SHOWN = 50


class Command(BaseCommand):
    help = "Import items with their breakdown points into the banks of an occupation, all or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--standard", required=True, metavar="CODE", help="6-31-01-03")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(f"文件打不开：{fault.strerror}") from fault
        try:
            report = import_items(
                actor=SYSTEM,
                occupation=occupation_by_code(options["standard"]),
                content=content,
                dry_run=options["dry_run"],
            )
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._tell(report)
        if not report.ok:
            raise CommandError(f"{len(report.problems)} 处问题，没有导入任何一题。")

    def _tell(self, report: ImportReport) -> None:
        for problem in report.problems[:SHOWN]:
            self.stdout.write(str(problem))
        done = "已导入" if report.written else "试读"
        self.stdout.write(
            f"{done}：共 {report.rows} 行，新增试题 {report.items}、鉴定点 {report.points}、"
            f"题库 {report.banks}。"
        )
