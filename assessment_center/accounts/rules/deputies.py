"""What a deputy may and may not: no circles, no borrowing of what must not be lent."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.rules.role_matrix import acts_of

Key = TypeVar("Key", bound=Hashable)

# A key of sealed papers is held by a person, and accounts are managed by whoever was given that.
NEVER_LENT = frozenset(
    {Act.PAPER_KEY, Act.ACCOUNT_MANAGE, Act.SECOND_FACTOR_RESET, Act.DEPUTY_APPOINT}
)


def lent_acts(roles: Iterable[Role]) -> frozenset[Act]:
    """What somebody with these roles lends to a deputy."""
    return acts_of(roles) - NEVER_LENT


def closes_circle(pairs: Iterable[tuple[Key, Key]], principal: Key, deputy: Key) -> bool:
    """Whether the deputy, followed from deputy to deputy, leads back to the principal."""
    next_of: dict[Key, set[Key]] = {}
    for one, other in pairs:
        next_of.setdefault(one, set()).add(other)
    seen: set[Key] = set()
    waiting = [deputy]
    while waiting:
        person = waiting.pop()
        if person == principal:
            return True
        if person not in seen:
            seen.add(person)
            waiting.extend(next_of.get(person, ()))
    return False
