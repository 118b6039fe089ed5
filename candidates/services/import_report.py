"""What an import tells: counts, old and new values, remarks; the problems by row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assessment_center.spreadsheets import ImportOutcome
from candidates.services.sheet_plan import PlannedRow

SHOWN = 500


@dataclass(slots=True)
class ImportReport(ImportOutcome):
    """What a sheet would do or did: new, corrected and untouched applications, row by row.

    `changes` are old and new values; `remarks` hinder nothing (no photo, the candidate's own).
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    photos: int = 0
    changes: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[dict[str, Any]] = field(default_factory=list)

    def count(self, rows: Sequence[PlannedRow], pictures: Sequence[object]) -> None:
        """Take over what the plan would do."""
        self.new = sum(row.standing is None for row in rows)
        self.changed = sum(bool(row.changes) for row in rows)
        self.unchanged = len(rows) - self.new - self.changed
        self.photos = len(pictures)
        self.changes = [
            {
                "row": row.number,
                "who": row.values["name"],
                "header": change.header,
                "old": change.old,
                "new": change.new,
            }
            for row in rows
            for change in row.changes
        ][:SHOWN]
        told = [row for row in rows if row.remark]
        self.remarks = [
            {"row": row.number, "who": row.values["name"], "message": row.remark}
            for row in told[:SHOWN]
        ]
