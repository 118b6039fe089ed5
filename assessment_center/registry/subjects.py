"""One way to point at a record of any app without importing it."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SubjectRef:
    """`kind` is `app_label.modelname`; `uuid` the record's primary key."""

    kind: str
    uuid: UUID

    def __str__(self) -> str:
        return f"{self.kind}:{self.uuid}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read back `str(ref)`; raises `ValueError` on anything else."""
        kind, _, raw = text.partition(":")
        return cls(kind, UUID(raw))
