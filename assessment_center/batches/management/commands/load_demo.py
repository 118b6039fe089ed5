"""A demo centre with one batch carried through every stage and four others on their way."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.packaged import install_catalogue
from assessment_center.demo import Demo
from assessment_center.organization.selectors import active_centre
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.registry.entries import demo_steps
from assessment_center.rulebooks.selectors import current_version
from assessment_center.rulebooks.services import install_rulebooks

RULEBOOKS = ("chongqing", "henan", "shandong", "fujian", "jilin")


class Command(BaseCommand):
    help = "Load a demo centre."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rulebook", default="chongqing", choices=RULEBOOKS)
        parser.add_argument("--candidates", type=int, default=150, help="of the finished batch")
        parser.add_argument("--if-empty", action="store_true", help="do nothing at a live centre")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["candidates"] < 1:
            raise CommandError("考生人数至少为 1。")
        centre = active_centre()
        if centre is not None and options["if_empty"]:
            return
        if centre is not None and not AssessmentBatch.objects.filter(is_demo=True).exists():
            raise CommandError("这里已有真实的认定中心，不能装入演示数据。")
        try:
            with transaction.atomic():
                self._load(options["rulebook"], options["candidates"])
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused

    def _load(self, rulebook: str, candidates: int) -> None:
        install_rulebooks()
        version = current_version(rulebook)
        if AssessmentBatch.objects.filter(rulebook_version__code=rulebook, is_demo=True).exists():
            raise CommandError(f"{version.name}的演示数据已经装入。")
        if not Occupation.objects.exists():
            install_catalogue(actor=SYSTEM)
        demo = Demo(rulebook, candidates, lambda text: self.stdout.write(f"    {text}"))
        for key, step in demo_steps.items():
            started = monotonic()
            self.stdout.write(key)
            step(demo)
            self.stdout.write(f"    {monotonic() - started:.1f} s")
