"""`import_5k`: a department's sheet of 5,000 new students, judged, sealed and committed.

The floor is openpyxl reading the values of the same file; ours reads it too, judges every row
against the rulebook, seals the ID numbers, writes people, students, applications and the trail,
and ends after the commit. Median of five runs, each beside its floor.
"""

import io
import random
import statistics
import time
from pathlib import Path
from typing import Any

from tests.load.database import scratch_database

ROWS = 5_000
RUNS = 5
CLASSES = 125
GIVEN = "安博晨大恩方国海佳凯伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红飞鑫波斌宇浩轩子涵梓萱雨泽俊文嘉欣怡然思睿"


def import_5k(seed: int, *, rows: int = ROWS, runs: int = RUNS) -> dict[str, Any]:
    """The figures of the benchmark; `violations` counts what the database does not hold."""
    import time_machine

    with scratch_database():
        from tests.factories.candidates import NOW

        with time_machine.travel(NOW):
            return _measured(seed, rows, runs)


def _measured(seed: int, rows: int, runs: int) -> dict[str, Any]:
    from assessment_center.registry import SYSTEM
    from candidates.services.importing import import_sheet
    from tests.factories import candidates as c

    batch = c.make_open_offering().batch
    content = instance(seed, rows)
    _write_instance(content)
    ours, floors, missing = [], [], 0
    for _run in range(runs):
        start = time.perf_counter()
        read_values(content)
        floors.append(time.perf_counter() - start)
        start = time.perf_counter()
        report = import_sheet(actor=SYSTEM, batch=batch, content=content)
        ours.append(time.perf_counter() - start)
        missing += len(report.problems) + _missing(rows)
        _empty()
    seconds, floor = statistics.median(ours), statistics.median(floors)
    return {
        "name": "import_5k",
        "n": rows,
        "seconds": round(seconds, 3),
        "floor_seconds": round(floor, 3),
        "ratio": round(seconds / floor, 2),
        "violations": missing,
    }


def read_values(content: bytes) -> int:
    """Only what openpyxl needs to hand out the values; how many cells there were."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    cells = sum(len(row) for row in book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return cells


def instance(seed: int, rows: int) -> bytes:
    """A sheet as a department fills it: new students of 125 classes, every column that is theirs."""
    from tests.candidates.sheets import row_for, workbook
    from tests.factories import candidates as c
    from tests.factories import foundation as f

    rng = random.Random(seed)
    department = f.make_department()
    for number in range(CLASSES):
        f.make_class(department, f"机电{number:03d}班", major=c.MAJOR)
    return workbook([row_for(1, **_student(number, rng)) for number in range(rows)])


def _student(number: int, rng: random.Random) -> dict[str, Any]:
    from tests.factories import foundation as f

    birth = f"{2004 + number // 6000}{1 + number // 500 % 12:02d}{1 + number // 25 % 20:02d}"
    surname, given = rng.choice("赵钱孙李周吴郑王冯陈"), rng.choices(GIVEN, k=2)
    return {
        "姓名": surname + "".join(given),
        "证件号码": f.id_number(number % 25 * 8 + 1, birth=birth),
        "手机号码": f"138{rng.randrange(10**8):08d}",
        "学号": f"2023{number:06d}",
        "班级": f"机电{number % CLASSES:03d}班",
        "工作单位": None,
        "从事本职业起始日期": None,
    }


def _missing(rows: int) -> int:
    """What should stand in the database after one run and does not."""
    from assessment_center.people.models import Person, StudentRecord
    from candidates.models import Application

    held = (Application.objects.count(), StudentRecord.objects.count(), Person.objects.count())
    return sum(abs(rows - count) for count in held)


def _empty() -> None:
    """Take the rows out again, so that every run finds the same database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE candidates_application, people_studentrecord, people_person CASCADE"
        )


def _write_instance(content: bytes) -> None:
    from tests.load.__main__ import OUT

    OUT.mkdir(parents=True, exist_ok=True)
    Path(OUT / "import_5k.instance.xlsx").write_bytes(content)
