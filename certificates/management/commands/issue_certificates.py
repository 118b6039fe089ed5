"""Number and issue the certificates of a batch."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessment_center.batches.selectors import batch_by_code
from assessment_center.registry import SYSTEM, RefusedError
from certificates.selectors import counts
from certificates.services import issue_batch


class Command(BaseCommand):
    help = "为批次中成绩生效且合格的考生编号并发证；中断后再次运行会接着办完。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("batch", help="批次号")
        parser.add_argument("--on", type=date.fromisoformat, help="发证日期（年-月-日），默认今天")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *_args: Any, **options: Any) -> None:
        on = options["on"] or timezone.localdate()
        try:
            batch = batch_by_code(options["batch"])
            issued = issue_batch(actor=SYSTEM, batch=batch, on=on)
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        told = {"batch": batch.code, "on": on.isoformat(), "issued_now": issued, **counts(batch)}
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{batch.name}：本次发证 {issued} 份，"
                f"共 {told['issued']} 份，合格 {told['passed']} 人。"
            )
