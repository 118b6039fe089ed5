"""What a setting can hold beyond its type: least and most of numbers, levels that exist.

Wide on purpose: they catch a slip of the hand, the office's own judgement stays free.
"""

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

DAY_MINUTES = 24 * 60
BOUNDS: tuple[tuple[re.Pattern[str], float, float], ...] = tuple(
    (re.compile(pattern), least, most)
    for pattern, least, most in (
        (r"^full_score$", 1, 1000),
        (r"^filing_pass_score$", 0, 1000),
        (r"_min_level$", 1, 5),
        (r"^qualification_exam_parts$", 1, 2),
        (r"^t_|^end_reminder_min$", -DAY_MINUTES, DAY_MINUTES),
        (r"^paper_pickup_earliest$|^computer_import_earliest$", -DAY_MINUTES, 0),
        (r"^familiarisation_day$", -60, 0),
        (r"workdays", 0, 365),
        (r"days(_before)?$", 0, 3650),
        (r"months$", 0, 600),
        (r"_years$|^early_years$|_age$", 0, 100),
        (r"^expense_cap|^paper_overlap_max$|coverage$|^adjust_max$", 0, 1),
        (r"^classification_edition$", 1999, 2100),
        (r"_min$|_minutes$", 0, 100_000),
    )
)
ANY = (0, 1_000_000)
LEVELS = re.compile(r"(^|_)levels$")
KNOWN_LEVELS = range(1, 6)
SCORES = frozenset(
    {
        "pass_score",
        "qualification_exam_pass",
        "absent_score",
        "cheat_score",
        "appraisal_bands",
        "grade_bands",
    }
)


def fault_of(key: str, value: Any, full_score: int) -> str:
    """Return in Chinese what is wrong with a value of the right type; empty for nothing."""
    numbers = list(_numbers(value))
    if LEVELS.search(key):
        wrong = [n for n in numbers if n not in KNOWN_LEVELS]
        return f"等级只有一级至五级，没有 {wrong[0]:g}" if wrong else ""
    least, most = (0, full_score) if key in SCORES else bounds(key)
    outside = [n for n in numbers if not least <= n <= most]
    if outside:
        return f"应在 {least:g} 至 {most:g} 之间，现为 {outside[0]:g}"
    if isinstance(value, tuple) and key.endswith(("_before", "_months")) and value[0] > value[1]:
        return f"前一个数不能大于后一个数，现为 {value[0]:g} 和 {value[1]:g}"
    if isinstance(value, str) and not value.strip():
        return "不能为空"
    return ""


def bounds(key: str) -> tuple[float, float]:
    """Return the least and the most a number of this setting may be."""
    return next(((low, high) for pattern, low, high in BOUNDS if pattern.search(key)), ANY)


def _numbers(value: Any) -> Iterator[float]:
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield value
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from _numbers(getattr(value, each.name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _numbers(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _numbers(each)
