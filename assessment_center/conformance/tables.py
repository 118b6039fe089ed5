"""The tables of docs/rules: every rule, form and report, and what keeps or prints it.

Generated, so that what the documents say is what the program declares; a test compares them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from assessment_center.conformance import matrix
from assessment_center.conformance.coverage import form_rows, rule_rows
from assessment_center.conformance.declarations import Kept, checks
from assessment_center.registry.language import in_chinese

WORDS = {
    Kept.ENFORCED: "系统保证",
    Kept.CHECKED: "系统核对",
    Kept.MANUAL: "人工确认",
    Kept.NOT_APPLICABLE: "不适用",
    Kept.OPEN: "未定",
}
NOTE = "本目录由 `manage.py rules_table` 生成，请勿手改。"
KINDS = (
    "每条规则的落实方式：系统保证（违反的操作做不成，列出的测试会去尝试）、系统核对（逐批次检查"
    "记录）、人工确认（由列名的人签认）、不适用（说明理由）、未定（尚未办到）。"
)


@in_chinese
def tables() -> dict[str, str]:
    """The files of the folder by name."""
    rows = rule_rows()
    files = {"README.md": _index(rows), "forms.md": _forms()}
    numbers = {row.id: row.area for row in matrix.rows()}
    for number, found in groupby(rows, key=lambda row: numbers[row["rule"]]):
        files[f"area-{number:02d}.md"] = _area(number, list(found))
    return files


def _index(rows: list[dict[str, Any]]) -> str:
    counted = Counter(row["kept"] for row in rows)
    lines = [
        "# 规则落实情况",
        "",
        NOTE,
        "",
        KINDS,
        "",
        *_table(
            ("方面", "规则", *WORDS.values()),
            [*_index_rows(rows), ("**合计**", len(rows), *(counted[kept] for kept in WORDS))],
        ),
        "",
        "表单和报表见 [forms.md](forms.md)。",
    ]
    return _text(lines)


def _index_rows(rows: list[dict[str, Any]]) -> Iterator[tuple[object, ...]]:
    by_area: dict[str, list[str]] = {}
    for row in rows:
        by_area.setdefault(row["area"], []).append(row["kept"])
    for number, name in matrix.areas().items():
        kept = Counter(by_area.get(name, []))
        link = f"[{number} {name}](area-{number:02d}.md)"
        yield (link, kept.total(), *(kept[each] or "" for each in WORDS))


def _area(number: int, rows: list[dict[str, Any]]) -> str:
    name = matrix.areas()[number]
    lines = [f"# {number} {name}", "", NOTE, ""]
    return _text(
        [*lines, *_table(("编号", "规则", "落实", "办法", "程序", "测试"), map(_cells, rows))]
    )


def _cells(row: Mapping[str, Any]) -> tuple[object, ...]:
    code = "<br>".join(f"`{place}`" for place in _places(row["rule"]))
    tests = "<br>".join(f"`{test}`" for test in row["tests"])
    return (row["rule"], row["title"], WORDS[Kept(row["kept"])], row["note"], code, tests)


def _places(rule: str) -> list[str]:
    """The functions that check a rule."""
    return sorted(f"{each.look.__module__}.{each.look.__name__}" for each in checks.get(rule, []))


def _forms() -> str:
    rows = form_rows()
    counted = Counter(row["status"] for row in rows)
    words = {"document": "打印件", "reason": "另有办法", "open": "未定"}
    told = "，".join(f"{label} {counted[status]}" for status, label in words.items())
    shown = [
        (row["code"], row["name"], words[row["status"]], row["document"] or row["reason"])
        for row in rows
    ]
    lines = ["# 表单和报表", "", NOTE, "", f"共 {len(rows)} 种：{told}。", ""]
    return _text([*lines, *_table(("编号", "名称", "落实", "打印件或办法"), shown)])


def _table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    titles = list(head)
    yield _line(titles)
    yield _line(["---"] * len(titles))
    yield from map(_line, rows)


def _line(cells: Iterable[object]) -> str:
    return (
        "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
    )


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
