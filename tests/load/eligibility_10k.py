"""`eligibility_10k`: 10,000 applications, each judged over all conditions of the rulebook.

The floor is the same prefetching query fully materialised: the applications with person, class
and staff record, their kinds of evidence and the certificates held. Ours reads it too and judges
every condition of every level and route. Median of five interleaved runs; at most three times the
floor, and under 400 MB at the peak.
"""

import resource
import statistics
import time
from typing import Any

from tests.load.applications import fill
from tests.load.database import scratch_database

N, RUNS = 10_000, 5
MOST_RATIO, MOST_MB = 3.0, 400


def eligibility_10k(seed: int, *, n: int = N, runs: int = RUNS) -> dict[str, Any]:
    """The figures; `violations` counts bounds broken and verdicts missing."""
    import time_machine

    with scratch_database():
        from tests.factories.candidates import NOW

        with time_machine.travel(NOW):
            return _measured(seed, n, runs)


def _measured(seed: int, n: int, runs: int) -> dict[str, Any]:
    from candidates.bench import Bench
    from candidates.bench_rows import gathered
    from tests.factories import candidates as c

    offering = c.make_open_offering()
    batch = offering.batch
    fill(offering, n, seed)
    ours, floors, conditions, judged = [], [], 0, 0
    for _run in range(runs):
        bench = Bench(batch)
        start = time.perf_counter()
        rows = list(gathered(bench.rows()))
        floors.append(time.perf_counter() - start)
        missing = n - len(rows)
        del rows
        start = time.perf_counter()
        bench = Bench(batch)
        conditions = judged = 0
        for _row, verdict in bench.whole(bench.rows()):
            judged += 1
            conditions += len(verdict.conditions)
        ours.append(time.perf_counter() - start)
    seconds, floor = statistics.median(ours), statistics.median(floors)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    broken = [seconds > MOST_RATIO * floor, peak >= MOST_MB, judged != n, missing != 0]
    return {
        "name": "eligibility_10k",
        "n": n,
        "conditions_judged": conditions,
        "seconds": round(seconds, 3),
        "floor_seconds": round(floor, 3),
        "ratio": round(seconds / floor, 2),
        "violations": sum(broken),
    }
