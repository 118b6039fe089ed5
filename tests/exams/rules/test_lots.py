"""Lots and panels, without Django: permitted, repeatable, fair, odd."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment_center.rulebooks import load
from exams.rules.lots import Hat, NoLotsError, draw, inputs_digest
from exams.rules.panels import (
    PanelNeed,
    PoolTooSmallError,
    draw_panels,
    fresh_wanted,
    kept,
    needs_of,
)
from exams.rules.staffing import even, ratio, requirement, too_few

PEOPLE = [f"人{n}" for n in range(8)]
PLACES = [f"{n:02d}" for n in range(8)]
people = st.lists(st.sampled_from(PEOPLE), unique=True)
keys = st.text(min_size=1, max_size=12)
pairs = st.frozensets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PLACES)), max_size=40)


def possible(who, spots, barred):
    """Whether anybody at all could give everyone a place: every way is tried."""
    return any(
        barred.isdisjoint(zip(who, chosen, strict=True)) for chosen in permutations(spots, len(who))
    )


@given(who=people, spots=st.lists(st.sampled_from(PLACES), unique=True, max_size=5), barred=pairs,
       key=keys)  # fmt: skip
def test_everybody_gets_one_permitted_place_or_nobody_could(who, spots, barred, key):
    hat = Hat(who, spots, barred)
    if len(who) > len(spots):
        with pytest.raises(ValueError, match="more people"):
            draw(hat, key=key, purpose="p")
        return
    if not possible(sorted(who), spots, barred):
        with pytest.raises(NoLotsError):
            draw(hat, key=key, purpose="p")
        return
    found = draw(hat, key=key, purpose="p")
    assert [person for person, _place in found] == sorted(who)
    assert len({place for _person, place in found}) == len(who)
    assert {place for _person, place in found} <= set(spots)
    assert barred.isdisjoint(found)
    shuffled = Hat(who[::-1], spots[::-1], barred)
    assert draw(shuffled, key=key, purpose="p") == found


def test_the_purpose_and_the_key_change_the_draw():
    hat = Hat(PEOPLE, PLACES)
    one = draw(hat, key="k", purpose="a")
    assert one == draw(hat, key="k", purpose="a")
    assert one != draw(hat, key="k", purpose="b")
    assert one != draw(hat, key="l", purpose="a")
    with pytest.raises(ValueError, match="twice"):
        draw(Hat(["甲", "甲"], PLACES), key="k", purpose="a")


def test_every_permitted_outcome_is_about_equally_likely():
    hat = Hat(["甲", "乙", "丙"], ["1", "2", "3"], {("甲", "1")})
    seen = Counter(tuple(draw(hat, key=str(n), purpose="p")) for n in range(2000))
    assert len(seen) == 4
    assert min(seen.values()) > 400


def test_many_bars_are_matched():
    """One permitted outcome among 8! is found though no whole draw meets it."""
    bars = {
        (p, s) for i, p in enumerate(PEOPLE) for j, s in enumerate(PLACES) if j not in {i, i + 1}
    }
    found = draw(Hat(PEOPLE, PLACES, bars | {(PEOPLE[0], "01")}), key="k", purpose="p")
    assert dict(found)[PEOPLE[0]] == "00"


def test_the_digest_is_of_the_content_only():
    assert inputs_digest({"a": 1, "b": [1, 2]}) == inputs_digest({"b": [1, 2], "a": 1})
    assert inputs_digest({"a": 1}) != inputs_digest({"a": 2})


pools = st.frozensets(st.sampled_from(PEOPLE))


@given(
    needs=st.lists(
        st.builds(
            PanelNeed,
            room=st.sampled_from(["01", "02", "03"]),
            number=st.sampled_from([1, 3, 5]),
            pool=pools,
            leaders=pools,
            last=pools,
            fresh=st.just((1, 3)),
        ),
        unique_by=lambda need: need.room,
        max_size=3,
    ),
    key=keys,
)
def test_panels_have_their_number_a_leader_and_nobody_twice(needs, key):
    try:
        found = draw_panels(needs, key=key, purpose="p")
    except PoolTooSmallError as short:
        need = next(each for each in needs if each.room == short.room)
        assert len(need.pool) < need.number or len(needs) > 1 or not need.leaders & need.pool
        return
    members = [each for panel in found for each in panel.members]
    assert len(set(members)) == len(members)
    for panel in found:
        need = next(each for each in needs if each.room == panel.room)
        assert len(panel.members) == need.number
        assert set(panel.members) <= need.pool
        assert panel.members[0] in need.leaders
        new = sum(each not in need.last for each in panel.members)
        assert panel.rotated == (new >= fresh_wanted(need.number, need.fresh))
    assert draw_panels(needs_of([kept(each) for each in needs]), key=key, purpose="p") == found


def test_new_faces_come_in_where_there_are_any():
    last = frozenset(PEOPLE[:5])
    for n in range(50):
        need = PanelNeed("01", 3, frozenset(PEOPLE[:6]), last, last, (1, 3))
        panel = draw_panels([need], key=str(n), purpose="p")[0]
        assert panel.rotated
        assert PEOPLE[5] in panel.members


@pytest.mark.parametrize(
    ("code", "subject", "people_in_room", "expected"),
    [
        ("jilin", "theory", 1, 2), ("jilin", "theory", 30, 2), ("jilin", "theory", 31, 3),
        ("jilin", "theory", 46, 4), ("henan", "theory", 31, 3), ("chongqing", "theory", 35, 2),
        ("shandong", "theory", 35, 2), ("jilin", "practical", 10, 3), ("jilin", "practical", 16, 5),
        ("jilin", "practical", 25, 5), ("jilin", "practical", 26, 7),
        ("chongqing", "practical", 16, 4), ("jilin", "review", 5, 3),
    ],
)  # fmt: skip
def test_the_numbers_of_each_rulebook(code, subject, people_in_room, expected):
    need = requirement(load(code).settings, subject, people_in_room, per_assessor=[5])
    assert need.number == expected
    assert too_few(need, expected) == 0
    assert too_few(need, expected - 1) == 1


@given(
    number=st.integers(0, 400),
    per=st.one_of(st.none(), st.integers(1, 20)),
    subject=st.sampled_from(["theory", "practical", "review", "language"]),
    code=st.sampled_from(["chongqing", "henan", "shandong", "fujian", "jilin"]),
)
def test_requirements_grow_with_the_room_and_panels_are_odd_where_ordered(
    number, per, subject, code
):
    settings = load(code).settings
    ratios = [per] if per else []
    need = requirement(settings, subject, number, per_assessor=ratios)
    more = requirement(settings, subject, number + 1, per_assessor=ratios)
    assert need.least <= need.number <= more.number
    if need.odd:
        assert need.number % 2 == 1
        assert even(need, need.number + 1)
        assert not even(need, need.number)
        assert not even(need, 0)
    if need.per:
        assert need.number * need.per >= number


def test_the_ratio_is_candidates_for_one():
    assert ratio(31, 3) == 10.3
    assert ratio(31, 0) is None
