"""No code outside the rulebooks names a province: not its name, not its spelling, not its code.

Programs, templates and scripts are read whole, comments and texts too. What may name one stands
in `ALLOWED` with its reason; a line there that is no longer needed fails as well.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment_center.rulebooks import CODES, load

ROOT = Path(__file__).resolve().parents[2]
PARTS = (
    "assessment_center", "candidates", "questionbank", "exams", "scoring", "certificates",
    "archives", "templates", "static",
)  # fmt: skip
KINDS = {".py", ".html", ".js", ".css", ".txt", ".svg"}
CHINESE = [
    "北京",
    "天津",
    "河北",
    "山西",
    "内蒙古",
    "辽宁",
    "吉林",
    "黑龙江",
    "上海",
    "江苏",
    "浙江",
    "安徽",
    "福建",
    "江西",
    "山东",
    "河南",
    "湖北",
    "湖南",
    "广东",
    "广西",
    "海南",
    "重庆",
    "四川",
    "贵州",
    "云南",
    "西藏",
    "陕西",
    "甘肃",
    "青海",
    "宁夏",
    "新疆",
    "渝",
    "闽",
]
PINYIN = [
    "beijing",
    "tianjin",
    "hebei",
    "shanxi",
    "neimenggu",
    "liaoning",
    "jilin",
    "heilongjiang",
    "shanghai",
    "jiangsu",
    "zhejiang",
    "anhui",
    "fujian",
    "jiangxi",
    "shandong",
    "henan",
    "hubei",
    "hunan",
    "guangdong",
    "guangxi",
    "hainan",
    "chongqing",
    "sichuan",
    "guizhou",
    "yunnan",
    "xizang",
    "shaanxi",
    "gansu",
    "qinghai",
    "ningxia",
    "xinjiang",
]
SHORTS = {load(code).identity.short for code in CODES}
ALLOWED = {
    "assessment_center/batches/management/commands/load_demo.py": "the demo chooses a rulebook",
}
NAMED = re.compile(
    "|".join((*CHINESE, *(rf"(?<![a-z]){name}(?![a-z])" for name in PINYIN))), re.IGNORECASE
)
ZONE = re.compile(r"Asia/Shanghai|北京时间")


def sources() -> Iterator[Path]:
    for part in PARTS:
        for path in sorted((ROOT / part).rglob("*")):
            if path.suffix not in KINDS or "data" in path.parts:
                continue
            if path.is_relative_to(ROOT / "assessment_center" / "rulebooks"):
                continue
            yield path


SOURCES = list(sources())


def named_in(text: str) -> list[str]:
    """The provinces a text names; the time zone of the whole country is none."""
    return sorted({found.lower() for found in NAMED.findall(ZONE.sub("", text))})


def codes_in(text: str) -> list[str]:
    """Short codes of rulebooks that stand as a string of their own in a program."""
    constants = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return sorted({str(each.value) for each in constants if each.value in SHORTS})


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_code_names_a_province(path: Path) -> None:
    place, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    found = named_in(text) + (codes_in(text) if path.suffix == ".py" else [])
    if place in ALLOWED:
        assert found, f"{place} names no province any more: take it off the list"
    else:
        assert found == []


def test_every_exception_is_a_file() -> None:
    assert set(ALLOWED) <= {str(path.relative_to(ROOT)) for path in SOURCES}


@pytest.mark.parametrize(
    "text",
    [
        'if code == "henan":',
        "<p>福建省</p>",
        "# only in Jilin",
        "province = 'Chongqing'",
        "渝化职院",
    ],
)
def test_a_name_is_noticed(text: str) -> None:
    assert named_in(text)


def test_a_short_code_is_noticed_and_a_word_is_not() -> None:
    assert codes_in('if rules.identity.short == "HN":\n    pass') == ["HN"]
    assert codes_in('a = "HNO3"') == []
    assert named_in("TIME_ZONE = 'Asia/Shanghai'  # shanghais nobody") == []


def test_no_code_asks_a_rulebook_for_its_name() -> None:
    """What tells rulebooks apart is never compared with a text, whatever the text."""
    asked = []
    for path in SOURCES:
        if path.suffix != ".py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                sides = [node.left, *node.comparators]
                if any(_tells_apart(side) for side in sides) and any(map(_is_text, sides)):
                    asked.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert asked == []


def _is_text(node: ast.expr) -> bool:
    parts = node.elts if isinstance(node, ast.Tuple | ast.Set | ast.List) else [node]
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) for part in parts)


def _tells_apart(node: ast.expr) -> bool:
    """`….identity.code`, `….identity.short`, `….rules.code`, `….rulebook_version.code`."""
    if not isinstance(node, ast.Attribute) or node.attr not in {"code", "short", "name"}:
        return False
    owner = node.value
    named = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    return named in {"identity", "rules", "rulebook", "rulebook_version"}
