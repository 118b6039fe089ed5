"""What a candidate declares, as it is kept and as it is read; anything else is refused."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

from candidates.rules.claims import Claim, claim_json, read_claim
from candidates.rules.facts import CertificateFact, TitleFact, WorkSpell

MAX_ENTRIES = 20


@dataclass(frozen=True, slots=True)
class Declaration:
    """The declared facts; proof is not theirs but comes from the evidence."""

    intends_to_work: bool | None = None
    works_in_occupation: bool | None = None
    work: tuple[WorkSpell, ...] = ()
    certificates: tuple[CertificateFact, ...] = ()
    titles: tuple[TitleFact, ...] = ()
    diploma_kind: str = ""
    graduated_on: date | None = None
    major: str = ""
    excellent: bool | None = None
    courses_passed: bool | None = None
    claim: Claim | None = None

    def fault(self, *, on: date, birth: date | None) -> str:
        """The first thing that cannot be, in a sentence for the candidate; empty if all can.

        Two jobs at once are counted once and refused nowhere; the same job twice is a slip.
        """
        return next(self._faults(on, birth), "")

    def _faults(self, on: date, birth: date | None) -> Iterator[str]:
        for spell in self.work:
            if spell.ends is not None and spell.ends < spell.starts:
                yield "工作经历的截止日期早于起始日期。"
            if spell.ends is not None and spell.ends > on:
                yield "工作经历的截止日期晚于今天；仍在从事的请留空。"
        days = (
            ("工作经历的起始日期", [spell.starts for spell in self.work]),
            ("证书的发证日期", [each.issued_on for each in self.certificates]),
            ("取得职称的日期", [each.granted_on for each in self.titles]),
            ("毕业日期", [self.graduated_on] if self.graduated_on else []),
        )
        for name, found in days:
            if any(day > on for day in found):
                yield f"{name}晚于今天。"
            if birth is not None and any(day <= birth for day in found):
                yield f"{name}早于出生日期。"
        if any(_same_job(*pair) for pair in combinations(self.work, 2)):
            yield "同一单位的两段工作经历时间重叠；请合并成一段。"

    def as_json(self) -> dict[str, Any]:
        return {
            "intends_to_work": self.intends_to_work,
            "works_in_occupation": self.works_in_occupation,
            "work": [
                {"starts": _day(w.starts), "ends": _day(w.ends), "employer": w.employer}
                for w in self.work
            ],
            "certificates": [
                {
                    "level": c.level,
                    "issued_on": _day(c.issued_on),
                    "number": c.number,
                    **({"occupation": c.occupation} if c.occupation else {}),
                }
                for c in self.certificates
            ],
            "titles": [
                {
                    "grade": t.grade,
                    "granted_on": _day(t.granted_on),
                    **({"title": t.title} if t.title else {}),
                }
                for t in self.titles
            ],
            "diploma_kind": self.diploma_kind,
            "graduated_on": _day(self.graduated_on),
            "major": self.major,
            "excellent": self.excellent,
            "courses_passed": self.courses_passed,
            **({"claim": claim_json(self.claim)} if self.claim else {}),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Declaration":
        """Read back `as_json`; a missing part is “not said”. Raises `ValueError` on bad dates."""
        return cls(
            intends_to_work=kept.get("intends_to_work"),
            works_in_occupation=kept.get("works_in_occupation"),
            work=tuple(
                WorkSpell(date.fromisoformat(w["starts"]), _read(w["ends"]), w["employer"])
                for w in kept.get("work", ())
            ),
            certificates=tuple(
                CertificateFact(
                    c["level"],
                    date.fromisoformat(c["issued_on"]),
                    c["number"],
                    occupation=c.get("occupation", ""),
                )
                for c in kept.get("certificates", ())
            ),
            titles=tuple(
                TitleFact(t["grade"], date.fromisoformat(t["granted_on"]), title=t.get("title", ""))
                for t in kept.get("titles", ())
            ),
            diploma_kind=kept.get("diploma_kind", ""),
            graduated_on=_read(kept.get("graduated_on")),
            major=kept.get("major", ""),
            excellent=kept.get("excellent"),
            courses_passed=kept.get("courses_passed"),
            claim=read_claim(kept["claim"]) if kept.get("claim") else None,
        )


def _same_job(one: WorkSpell, other: WorkSpell) -> bool:
    if not one.employer or one.employer != other.employer:
        return False
    first, last = sorted((one, other), key=lambda each: each.starts)
    return first.ends is None or last.starts <= first.ends


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
