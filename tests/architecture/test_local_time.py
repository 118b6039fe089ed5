"""Moments are kept in UTC: what is shown of one is first put into the office's time."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
APPS = (
    "assessment_center",
    "archives",
    "candidates",
    "certificates",
    "exams",
    "questionbank",
    "scoring",
)
NAKED = re.compile(r"\{[\w.]+_at:%|_at\.date\(\)|_at\.strftime\(|\.format\([\w.]+_at\)")


def test_no_moment_is_written_out_in_utc() -> None:
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        if NAKED.search(line)
    ]
    assert found == []
