"""Duties that must stay apart, and whether the people at hand can keep them apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from assessment_center.accounts.enums import Act

Force = Literal["cited", "recommended"]
Person = TypeVar("Person")


@dataclass(frozen=True, slots=True)
class Duty:
    """A part of the work that one person does for the batch; who may any of `acts` can do it."""

    key: str
    acts: frozenset[Act]


@dataclass(frozen=True, slots=True)
class Apart:
    """Two duties that one person may not do both; `setting` names the rule that says so."""

    first: str
    second: str
    force: Force
    citations: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Lack:
    """A duty that nobody is left for: `able` could do it but are bound by the duties `bound_by`."""

    duty: str
    force: Force
    able: tuple[str, ...] = ()
    bound_by: tuple[str, ...] = ()
    citations: tuple[object, ...] = ()


DUTIES = (
    Duty("first_review", frozenset({Act.APPLICATION_FIRST_REVIEW})),
    Duty("confirm", frozenset({Act.APPLICATION_CONFIRM})),
    Duty("write_items", frozenset({Act.BANK_WRITE})),
    Duty("review_items", frozenset({Act.BANK_REVIEW})),
    Duty("assemble_papers", frozenset({Act.PAPER_ASSEMBLE})),
    Duty("approve_papers", frozenset({Act.PAPER_APPROVE})),
    Duty("first_key", frozenset({Act.PAPER_KEY})),
    Duty("second_key", frozenset({Act.PAPER_KEY})),
    Duty("enter_scores", frozenset({Act.SCORE_ENTER})),
    Duty("check_scores", frozenset({Act.SCORE_CHECK})),
)

# The pairs that are kept apart in every batch, and the key under which a rulebook cites them.
PAIRS = (
    ("first_review", "confirm", "first_review_confirm"),
    ("write_items", "review_items", "reviewer_not_writer"),
    ("assemble_papers", "approve_papers", "assembler_approver"),
    ("first_key", "second_key", "two_person_rule"),
    ("enter_scores", "check_scores", "score_checker"),
)


def separations(cited: Mapping[str, Sequence[object]]) -> tuple[Apart, ...]:
    """The pairs with their force: hard where the rulebook speaks of it, else our own advice."""
    return tuple(
        Apart(one, other, "cited", tuple(cited[key]))
        if cited.get(key)
        else Apart(one, other, "recommended")
        for one, other, key in PAIRS
    )


@dataclass(slots=True)
class _Search:
    able: Mapping[str, Sequence[str]]
    apart: Mapping[str, frozenset[str]]
    given: dict[str, str] = field(default_factory=dict)

    def fill(self, duties: Sequence[str]) -> bool:
        """Give every duty to somebody (fewest choices first), keeping apart what must be."""
        if not duties:
            return True
        choices = {duty: self._free(duty) for duty in duties}
        duty = min(duties, key=lambda each: len(choices[each]))
        rest = [each for each in duties if each != duty]
        for person in choices[duty]:
            self.given[duty] = person
            if self.fill(rest):
                return True
            del self.given[duty]
        return False

    def _free(self, duty: str) -> list[str]:
        taken = {self.given.get(other) for other in self.apart.get(duty, ())}
        return [person for person in self.able[duty] if person not in taken]


def assign(
    people: Mapping[str, Iterable[Act]], duties: Sequence[Duty], apart: Sequence[Apart]
) -> dict[str, str] | None:
    """A person for every duty such that nobody joins two that stay apart; None if impossible."""
    able = {
        duty.key: sorted(who for who, acts in people.items() if duty.acts & set(acts))
        for duty in duties
    }
    links: dict[str, frozenset[str]] = {}
    for pair in apart:
        links[pair.first] = links.get(pair.first, frozenset()) | {pair.second}
        links[pair.second] = links.get(pair.second, frozenset()) | {pair.first}
    search = _Search(able, links)
    return search.given if search.fill([duty.key for duty in duties]) else None


def lacks(
    people: Mapping[str, Iterable[Act]],
    apart: Sequence[Apart],
    duties: Sequence[Duty] = DUTIES,
) -> list[Lack]:
    """The duties that cannot be filled, in the order of the work; each is left out to go on.

    A duty that nobody may do at all is the rule's own lack; one that only bound people may do is
    as hard as the separation that binds them.
    """
    kept: list[Duty] = []
    found: list[Lack] = []
    for duty in duties:
        if assign(people, [*kept, duty], apart) is not None:
            kept.append(duty)
            continue
        able = tuple(sorted(who for who, acts in people.items() if duty.acts & set(acts)))
        found.append(_lack(duty.key, able, {each.key for each in kept}, apart))
    return found


def _lack(duty: str, able: tuple[str, ...], kept: set[str], apart: Sequence[Apart]) -> Lack:
    pairs = [pair for pair in apart if duty in (pair.first, pair.second)]
    bound = tuple(
        other
        for pair in pairs
        for other in (pair.first, pair.second)
        if other != duty and other in kept
    )
    hard = [pair for pair in pairs if pair.force == "cited"]
    force: Force = "cited" if hard and able else "recommended"
    citations = tuple(citation for pair in hard for citation in pair.citations)
    return Lack(duty, force, able, bound if able else (), citations if able else ())


def joined(own: Iterable[Act], lent: Iterable[Act], apart: Sequence[Apart]) -> list[Apart]:
    """The pairs that somebody with `own` acts would join by taking over the acts `lent`."""
    acts = {duty.key: duty.acts for duty in DUTIES}
    mine, theirs = set(own), set(lent)
    return [
        pair
        for pair in apart
        if acts[pair.first] != acts[pair.second]
        and (
            (acts[pair.first] & mine and acts[pair.second] & (theirs - mine))
            or (acts[pair.second] & mine and acts[pair.first] & (theirs - mine))
        )
    ]
