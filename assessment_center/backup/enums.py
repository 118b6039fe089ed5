"""What a run of the backup was."""

from enum import StrEnum


class RunKind(StrEnum):
    MANUAL = "manual"
    SCHEDULED = "scheduled"
    DRILL = "drill"
    RESTORE = "restore"
