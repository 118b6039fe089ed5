"""Repeat a published draw: `python -m exams.rules.seating RECORD.json`; exit 1 where it differs."""

import json
import sys
from pathlib import Path

from exams.rules.seating.replay import faults


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m exams.rules.seating RECORD.json\n")
        return 2
    record = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    found = faults(record)
    told = found or [f"{len(record['seats'])} seats repeated: the record is true"]
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
