"""Try a backup out: restore it beside the centre, compare everything, throw it away."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.backup import services
from assessment_center.backup.errors import BackupError
from assessment_center.backup.words import passphrase


class Command(BaseCommand):
    help = "Restore a backup (a fresh one if none is named) into a scratch database and compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--passphrase-file", default="", help="a file that holds the word")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            word = passphrase(options["passphrase_file"])
            services.drill(word, path=options["file"], say=self.stdout.write)
        except BackupError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write("演练成功：这份备份可以恢复。原有数据没有改变。")
