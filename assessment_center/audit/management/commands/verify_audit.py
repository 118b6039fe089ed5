"""Check the whole audit trail; exits non-zero when anything was edited, deleted or inserted."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.audit.verify import verify_trail


class Command(BaseCommand):
    help = "Check the audit trail against its sealed log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--known-head", default="", help="an exported head, number:hex")

    def handle(self, *_args: Any, **options: Any) -> None:
        report = verify_trail(known_head=options["known_head"])
        if options["json"]:
            self.stdout.write(json.dumps(report.as_dict(), ensure_ascii=False))
        else:
            self.stdout.write(
                f"记录 {report.entries} 条，已封存 {report.sealed} 条，待封存 {report.unsealed} 条"
            )
            self.stdout.write(f"日志头 {report.head or '（尚无）'}")
        if not report.sound:
            raise CommandError("审计记录不完整：" + "；".join(report.faults[:20]))
        if not options["json"]:
            self.stdout.write("审计记录完整。")
