"""`make bench`: every benchmark, or one by name; one JSON line each, results under var/bench/.

A benchmark is a function that takes the seed and returns its figures. The instance and the
independent checker come from ../shared/bench where that folder stands; elsewhere the instance is
made here and the line says so.
"""

import importlib.util
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exams.rules.seating import Candidate, RoomShape, arrange
from tests.load.eligibility_10k import eligibility_10k
from tests.load.import_5k import import_5k
from tests.load.review_queue_10k import review_queue_10k
from tests.load.rush import rush_5s, rush_200

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench"
OUT = Path(os.environ.get("ASSESSMENT_VAR", ROOT / "var")) / "bench"


def _own_instance(n: int, seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    weights = [1 / (i + 1) for i in range(12)]
    papers = rng.choices([f"P{i:02d}" for i in range(12)], weights, k=n)
    people = [
        {"id": f"C{i:06d}", "paper": paper, "class": f"K{rng.randrange(n // 40 + 1):04d}"}
        for i, paper in enumerate(papers)
    ]
    rooms = [{"rows": 5, "columns": 6, "blocked": []} for _ in range(-(-n // 30))]
    return {"rooms": rooms, "candidates": people}


def _seating_instance(n: int, seed: int) -> tuple[dict[str, Any], bool]:
    path = SHARED / "seating_instance.py"
    if not path.exists():
        return _own_instance(n, seed), False
    spec = importlib.util.spec_from_file_location("seating_instance", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make(n, seed), True


def seating(name: str, n: int, seed: int) -> dict[str, Any]:
    """Solving one sitting; the floor is sorting the same candidates by a random key."""
    instance, shared = _seating_instance(n, seed)
    people = [Candidate(c["id"], c["paper"], c["class"]) for c in instance["candidates"]]
    shapes = [RoomShape(room["rows"], room["columns"]) for room in instance["rooms"]]
    start = time.perf_counter()
    plan = arrange(shapes, people, key=f"bench-{seed}")
    seconds = time.perf_counter() - start
    keys = random.Random(seed)
    start = time.perf_counter()
    sorted(people, key=lambda _each: keys.random())
    floor = time.perf_counter() - start
    rooms: list[dict[str, Any]] = [
        {"rows": 5, "columns": 6, "blocked": [], "seats": []} for _ in shapes
    ]
    base = min(seat.room for seat in plan.seats)
    for seat in plan.seats:
        place = {"row": seat.row, "column": seat.column, "candidate": seat.candidate.id}
        rooms[seat.room - base]["seats"].append(place)
    OUT.mkdir(parents=True, exist_ok=True)
    files = OUT / f"{name}.instance.json", OUT / f"{name}.result.json"
    files[0].write_text(json.dumps(instance))
    files[1].write_text(json.dumps({"rooms": rooms}))
    figures: dict[str, Any] = {
        "name": name,
        "n": n,
        "seconds": round(seconds, 3),
        "floor_seconds": round(floor, 4),
        "ratio": round(seconds / floor, 1),
        "instance": "shared" if shared else "own",
    }
    checker = SHARED / "seating_check.py"
    if checker.exists():
        done = subprocess.run(
            [sys.executable, str(checker), *map(str, files)],
            capture_output=True,
            text=True,
            check=False,
        )
        figures["violations"] = done.returncode
        figures["check"] = json.loads(done.stdout or "{}")
    return figures


BENCHMARKS: dict[str, Callable[[int], dict[str, Any]]] = {
    "seating_10k": lambda seed: seating("seating_10k", 10_000, seed),
    "seating_100k": lambda seed: seating("seating_100k", 100_000, seed),
    "import_5k": import_5k,
}
BENCHMARKS |= {
    "eligibility_10k": eligibility_10k,
    "review_queue_10k": review_queue_10k,
    "rush_5s": rush_5s,
    "rush_200": rush_200,
}


def main() -> int:
    wanted = [name for name in sys.argv[1:] if name] or list(BENCHMARKS)
    unknown = [name for name in wanted if name not in BENCHMARKS]
    if unknown:
        print(f"没有名为 {unknown[0]} 的基准；可选：{'、'.join(BENCHMARKS)}", file=sys.stderr)
        return 2
    seed = int(os.environ.get("BENCH_SEED") or 3)
    for name in wanted:
        figures = BENCHMARKS[name](seed)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**figures, "peak_mb": round(peak)}, ensure_ascii=False))
        if figures.get("violations"):
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
