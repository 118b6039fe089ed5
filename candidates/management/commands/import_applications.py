"""A department's registration sheet from the command line."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.selectors import batch_by_code
from assessment_center.registry import SYSTEM
from assessment_center.spreadsheets.commands import ImportCommand
from candidates.services.import_report import ImportReport
from candidates.services.importing import import_sheet


class Command(ImportCommand):
    help = "Import a department's registration sheet into a batch, all of it or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--batch", required=True, metavar="CODE")
        parser.add_argument("--photos", metavar="ZIP", help="portraits named by ID number")
        parser.add_argument(
            "--received", metavar="TIME", help="when a sheet on paper came in, as 2026-04-19T16:30"
        )

    def imported(self, content: bytes, options: dict[str, Any]) -> ImportReport:
        batch = batch_by_code(options["batch"])
        with _opened(options["photos"]) as photos:
            return import_sheet(
                actor=SYSTEM,
                batch=batch,
                content=content,
                photos=photos,
                dry_run=options["dry_run"],
                received_at=_moment(options["received"]),
            )

    def summary(self, outcome: ImportReport) -> str:
        return f"新增 {outcome.new}，改动 {outcome.changed}，未变 {outcome.unchanged}"


def _opened(path: str | None) -> AbstractContextManager[IO[bytes] | None]:
    try:
        return Path(path).open("rb") if path else nullcontext()
    except OSError as fault:
        raise CommandError(_("照片包打不开：%(path)s") % {"path": path}) from fault


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return timezone.make_aware(datetime.fromisoformat(text))
    except ValueError as fault:
        raise CommandError(_("收到时间应写成 2026-04-19T16:30。")) from fault
