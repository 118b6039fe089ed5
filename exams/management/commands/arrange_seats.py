"""Seat all theory sittings of a batch; export instance and result for an independent checker."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import batch_by_code
from assessment_center.registry import SYSTEM, RefusedError
from exams.models import Sitting
from exams.selectors import sittings_of
from exams.services import arrange_seats
from exams.services.seating_task import Task, task_of


class Command(BaseCommand):
    help = "Arrange the seats of all theory sittings of a batch."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("batch", help="code of the batch")
        parser.add_argument("--draw-key", help="the key of the draw; without it one is made")
        parser.add_argument("--export", type=Path, metavar="DIR", help="write instance and result")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            batch = batch_by_code(options["batch"])
            told = _arrange(batch, options["draw_key"], options["export"])
        except RefusedError as refused:
            raise CommandError(str(refused)) from refused
        except OSError as fault:
            message = f"无法写入导出文件夹：{fault}"
            raise CommandError(message) from fault
        if options["json"]:
            print(json.dumps({"batch": batch.code, "sittings": told}, ensure_ascii=False))
            return
        for each in told:
            print(
                f"{each['sitting']}：{each['seats']} 个座位，同卷相邻 {each['pairs']}"
                f"（下界 {each['bound_pairs']}），斜邻 {each['diagonal']}"
                f"（下界 {each['bound_diagonal']}），同班相邻 {each['same_class']}"
            )


@transaction.atomic
def _arrange(
    batch: AssessmentBatch, draw_key: str | None, folder: Path | None
) -> list[dict[str, Any]]:
    """All sittings or none, as one piece of work."""
    sittings = list(sittings_of(batch).filter(subject_code="theory"))
    if not sittings:
        raise RefusedError("这个批次还没有理论考试场次。", remedy="请先安排时间和考场。")
    told = []
    for sitting in sittings:
        done = arrange_seats(actor=SYSTEM, sitting=sitting, draw_key=draw_key)
        if folder:
            _export(done, folder)
        told.append({"sitting": done.slug, **done.quality, "sha256": done.draw_commitment})
    return told


def _export(sitting: Sitting, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    task = task_of(sitting)
    instance, result = _instance(task), _result(sitting, task)
    for kind, content in (("instance", instance), ("result", result)):
        path = folder / f"{sitting.slug}.{kind}.json"
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def _rooms(task: Task) -> list[dict[str, Any]]:
    return [
        {
            "rows": shape.rows,
            "columns": shape.columns,
            "blocked": sorted(list(place) for place in shape.blocked),
        }
        for shape in task.shapes
    ]


def _instance(task: Task) -> dict[str, Any]:
    """A candidate without a class is a class of his own."""
    return {
        "rooms": _rooms(task),
        "candidates": [
            {"id": each.id, "paper": each.paper, "class": each.group or each.id}
            for each in task.candidates
        ],
    }


def _result(sitting: Sitting, task: Task) -> dict[str, Any]:
    rooms = _rooms(task)
    index = {room.pk: at for at, room in enumerate(task.rooms)}
    names = {each.pk: key for key, each in task.applications.items()}
    for room in rooms:
        room["seats"] = []
    for seat in sitting.seats.order_by("sitting_room__number", "seat_number"):
        rooms[index[seat.sitting_room_id]]["seats"].append(
            {"row": seat.row, "column": seat.column, "candidate": names[seat.application_id]}
        )
    return {"rooms": rooms}
