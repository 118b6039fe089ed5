"""`make bench`: every benchmark, or one by name; one JSON line each, results under var/bench/.

A benchmark is a function that takes the seed and returns its figures. The instance and the
independent checker come from ../shared/bench where that folder stands; elsewhere the instance is
made here and the line says so.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.load.database import scratch_database
from tests.load.eligibility_10k import eligibility_10k
from tests.load.import_5k import import_5k
from tests.load.print_rooms import print_rooms_10k
from tests.load.review_queue_10k import review_queue_10k
from tests.load.rush import rush_5s, rush_200

ROOT = Path(__file__).resolve().parents[2]
OUT = Path(os.environ.get("ASSESSMENT_VAR", ROOT / "var")) / "bench"


def _seating(seed: int, *, name: str, n: int) -> dict[str, Any]:
    with scratch_database():
        from tests.load.seating import seating

        return seating(name, n, seed, OUT)


def _late(seed: int) -> dict[str, Any]:
    from tests.load.late import late

    return late(10_000, seed)


BENCHMARKS: dict[str, Callable[[int], dict[str, Any]]] = {
    "seating_10k": partial(_seating, name="seating_10k", n=10_000),
    "seating_100k": partial(_seating, name="seating_100k", n=100_000),
    "seating_late": _late,
    "import_5k": import_5k,
}
BENCHMARKS |= {
    "eligibility_10k": eligibility_10k,
    "print_rooms_10k": print_rooms_10k,
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
