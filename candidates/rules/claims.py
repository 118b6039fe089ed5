"""What a candidate claims who is not examined, held against the published terms; pure Python."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from assessment_center.batches.rules.recognition import ORGANISERS, Terms

GRADE_WORDS = {"junior": "初级", "intermediate": "中级", "senior": "高级"}
ORGANISER_WORDS = dict(zip(ORGANISERS, ("校级", "市级", "省级", "国家级"), strict=True))
PART_WORDS = {"theory": "理论", "practical": "操作"}
DAILY = "平时表现"


@dataclass(frozen=True, slots=True)
class OneXFact:
    """A 1+X certificate; no `valid_until`: the certificate names no end."""

    grade: str
    number: str
    issued_on: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class ContestFact:
    """A result in a contest: its rank, who held it and when."""

    rank: int
    organiser: str
    held_on: date
    award: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """On which published basis, with which facts; `courses` are marks or credits by name."""

    basis: str
    one_x: OneXFact | None = None
    contest: ContestFact | None = None
    courses: Mapping[str, Decimal] = field(default_factory=dict)
    daily: str = ""


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One fact beside what is asked; `met` None: recorded only, nothing is asked of it."""

    label: str
    value: str
    asked: str = ""
    met: bool | None = None


def claim_lines(
    route: str, claim: Claim, terms: Terms, *, title: str, on: date
) -> tuple[ClaimLine, ...]:
    """Every fact of the claim against the terms of its basis, on the day it came in."""
    named = ClaimLine(BASIS_WORDS[route], title) if route in BASIS_WORDS else None
    reader = READERS.get(route)
    lines = tuple(reader(claim, terms, on)) if reader else ()
    return (*((named,) if named else ()), *lines)


def meets(lines: Sequence[ClaimLine]) -> bool:
    """Whether something is asked and all of it is met."""
    asked = [line.met for line in lines if line.met is not None]
    return bool(asked) and all(asked)


def _direct(claim: Claim, _terms: Terms, on: date) -> Iterator[ClaimLine]:
    fact = claim.one_x
    if fact is None:
        yield ClaimLine("1+X 证书", "未填写", "须填写证书", met=False)
        return
    yield ClaimLine("证书等级", GRADE_WORDS.get(fact.grade, fact.grade))
    yield ClaimLine("证书编号", fact.number, "须有编号", met=bool(fact.number.strip()))
    issued = fact.issued_on <= on
    yield ClaimLine("发证日期", fact.issued_on.isoformat(), "不晚于申报日", met=issued)
    if fact.valid_until is not None:
        live = on <= fact.valid_until
        yield ClaimLine("证书有效期至", fact.valid_until.isoformat(), "申报时仍有效", met=live)


def _process(claim: Claim, terms: Terms, _on: date) -> Iterator[ClaimLine]:
    for course in terms.courses:
        mark = claim.courses.get(course.name)
        label = f"{course.name}（{PART_WORDS.get(course.part, course.part)}）"
        met = mark is not None and mark >= terms.pass_score
        shown = "未填写" if mark is None else f"{mark:g}"
        yield ClaimLine(label, shown, f"不低于 {terms.pass_score:g}", met=met)
    yield ClaimLine(DAILY, claim.daily or "未填写", "须结合平时学习情况", met=bool(claim.daily))


def _credit(claim: Claim, terms: Terms, _on: date) -> Iterator[ClaimLine]:
    for course in terms.courses:
        earned = claim.courses.get(course.name, Decimal(0))
        yield ClaimLine(
            course.name,
            f"{earned:g} 学分",
            f"{course.credits:g} 学分",
            met=earned >= course.credits,
        )
    if terms.courses:
        total = sum((claim.courses.get(c.name, Decimal(0)) for c in terms.courses), Decimal(0))
        met = total >= terms.credits
        yield ClaimLine("学分合计", f"{total:g}", f"修满 {terms.credits:g}", met=met)


def _contest(claim: Claim, terms: Terms, on: date) -> Iterator[ClaimLine]:
    fact = claim.contest
    if fact is None:
        yield ClaimLine("竞赛成绩", "未填写", "须填写名次", met=False)
        return
    word = ORGANISER_WORDS.get(fact.organiser, fact.organiser)
    accepted = "、".join(ORGANISER_WORDS.get(each, each) for each in terms.organisers)
    yield ClaimLine("竞赛级别", word, accepted, met=fact.organiser in terms.organisers)
    good = terms.max_rank is not None and 1 <= fact.rank <= terms.max_rank
    yield ClaimLine("名次", f"第 {fact.rank} 名", f"前 {terms.max_rank or 0} 名", met=good)
    yield ClaimLine("竞赛日期", fact.held_on.isoformat(), "不晚于申报日", met=fact.held_on <= on)
    if fact.award:
        yield ClaimLine("奖项", fact.award)


READERS = {"direct": _direct, "process": _process, "credit": _credit, "contest": _contest}
BASIS_WORDS = {
    "direct": "1+X 证书名称",
    "process": "课证融通方案",
    "credit": "学分方案",
    "contest": "竞赛",
}


def claim_json(claim: Claim) -> dict[str, Any]:
    """The claim as it is kept; `read_claim` reads it back."""
    one_x, contest = claim.one_x, claim.contest
    return {
        "basis": claim.basis,
        "one_x": one_x
        and {
            "grade": one_x.grade,
            "number": one_x.number,
            "issued_on": one_x.issued_on.isoformat(),
            "valid_until": one_x.valid_until.isoformat() if one_x.valid_until else None,
        },
        "contest": contest
        and {
            "rank": contest.rank,
            "organiser": contest.organiser,
            "held_on": contest.held_on.isoformat(),
            "award": contest.award,
        },
        "courses": {name: str(mark) for name, mark in claim.courses.items()},
        "daily": claim.daily,
    }


def read_claim(kept: Mapping[str, Any]) -> Claim:
    """Read back `claim_json`. Raises `ValueError` or `KeyError` on what it did not write."""
    one_x, contest = kept.get("one_x"), kept.get("contest")
    return Claim(
        basis=kept["basis"],
        one_x=OneXFact(
            one_x["grade"],
            one_x["number"],
            date.fromisoformat(one_x["issued_on"]),
            date.fromisoformat(one_x["valid_until"]) if one_x["valid_until"] else None,
        )
        if one_x
        else None,
        contest=ContestFact(
            contest["rank"],
            contest["organiser"],
            date.fromisoformat(contest["held_on"]),
            contest["award"],
        )
        if contest
        else None,
        courses={name: Decimal(mark) for name, mark in kept.get("courses", {}).items()},
        daily=kept.get("daily", ""),
    )
