"""Rotate the keys under which personal data lie; may be broken off and run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment_center.people import rotation
from assessment_center.registry import RefusedError


class Command(BaseCommand):
    help = "Make new keys for personal data, renew everything sealed, retire the old keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=rotation.BATCH, help="rows a transaction")
        parser.add_argument(
            "--grace", type=float, default=10.0, help="seconds that other processes get to follow"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            rotation.rotate(say=self.stdout.write, batch=options["batch"], grace=options["grace"])
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
