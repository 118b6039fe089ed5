"""Items of the question bank from the command line."""

from typing import Any

from django.core.management.base import CommandParser

from assessment_center.catalog.selectors import occupation_by_code
from assessment_center.registry import SYSTEM
from assessment_center.spreadsheets.commands import ImportCommand
from questionbank.services.importing import ImportReport, import_items


class Command(ImportCommand):
    help = "Import items with their breakdown points into the banks of an occupation, all or none."
    unit = "一题"

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--standard", required=True, metavar="CODE", help="6-31-01-03")

    def imported(self, content: bytes, options: dict[str, Any]) -> ImportReport:
        return import_items(
            actor=SYSTEM,
            occupation=occupation_by_code(options["standard"]),
            content=content,
            dry_run=options["dry_run"],
        )

    def summary(self, outcome: ImportReport) -> str:
        return f"新增试题 {outcome.items}、鉴定点 {outcome.points}、题库 {outcome.banks}"
