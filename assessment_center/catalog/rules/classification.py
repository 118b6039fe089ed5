"""The national classification as a list: what a line says, and how two editions differ."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

CODE_PATTERN = r"^\d-\d{2}-\d{2}-\d{2}$"
COLUMNS = ("code", "tier", "name")
OCCUPATION_TIER = 4
TIERS = frozenset("1234")
MARKS = frozenset("LS")
MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """One occupation; `group` is the smallest group that the list has for it."""

    code: str
    name: str
    group_code: str = ""
    group_name: str = ""
    is_green: bool = False
    is_digital: bool = False


@dataclass(slots=True)
class Classification:
    """Entries by code, and what is wrong with the list as (line number, message)."""

    entries: dict[str, Entry] = field(default_factory=dict)
    errors: list[tuple[int, str]] = field(default_factory=list)


def missing_columns(header: Iterable[str]) -> list[str]:
    present = set(header)
    return [column for column in COLUMNS if column not in present]


def parse(lines: Iterable[Mapping[str, str | None]]) -> Classification:
    """Read lines of `code,tier,name[,marks]`; the first line after the header is number 2."""
    found = Classification()
    groups: dict[str, str] = {}
    rows: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(lines, start=2):
        code, tier, name, marks = (
            (line.get(key) or "").strip() for key in ("code", "tier", "name", "marks")
        )
        if problem := _problem(code, tier, name, marks):
            found.errors.append((number, problem))
        elif code in rows or code in groups:
            found.errors.append((number, f"编码 {code} 重复出现"))
        elif int(tier) == OCCUPATION_TIER:
            rows[code] = (name, marks)
        else:
            groups[code] = name
    found.entries = {code: _entry(code, *row, groups) for code, row in rows.items()}
    return found


def _problem(code: str, tier: str, name: str, marks: str) -> str:
    if not re.fullmatch(CODE_PATTERN, code):
        return f"编码“{code[:20]}”不是 6-31-01-03 的样式"
    if tier not in TIERS:
        return f"层级“{tier[:20]}”应为 1 至 4"
    if not 0 < len(name) <= MAX_NAME:
        return f"名称应为 1 至 {MAX_NAME} 个字"
    if set(marks) - MARKS:
        return f"标记“{marks[:20]}”只能是 L、S"
    return ""


def _entry(code: str, name: str, marks: str, groups: Mapping[str, str]) -> Entry:
    group = next((c for c in (f"{code[:8]}00", f"{code[:5]}00-00") if c in groups), "")
    return Entry(code, name, group, groups.get(group, ""), "L" in marks, "S" in marks)
