"""A department's registration sheet from the command line."""

from typing import Any

from django.core.management.base import CommandParser

from assessment_center.batches.selectors import batch_by_code
from assessment_center.registry import SYSTEM
from assessment_center.spreadsheets.commands import ImportCommand
from candidates.services.importing import ImportReport, import_sheet


class Command(ImportCommand):
    help = "Import a department's registration sheet into a batch, all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--batch", required=True, metavar="CODE")

    def imported(self, content: bytes, options: dict[str, Any]) -> ImportReport:
        batch = batch_by_code(options["batch"])
        return import_sheet(actor=SYSTEM, batch=batch, content=content, dry_run=options["dry_run"])

    def summary(self, outcome: ImportReport) -> str:
        return f"新增 {outcome.new}，已有 {outcome.unchanged}"
