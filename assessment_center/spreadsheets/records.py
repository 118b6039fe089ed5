"""Workbooks that bring a register to what they say: judged first, shown, then written as a whole.

Every row is new, unchanged, or changes something known; then the old and the new value are told
before anything is written. One problem, and nothing is written. A file imported twice changes
nothing the second time.
"""

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessment_center.registry import Actor, RefusedError
from assessment_center.spreadsheets.cells import parse
from assessment_center.spreadsheets.columns import SheetSpec
from assessment_center.spreadsheets.importing import ImportOutcome, RowProblem, read_or_refuse
from assessment_center.spreadsheets.outcomes import CellError, ReadResult, Row
from assessment_center.spreadsheets.problems import CellProblem
from assessment_center.spreadsheets.reader import accepted

SHOWN_CHANGES = 500
Progress = Callable[[int, int, str], None]


class RowFaultError(Exception):
    """Why a row cannot be taken; `header` names the column. The message holds no ID number."""

    def __init__(self, header: str, message: object) -> None:
        self.header = header
        self.message = str(message)
        super().__init__(self.message)


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a row would change."""

    header: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row would do: to whom or what, and `write` that does it (None: nothing to do)."""

    number: int
    who: str
    standing: Literal["new", "unchanged", "changed"]
    changes: tuple[Change, ...] = ()
    write: Callable[[], object] | None = None


class SheetJudge(ABC):
    """Judges the rows of one sheet one after another, and writes what was judged.

    `rules` is the office's rulebook, or None where it has not been chosen. `headers` are the
    columns' headers by their keys.
    """

    def __init__(self, actor: Actor, spec: SheetSpec, rules: Any) -> None:
        self.actor = actor
        self.rules = rules
        self.headers = {column.key: column.header for column in spec.columns}

    @abstractmethod
    def prepare(self, rows: Sequence[Row]) -> None:
        """Read what is known of these rows, in few queries."""

    @abstractmethod
    def judge(self, row: Row) -> PlannedRow:
        """What the row would do; raises `RowFaultError`, or the `RefusedError` of a rule."""

    def write(self, rows: Sequence[PlannedRow]) -> None:
        """Do what was judged, in the order of the rows."""
        for row in rows:
            if row.write is not None:
                row.write()

    def compare(self, old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
        """The values that differ, by column key; an empty new value leaves the old one."""
        return tuple(
            Change(self.headers[key], _shown(old[key]), _shown(value))
            for key, value in new.items()
            if value not in (None, "") and old[key] != value
        )


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """A sheet of the guide: `spec(rules)` with the choices of now, and who judges its rows."""

    spec: Callable[[Any], SheetSpec]
    judge: Callable[[Actor, SheetSpec, Any], SheetJudge]
    limit_rows: int = 10_000


@dataclass(slots=True)
class RecordOutcome(ImportOutcome):
    """How many rows are new, change something or change nothing, and what would change."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    changes: list[dict[str, Any]] = field(default_factory=list)
    fingerprint: str = ""

    @property
    def writes(self) -> bool:
        return bool(self.new or self.changed)


def silent(_done: int, _total: int, _message: str) -> None:
    """Nobody watches."""


def preview(
    *, actor: Actor, sheet: RecordSheet, content: bytes, rules: Any, progress: Progress = silent
) -> RecordOutcome:
    """What the file would do; nothing is written. Raises `RefusedError` for an unfit file."""
    spec = sheet.spec(rules)
    found = read_or_refuse(content, spec, limit_rows=sheet.limit_rows)
    return _judged(sheet.judge(actor, spec, rules), found, progress)[0]


@transaction.atomic
def settle(
    *,
    actor: Actor,
    key: str,
    sheet: RecordSheet,
    content: bytes,
    rules: Any,
    seen: str,
    progress: Progress = silent,
) -> RecordOutcome:
    """Write a file that was previewed, all or nothing; imports of one `key` wait for each other.

    `seen` is the fingerprint of what was shown: where the register has changed since, so that the
    file would now do something else, it is refused and must be looked at again.
    """
    _lock(key)
    spec = sheet.spec(rules)
    found = read_or_refuse(content, spec, limit_rows=sheet.limit_rows)
    judge = sheet.judge(actor, spec, rules)
    outcome, rows = _judged(judge, found, progress)
    if not outcome.ok:
        return outcome
    if outcome.fingerprint != seen:
        raise RefusedError(_("预览之后，库中的内容有了变化。"), remedy=_("请重新上传并核对一遍。"))
    progress(0, outcome.rows, _("正在写入"))
    judge.write(rows)
    outcome.written = True
    return outcome


@transaction.atomic
def enter(
    *, actor: Actor, key: str, sheet: RecordSheet, cells: dict[str, str], rules: Any, seen: str
) -> RecordOutcome:
    """One record typed by hand (texts by column key), judged as a row of the sheet is.

    Written at once when it is new; what changes something known only when `seen` is the fingerprint
    of the changes that were shown.
    """
    _lock(key)
    spec = sheet.spec(rules)
    judge = sheet.judge(actor, spec, rules)
    outcome, rows = _judged(judge, _typed(cells, spec), silent)
    if outcome.ok and (not outcome.changed or outcome.fingerprint == seen):
        judge.write(rows)
        outcome.written = outcome.writes
    return outcome


def _typed(cells: dict[str, str], spec: SheetSpec) -> ReadResult:
    """The texts of a form as a sheet of one row; its errors have no cell but a header."""
    result = ReadResult()
    values: dict[str, Any] = {}
    for column in spec.columns:
        text = cells.get(column.key, "").strip()
        try:
            values[column.key] = accepted(parse(text, column), column) if text else None
        except CellProblem as problem:
            result.errors.append(CellError(1, "", column.header, str(problem)))
        if not text and column.required:
            result.errors.append(CellError(1, "", column.header, _("必填，不能为空")))
    if not result.errors:
        result.rows.append(Row(1, values))
    return result


def _lock(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"record-sheet:{key}"]
        )


def _judged(
    judge: SheetJudge, found: ReadResult, progress: Progress
) -> tuple[RecordOutcome, list[PlannedRow]]:
    outcome = RecordOutcome()
    outcome.begin(found)
    progress(0, outcome.rows, _("正在核对"))
    judge.prepare(found.rows)
    rows: list[PlannedRow] = []
    problems: list[RowProblem] = []
    for row in found.rows:
        try:
            rows.append(judge.judge(row))
        except RowFaultError as fault:
            problems.append(RowProblem(row.number, fault.header, fault.message))
        except RefusedError as refused:
            problems.append(RowProblem(row.number, "", str(refused)))
    outcome.add(problems)
    _count(outcome, rows)
    return outcome, rows


def _count(outcome: RecordOutcome, rows: Sequence[PlannedRow]) -> None:
    standings = [row.standing for row in rows]
    outcome.new = standings.count("new")
    outcome.changed = standings.count("changed")
    outcome.unchanged = standings.count("unchanged")
    told = [
        {"row": row.number, "who": row.who, "header": one.header, "old": one.old, "new": one.new}
        for row in rows
        for one in row.changes
    ]
    outcome.changes = told[:SHOWN_CHANGES]
    sums = [[row.number, row.standing] for row in rows]
    text = json.dumps([sums, told], ensure_ascii=False)
    outcome.fingerprint = hashlib.sha256(text.encode()).hexdigest()


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if value in (None, ""):
        return _("（空）")
    return str(value)
