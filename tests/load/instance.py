"""The seating instance, from ../shared/bench where that stands, and its independent checker."""

import importlib.util
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench"
PAPERS = 12


def make(n: int, seed: int) -> tuple[dict[str, Any], str]:
    """Candidates with paper and class, ⌈n/30⌉ rooms of 5 x 6; and where the instance is from."""
    path = SHARED / "seating_instance.py"
    if not path.exists():
        return _own(n, seed), "own"
    spec = importlib.util.spec_from_file_location("seating_instance", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make(n, seed), "shared"


def _own(n: int, seed: int) -> dict[str, Any]:
    rng = random.Random(seed)
    weights = [1 / (i + 1) for i in range(PAPERS)]
    papers = rng.choices([f"P{i:02d}" for i in range(PAPERS)], weights, k=n)
    people = [
        {"id": f"C{i:06d}", "paper": paper, "class": f"K{rng.randrange(n // 40 + 1):04d}"}
        for i, paper in enumerate(papers)
    ]
    rooms = [{"rows": 5, "columns": 6, "blocked": []} for _ in range(-(-n // 30))]
    return {"rooms": rooms, "candidates": people}


def checked(instance: dict[str, Any], plan: dict[str, Any], folder: Path, name: str) -> Any:
    """What the independent checker says of a plan; None where it does not stand."""
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / f"{name}.instance.json", folder / f"{name}.result.json"
    files[0].write_text(json.dumps(instance))
    files[1].write_text(json.dumps(plan))
    checker = SHARED / "seating_check.py"
    if not checker.exists():
        return None
    done = subprocess.run(
        [sys.executable, str(checker), *map(str, files)],
        capture_output=True,
        text=True,
        check=False,
    )
    return {"violations": done.returncode, **json.loads(done.stdout or "{}")}
