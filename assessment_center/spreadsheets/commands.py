"""The frame of every command that imports a workbook."""

import json
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.registry import RefusedError
from assessment_center.spreadsheets.importing import ImportOutcome

SHOWN = 50


class ImportCommand(BaseCommand, ABC):
    """Reads the file, runs `imported`, prints the outcome; a problem ends it with an error."""

    unit = "一行"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")

    @abstractmethod
    def imported(self, content: bytes, options: dict[str, Any]) -> ImportOutcome:
        """Call the service; may raise `RefusedError`."""

    @abstractmethod
    def summary(self, outcome: Any) -> str:
        """What was counted, in words."""

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as fault:
            raise CommandError(f"文件打不开：{fault.strerror}") from fault
        try:
            outcome = self.imported(content, options)
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(outcome.as_json(), ensure_ascii=False))
        else:
            self._tell(outcome)
        if not outcome.ok:
            raise CommandError(f"{len(outcome.problems)} 处问题，没有导入任何{self.unit}。")

    def _tell(self, outcome: ImportOutcome) -> None:
        for problem in outcome.problems[:SHOWN]:
            self.stdout.write(str(problem))
        done = "已导入" if outcome.written else "试读"
        self.stdout.write(f"{done}：共 {outcome.rows} 行，{self.summary(outcome)}。")
