"""`manage.py record_standard FILE`: record one edition of a standard from its TOML file.

The file names occupation (by code), job, edition, name, related_majors, hazardous, tables
`durations` and `ratios` by subject, and its own `[[conditions]]`, written as in a rulebook.
"""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessment_center.catalog.selectors import jobs_of, occupation_by_code
from assessment_center.catalog.services import record_standard
from assessment_center.registry import SYSTEM, RefusedError

OPTIONAL = ("durations", "ratios", "related_majors", "hazardous")


class Command(BaseCommand):
    help = "登记一个版本的职业标准及其申报条件（TOML 文件）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            standard = _record(tomllib.loads(options["file"].read_text(encoding="utf-8")))
        except (OSError, tomllib.TOMLDecodeError, RefusedError) as fault:
            raise CommandError(str(fault)) from fault
        except KeyError as missing:
            message = f"文件中缺少 {missing}"
            raise CommandError(message) from missing
        self.stdout.write(f"已登记：{standard}")


def _record(told: dict[str, Any]) -> Any:
    occupation = occupation_by_code(told["occupation"])
    job = None
    if name := told.get("job"):
        job = jobs_of(occupation).filter(name=name).first()
        if job is None:
            raise RefusedError(f"这个职业没有名为“{name}”的工种。")
    return record_standard(
        actor=SYSTEM,
        occupation=occupation,
        job=job,
        edition=told["edition"],
        name=told["name"],
        condition_set=told.get("conditions"),
        **{key: told[key] for key in OPTIONAL if key in told},
    )
