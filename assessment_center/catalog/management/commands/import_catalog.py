"""`manage.py import_catalog FILE --edition 2022`: take in a classification of occupations."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment_center.catalog.services import import_occupations
from assessment_center.registry import SYSTEM, RefusedError


class Command(BaseCommand):
    help = "导入国家职业分类（CSV：code,tier,name[,marks]）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", type=int, required=True)
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            outcome = import_occupations(
                file=options["file"], edition=options["edition"], actor=SYSTEM
            )
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            self.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False))
            return
        self.stdout.write(
            f"{outcome.edition} 年版：新增 {len(outcome.added)}，变更 {len(outcome.changed)}，"
            f"停用 {len(outcome.removed)}，未变 {outcome.unchanged}。"
        )
