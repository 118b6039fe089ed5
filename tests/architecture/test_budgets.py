"""The budgets of the style guide: how long a file and a function may be."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "assessment_center",
    "candidates",
    "exams",
    "questionbank",
    "scoring",
    "certificates",
    "archives",
)
FILES = [
    path
    for package in PACKAGES
    for path in sorted((ROOT / package).rglob("*.py"))
    if "migrations" not in path.parts
]


def _code_lines(path: Path) -> int:
    """Lines without docstrings."""
    text = path.read_text()
    tree = ast.parse(text)
    dropped = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                dropped += (first.end_lineno or first.lineno) - first.lineno + 1
    return len(text.splitlines()) - dropped


def _functions(path: Path) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            start = node.body[0]
            doc = 0
            if isinstance(start, ast.Expr) and isinstance(start.value, ast.Constant):
                doc = (start.end_lineno or start.lineno) - start.lineno + 1
            length = (node.end_lineno or node.lineno) - node.lineno + 1 - doc
            found.append((f"{path.relative_to(ROOT)}:{node.name}", length))
    return found


def _percentile(values: list[int], share: float) -> int:
    return sorted(values)[int(len(values) * share)]


def test_files_stay_short() -> None:
    lines = {str(path.relative_to(ROOT)): _code_lines(path) for path in FILES}
    sizes = [size for size in lines.values() if size > 1]
    assert {name: size for name, size in lines.items() if size > 400} == {}
    assert statistics.median(sizes) <= 80
    assert _percentile(sizes, 0.9) <= 220


def test_functions_stay_short() -> None:
    functions = [entry for path in FILES for entry in _functions(path)]
    assert [entry for entry in functions if entry[1] > 45] == []
    assert _percentile([length for _name, length in functions], 0.9) <= 20


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_left_unfinished(path: Path) -> None:
    text = path.read_text()
    for mark in ("TO" + "DO", "FIX" + "ME", "X" * 3, "raise NotImplemented" + "Error"):
        assert mark not in text
