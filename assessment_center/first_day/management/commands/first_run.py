"""The code with which the first account of an empty installation is opened."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from assessment_center.first_day.services import opening_code
from assessment_center.registry import RefusedError


class Command(BaseCommand):
    help = "Print the address and the code of the first account, while nobody is registered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            code = opening_code()
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        address = settings.SITE_URL + reverse("first_day:begin")
        if options["json"]:
            self.stdout.write(json.dumps({"address": address, "code": code}))
            return
        self.stdout.write(f"首次启用：打开 {address}")
        self.stdout.write(f"首次启用码：{code}（开通第一个账号后失效）")
