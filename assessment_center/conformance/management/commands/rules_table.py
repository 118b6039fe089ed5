"""Write the tables of docs/rules anew, or say which of them are out of date."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.conformance.tables import tables


class Command(BaseCommand):
    help = "Write the tables of rules, forms and reports, or check them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--out", type=Path, help="folder to write to (docs/rules)")
        parser.add_argument("--check", action="store_true", help="write nothing, fail when stale")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        folder: Path = options["out"] or settings.BASE_DIR / "docs" / "rules"
        made = tables()
        stale = sorted({*_changed(folder, made), *_left_over(folder, made)})
        if stale and not options["check"]:
            folder.mkdir(parents=True, exist_ok=True)
            for name in _left_over(folder, made):
                (folder / name).unlink()
            for name, text in made.items():
                (folder / name).write_text(text, encoding="utf-8")
        if options["json"]:
            self.stdout.write(json.dumps({"files": len(made), "changed": stale}))
        else:
            self.stdout.write(f"{len(made)} 个文件，{len(stale)} 个有变化")
        if stale and options["check"]:
            raise CommandError(f"已过期：{'、'.join(stale)}。请运行 manage.py rules_table。")


def _changed(folder: Path, made: dict[str, str]) -> list[str]:
    return [
        name
        for name, text in made.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]


def _left_over(folder: Path, made: dict[str, str]) -> list[str]:
    return [path.name for path in folder.glob("*.md") if path.name not in made]
