"""The text of an announcement, composed of what it must tell (PLAN-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """One project of the batch: what it is, how it is examined, what it costs, who may apply."""

    title: str
    method: str
    subjects: str
    fee: str
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnouncementFacts:
    """Everything a public announcement tells; an empty part may not be published."""

    offered: tuple[OfferedLine, ...]
    registration_period: str
    registration_place: str
    formalities: str
    exam_period: str
    exam_place: str
    contact: str
    examined: bool = True


PART_NAMES = {
    "offered": "认定项目",
    "registration_period": "报名时间",
    "registration_place": "报名地点",
    "formalities": "报名手续",
    "exam_period": "考试时间",
    "exam_place": "考试地点",
    "contact": "联系方式",
}


def missing_parts(facts: AnnouncementFacts) -> list[str]:
    """Names of the parts that are still empty, in the order of the text."""
    return [name for part, name in PART_NAMES.items() if not getattr(facts, part)]


def compose(facts: AnnouncementFacts) -> str:
    """Paragraphs under numbered headings, one per line."""
    parts = (
        ("认定项目", _offered(facts.offered)),
        ("申报条件", _conditions(facts.offered)),
        (
            "报名",
            [
                f"时间：{facts.registration_period}。",
                f"地点：{facts.registration_place}。",
                f"手续：{facts.formalities}。",
            ],
        ),
        (
            "考试" if facts.examined else "认定",
            [f"时间：{facts.exam_period}。", f"地点：{facts.exam_place}。"],
        ),
        ("联系方式", [f"{facts.contact}。"]),
    )
    lines: list[str] = []
    for numeral, (heading, body) in zip(NUMERALS, parts, strict=False):
        lines += [f"{numeral}、{heading}", *body]
    return "\n".join(lines)


def _offered(offered: Sequence[OfferedLine]) -> list[str]:
    return [
        f"{place}. {line.title}：{line.method}；科目：{line.subjects}；收费：{line.fee}。"
        for place, line in enumerate(offered, start=1)
    ]


def _conditions(offered: Sequence[OfferedLine]) -> list[str]:
    """Projects with the same conditions are told together."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for line in offered:
        groups.setdefault(line.conditions, []).append(line.title)
    lines = []
    for conditions, titles in groups.items():
        names = "、".join(titles)
        if not conditions:
            lines.append(f"{names}：按所报职业的评价标准执行。")
            continue
        lines.append(f"{names}，符合下列条件之一：")
        lines += [f"（{place}）{text}；" for place, text in enumerate(conditions, start=1)]
    return lines
