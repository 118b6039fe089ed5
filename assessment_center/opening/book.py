"""All sheets of a declaration together, as the kinds see them."""

import hashlib
from collections.abc import Iterator
from functools import cached_property

from assessment_center.opening import keeping
from assessment_center.opening.models import OpeningDeclaration, OpeningSheet
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import SubjectRef
from assessment_center.registry.entries import OpeningBalance, opening_balances
from assessment_center.spreadsheets import Row


class OpeningBook:
    """The rows by kind; a kind without a sheet has none."""

    def __init__(self, declaration: OpeningDeclaration) -> None:
        self.declaration = declaration
        self._rows: dict[str, list[Row]] = {}

    @property
    def centre(self) -> AssessmentCentre:
        return self.declaration.centre

    @property
    def ref(self) -> SubjectRef:
        return self.declaration.ref

    @cached_property
    def sheets(self) -> dict[str, OpeningSheet]:
        return {sheet.kind: sheet for sheet in self.declaration.sheets.all()}

    def rows(self, key: str) -> list[Row]:
        """The rows of one kind, opened once."""
        if key not in self._rows:
            sheet, kind = self.sheets.get(key), opening_balances.get(key)
            known = sheet is not None and kind is not None
            self._rows[key] = keeping.open_rows(sheet, kind.sheet) if known else []  # type: ignore[union-attr, arg-type]
        return self._rows[key]

    def digest(self) -> str:
        """64 hexadecimal digits over how it begins and every kind, its rows and its file."""
        lines = [self.declaration.kind]
        for key, sheet in sorted(self.sheets.items()):
            lines.append(f"{key}\t{sheet.count}\t{sheet.digest}")
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def kinds_of(centre: AssessmentCentre) -> Iterator[OpeningBalance]:
    """The kinds that the centre's rulebooks know, in their order."""
    return (kind for kind in opening_balances if kind.applies(centre))
