"""The answer to one requirement: true, false or unproven, on which fact, proven by what."""

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import NamedTuple

from assessment_center.rulebooks.rules.eligibility import Predicate
from candidates.enums import EvidenceKind
from candidates.rules.facts import Facts
from candidates.rules.requirements import requirement

Kinds = tuple[EvidenceKind, ...]
ID_DOCUMENT: Kinds = (EvidenceKind.ID_DOCUMENT,)
WORK: Kinds = (EvidenceKind.WORK,)
CERTIFICATE: Kinds = (EvidenceKind.CERTIFICATE,)
TITLE: Kinds = (EvidenceKind.TITLE,)
EDUCATION: Kinds = (EvidenceKind.EDUCATION,)
OTHER: Kinds = (EvidenceKind.OTHER,)
ONE_X: Kinds = (EvidenceKind.ONE_X,)
TRANSCRIPT: Kinds = (EvidenceKind.TRANSCRIPT,)
CONTEST: Kinds = (EvidenceKind.CONTEST,)
BY_IDENTITY, BY_WORD = "身份信息", "考生声明"
BY_STUDENTS, BY_CENTRE, BY_STAFF = "本校学籍", "本机构发证记录", "教职工登记"
TITLE_ORDER = {"junior": 0, "intermediate": 1, "senior": 2}
NOTHING: Mapping[str, object] = {}


class Truth(IntEnum):
    FALSE = 0
    UNPROVEN = 1
    TRUE = 2


class PredicateVerdict(NamedTuple):
    """`template` % `params` is the fact in words.

    `evidence` are the kinds of material that prove it, or would; `register` the records of the
    college that prove it without any.
    """

    asked: Predicate
    truth: Truth
    template: str
    evidence: Kinds = ()
    register: str = ""
    params: Mapping[str, object] = NOTHING

    @property
    def predicate(self) -> str:
        return self.asked.predicate

    @property
    def fact(self) -> str:
        return self.template % self.params

    @property
    def requirement(self) -> str:
        return requirement(self.asked)


Judge = Callable[[Predicate, Facts], PredicateVerdict]
FALSE, UNPROVEN, TRUE = Truth.FALSE, Truth.UNPROVEN, Truth.TRUE
