"""States of archive items."""

from enum import StrEnum


class ItemStatus(StrEnum):
    FILED = "filed"
    DISPOSED = "disposed"


class VolumeStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
