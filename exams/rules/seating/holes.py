"""Places kept free: planned as candidates of the papers that late ones are likeliest to sit."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from random import Random

from exams.rules.seating.pattern import SIDE, Layout
from exams.rules.seating.problem import Candidate

PHANTOM = "\0"
Stacks = dict[str, list[Candidate]]


def is_phantom(candidate: Candidate) -> bool:
    return candidate.id.startswith(PHANTOM)


def phantoms(
    papers: Mapping[str, int], number: int, spare: Callable[[int], int]
) -> list[Candidate]:
    """So many phantom candidates, shared among the papers as the candidates are.

    `spare` tells for so many of one paper how many more fit without another pair: a paper does
    not get more than that while others can take them.
    """
    total = sum(papers.values())
    if not total or number <= 0:
        return []
    shares = {paper: divmod(count * number, total) for paper, count in papers.items()}
    counts = Counter({paper: whole for paper, (whole, _) in shares.items()})
    by_rest = sorted(shares, key=lambda paper: (-shares[paper][1], paper))
    counts.update(by_rest[: number - counts.total()])
    _hand_on(counts, {paper: spare(count) for paper, count in papers.items()})
    papers_of = (paper for paper in sorted(counts) for _ in range(counts[paper]))
    return [Candidate(f"{PHANTOM}{at:06d}", paper) for at, paper in enumerate(papers_of)]


def _hand_on(counts: Counter[str], most: Mapping[str, int]) -> None:
    """What is more than `most` goes to the papers that can take it, the fullest share first."""
    room = {paper: most[paper] - counts[paper] for paper in counts}
    for paper in sorted(counts, key=lambda each: (room[each], each)):
        for other in sorted(counts, key=lambda each: (-counts[each], each)):
            moved = min(-room[paper], room[other])
            if moved > 0:
                counts[paper] -= moved
                counts[other] += moved
                room[paper] += moved
                room[other] -= moved


def one_a_room(dealt: Sequence[Stacks], rng: Random) -> None:
    """Move phantoms on to rooms that have none, for a candidate of the same paper in return."""
    held = [_held(stacks) for stacks in dealt]
    bare = [room for room, own in enumerate(held) if not own and dealt[room]]
    rng.shuffle(bare)
    by_paper: dict[str, list[int]] = defaultdict(list)
    for room in bare:
        for paper in dealt[room]:
            by_paper[paper].append(room)
    waiting = set(bare)
    for room, own in enumerate(held):
        for phantom in own[1:]:
            rooms = by_paper[phantom.paper]
            while rooms and rooms[-1] not in waiting:
                rooms.pop()
            if rooms:
                target = rooms.pop()
                waiting.discard(target)
                _exchange(dealt[room][phantom.paper], phantom, dealt[target][phantom.paper])


def leave_crowded(people: list[Candidate], room: Layout) -> None:
    """Keep those places free that touch most of their own paper, where some have to touch.

    Like changes place with like, so the pattern of papers stays.
    """
    for at in [at for at, each in enumerate(people) if is_phantom(each)]:
        alike = [other for other, each in enumerate(people) if each.paper == people[at].paper]
        free = {other for other in alike if is_phantom(people[other])} - {at}
        touching = {other: _beside(room, other, set(alike) - free - {at}) for other in alike}
        gains = {
            other: len(touching[other]) - len(touching[at] - {other})
            for other in alike
            if other not in free and other != at
        }
        best = max(gains, key=lambda other: (gains[other], -other), default=at)
        if gains.get(best, 0) > 0:
            people[at], people[best] = people[best], people[at]


def _beside(room: Layout, at: int, among: Container[int]) -> set[int]:
    """Who of these sits beside, in front of or behind."""
    return {other for other, weight in room.links[at] if weight == SIDE and other in among}


def _held(stacks: Stacks) -> list[Candidate]:
    return [each for stack in stacks.values() for each in stack if is_phantom(each)]


def _exchange(stack: list[Candidate], phantom: Candidate, other: list[Candidate]) -> None:
    at = stack.index(phantom)
    stack[at], other[0] = other[0], phantom
