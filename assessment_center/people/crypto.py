"""Sealing of personal data, as the people's part uses it."""

from assessment_center.sealing import (
    SealBrokenError,
    current_key_id,
    lookup,
    lookups,
    needs_rotation,
    open_value,
    reseal,
    seal_value,
)

__all__ = [
    "SealBrokenError",
    "current_key_id",
    "lookup",
    "lookups",
    "needs_rotation",
    "open_value",
    "reseal",
    "seal_value",
]
