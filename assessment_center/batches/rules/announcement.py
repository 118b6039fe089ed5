"""The text of an announcement, composed of what it must tell (PLAN-03)."""

from collections.abc import Mapping, Sequence
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
    standard: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncementFacts:
    """Everything a public announcement tells; an empty part may not be published.

    `audience` is who may apply, `fee_basis` the documents the fees rest on, `category` what sort
    of examination it is where that matters. `special`: one ability is examined, without levels.
    """

    offered: tuple[OfferedLine, ...]
    registration_period: str
    registration_place: str
    formalities: str
    exam_period: str
    exam_place: str
    contact: str
    examined: bool = True
    materials: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    audience: str = ""
    fee_basis: tuple[str, ...] = ()
    category: str = ""
    special: bool = False


# Without these there is nothing to announce, whatever a rulebook asks for besides.
CORE = (
    "offered",
    "registration_period",
    "registration_place",
    "formalities",
    "exam_period",
    "exam_place",
    "contact",
)
PART_NAMES = {
    "offered": "认定项目",
    "standard": "评价标准",
    "method": "评价方式",
    "subjects": "科目",
    "fee": "收费项目和标准",
    "audience": "报名对象",
    "conditions": "申报条件",
    "materials": "申报材料",
    "registration_period": "报名时间",
    "registration_place": "报名地点",
    "formalities": "报名手续",
    "exam_period": "考试时间",
    "exam_place": "考试地点",
    "notes": "注意事项",
    "contact": "联系方式",
}
# What every project of the batch tells of itself.
OF_A_LINE = ("standard", "method", "subjects", "fee")


def missing_parts(facts: AnnouncementFacts, wanted: Sequence[str] = ()) -> list[str]:
    """Keys of the parts still empty, in the order of the text; `wanted` are the rulebook's."""
    asked = {*CORE, *wanted}
    return [part for part in PART_NAMES if part in asked and not _told(facts, part)]


def _told(facts: AnnouncementFacts, part: str) -> bool:
    if part in OF_A_LINE:
        return bool(facts.offered) and all(getattr(line, part) for line in facts.offered)
    if part == "conditions":  # a project without conditions names its standard instead
        return bool(facts.offered)
    return bool(getattr(facts, part))


def untold(body: str, facts: AnnouncementFacts) -> list[str]:
    """Keys of the parts whose very words the text has lost, so that nobody could find them."""
    told = "".join(body.split())
    words: Mapping[str, Sequence[str]] = {
        "offered": [line.title for line in facts.offered],
        "exam_place": [facts.exam_place],
        "registration_place": [facts.registration_place],
        "contact": [facts.contact],
    }
    return [
        part
        for part, texts in words.items()
        if not all("".join(text.split()) in told for text in texts)
    ]


def compose(facts: AnnouncementFacts) -> str:
    """Paragraphs under numbered headings, one per line."""
    parts = (
        ("考核项目" if facts.special else "认定项目", [*_offered(facts.offered), *_about(facts)]),
        ("申报条件", _conditions(facts.offered, special=facts.special)),
        (
            "报名",
            [
                *([f"对象：{facts.audience}。"] if facts.audience else ()),
                f"时间：{facts.registration_period}。",
                f"地点：{facts.registration_place}。",
                f"手续：{facts.formalities}。",
                *([f"材料：{'；'.join(facts.materials)}。"] if facts.materials else ()),
            ],
        ),
        (
            _held(facts),
            [f"时间：{facts.exam_period}。", f"地点：{facts.exam_place}。"],
        ),
        ("注意事项", [f"（{place}）{text}。" for place, text in enumerate(facts.notes, start=1)]),
        ("联系方式", [f"{facts.contact}。"]),
    )
    lines: list[str] = []
    shown = [(heading, body) for heading, body in parts if body]
    for numeral, (heading, body) in zip(NUMERALS, shown, strict=False):
        lines += [f"{numeral}、{heading}", *body]
    return "\n".join(lines)


def _held(facts: AnnouncementFacts) -> str:
    if facts.special:
        return "考核"
    return "考试" if facts.examined else "认定"


def _about(facts: AnnouncementFacts) -> list[str]:
    """What holds for all projects alike."""
    category = [f"类别：{facts.category}。"] if facts.category else []
    basis = [f"收费依据：{'；'.join(facts.fee_basis)}。"] if facts.fee_basis else []
    return [*category, *basis]


def _offered(offered: Sequence[OfferedLine]) -> list[str]:
    return [f"{place}. {_line(line)}" for place, line in enumerate(offered, start=1)]


def _line(line: OfferedLine) -> str:
    standard = f"；标准：{line.standard}" if line.standard else ""
    return f"{line.title}：{line.method}；科目：{line.subjects}{standard}；收费：{line.fee}。"


def _conditions(offered: Sequence[OfferedLine], *, special: bool) -> list[str]:
    """Projects with the same conditions are told together."""
    otherwise = "按考核规范执行" if special else "按所报职业的评价标准执行"
    groups: dict[tuple[str, ...], list[str]] = {}
    for line in offered:
        groups.setdefault(line.conditions, []).append(line.title)
    lines = []
    for conditions, titles in groups.items():
        names = "、".join(titles)
        if not conditions:
            lines.append(f"{names}：{otherwise}。")
            continue
        if len(conditions) == 1:
            lines.append(f"{names}：{conditions[0]}。")
            continue
        lines.append(f"{names}，符合下列条件之一：")
        lines += [f"（{place}）{text}；" for place, text in enumerate(conditions[:-1], start=1)]
        lines.append(f"（{len(conditions)}）{conditions[-1]}。")
    return lines
