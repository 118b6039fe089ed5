"""Duties that stay apart, by matching over people: compared with trying everything out."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.rules.deputies import NEVER_LENT, closes_circle, lent_acts
from assessment_center.accounts.rules.role_matrix import ROLE_MATRIX, acts_of
from assessment_center.accounts.rules.separations import (
    DUTIES,
    PAIRS,
    Apart,
    Duty,
    assign,
    joined,
    lacks,
    separations,
)

SMALL = tuple(Duty(name, frozenset({act})) for name, act in zip("abcd", list(Act)[:4], strict=True))
people = st.dictionaries(
    st.sampled_from("甲乙丙丁"), st.sets(st.sampled_from(list(Act)[:4])), max_size=4
)
pairs = st.sets(st.sampled_from([(x, y) for x, y in product("abcd", repeat=2) if x < y]))


@trying(deadline=None, max_examples=300)
@given(people, pairs)
def test_an_assignment_is_found_exactly_when_there_is_one(
    staff: dict[str, set[Act]], apart: set[tuple[str, str]]
) -> None:
    links = [Apart(one, other, "cited") for one, other in apart]
    found = assign(staff, SMALL, links)
    able = [[who for who, acts in staff.items() if duty.acts & acts] for duty in SMALL]

    def holds(chosen: tuple[str, ...]) -> bool:
        given_to = dict(zip("abcd", chosen, strict=True))
        return all(given_to[one] != given_to[other] for one, other in apart)

    exists = any(holds(chosen) for chosen in product(*able))
    assert (found is not None) == exists
    if found is not None:
        assert holds(tuple(found[key] for key in "abcd"))
        assert all(duty.acts & staff[found[duty.key]] for duty in SMALL)


@trying(deadline=None)
@given(people, pairs)
def test_what_is_not_lacking_can_be_done(
    staff: dict[str, set[Act]], apart: set[tuple[str, str]]
) -> None:
    links = [Apart(one, other, "cited") for one, other in apart]
    missing = {lack.duty for lack in lacks(staff, links, SMALL)}
    kept = [duty for duty in SMALL if duty.key not in missing]
    assert assign(staff, kept, links) is not None


def test_a_full_office_lacks_nothing_and_an_empty_one_everything() -> None:
    full = {f"{role}{n}": ROLE_MATRIX[role] for role in Role for n in range(2)}
    assert lacks(full, separations({})) == []
    empty = lacks({}, separations({key: ["§"] for _a, _b, key in PAIRS}))
    assert [lack.duty for lack in empty] == [duty.key for duty in DUTIES]
    assert {lack.force for lack in empty} == {"recommended"}


def test_one_clerk_cannot_check_his_own_scores() -> None:
    full = {str(role): ROLE_MATRIX[role] for role in Role if role != Role.ASSESSOR}
    full["second"] = ROLE_MATRIX[Role.BANK_MANAGER]
    apart = separations({"score_checker": ["第二十三条"]})
    (lack,) = lacks(full, apart)
    assert (lack.duty, lack.force, lack.able, lack.bound_by, lack.citations) == (
        "check_scores", "cited", ("score_clerk",), ("enter_scores",), ("第二十三条",),
    )  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_keys_and_accounts_are_lent_to_nobody(role: Role) -> None:
    assert not lent_acts([role]) & NEVER_LENT


def test_a_deputy_joins_no_pair() -> None:
    def clash(own: Role, lent: Role) -> set[str]:
        found = joined(acts_of([own]), lent_acts([lent]), separations({}))
        return {pair.first for pair in found}

    assert clash(Role.DEPARTMENT, Role.REVIEWER) == {"first_review"}
    assert clash(Role.BANK_MANAGER, Role.HEAD) == {"assemble_papers"}
    assert clash(Role.ASSESSOR, Role.SCORE_CLERK) == {"enter_scores"}
    assert clash(Role.CLERK, Role.ARCHIVIST) == set()
    assert clash(Role.SCORE_CLERK, Role.SCORE_CLERK) == set()


@given(
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12),
    st.integers(0, 5),
    st.integers(0, 5),
)
def test_circles_are_seen(pairs: set[tuple[int, int]], principal: int, deputy: int) -> None:
    reached = {deputy}
    for _round in range(7):
        reached |= {other for one, other in pairs if one in reached}
    assert closes_circle(pairs, principal, deputy) == (principal in reached)
