"""Write the whole centre into one encrypted file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.backup import services
from assessment_center.backup.errors import BackupError
from assessment_center.backup.words import passphrase


class Command(BaseCommand):
    help = "Back up database, media and keys into one encrypted file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--passphrase-file", default="", help="a file that holds the word")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            word = passphrase(options["passphrase_file"], twice=True)
            made = services.back_up(options["file"].absolute(), word)
        except BackupError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"已备份到 {made.path}：{len(made.tables)} 张表、{made.rows} 行，"
            f"{len(made.files)} 个文件，{made.size} 字节。"
        )
        self.stdout.write(f"SHA-256 {made.digest}")
        self.stdout.write("没有口令就无法恢复：请把口令和文件分开保存。")
