"""Bring the whole centre back from one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.backup import bringing
from assessment_center.backup.errors import BackupError
from assessment_center.backup.words import passphrase


class Command(BaseCommand):
    help = "Restore database, media and keys from a file made by `backup`."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--passphrase-file", default="", help="a file that holds the word")
        parser.add_argument("--replace", action="store_true", help="replace a centre in use")
        parser.add_argument("--drop-former", action="store_true", help="keep no former data")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            word = passphrase(options["passphrase_file"])
            plan = bringing.restore(
                options["file"],
                word,
                replace=options["replace"],
                drop_former=options["drop_former"],
                say=self.stdout.write,
            )
        except BackupError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write("恢复完成。请重新启动网站和后台进程；所有人需重新登录。")
        if not options["drop_former"]:
            self.stdout.write(
                f"原来的数据库保留为 {plan.aside}，原来的文件保留在 {settings.VAR_DIR} 下的 "
                "*.before-* 目录；确认无误后可以删除。"
            )
