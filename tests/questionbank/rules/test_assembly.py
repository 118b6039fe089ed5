"""Parallel forms: exact counts, areas by weight, few of a point, difficulty, replay, shortages."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from questionbank.rules.assembly import (
    AssemblyImpossibleError,
    BankItem,
    Demand,
    Shortage,
    assemble,
    quotas,
    shortages,
)
from questionbank.rules.placing import Placing


def bank_of(areas: int, points: int, each: int, kinds: tuple[str, ...] = ("single", "true_false")):
    return [
        BankItem(f"{k}-{a}-{p}-{n}", k, f"a{a}", f"a{a}p{p}", 0.3 + 0.1 * (n % 5))
        for k, a, p, n in product(kinds, range(areas), range(points), range(each))
    ]


@given(
    st.integers(0, 200),
    st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.1, 50), min_size=1),
)
def test_quotas_share_out_everything_fairly(total, weights):
    given_out = quotas(total, weights)
    assert sum(given_out.values()) == total
    whole = sum(weights.values())
    assert all(abs(n - total * weights[a] / whole) < 1 + 1e-9 for a, n in given_out.items())


@settings(max_examples=60)
@given(
    areas=st.integers(1, 5),
    points=st.integers(3, 8),
    each=st.integers(3, 6),
    forms=st.integers(1, 4),
    key=st.text(max_size=8),
    weights=st.lists(st.integers(1, 4), min_size=5, max_size=5),
)
def test_every_form_keeps_the_blueprint(areas, points, each, forms, key, weights):
    bank = bank_of(areas, points, each)
    by_id = {item.id: item for item in bank}
    shares = {f"a{n}": float(weights[n]) for n in range(areas)}
    demand = Demand({"single": areas, "true_false": areas}, shares, tolerance=0.1)
    try:
        drawn = assemble(bank, demand, forms=forms, draw_key=key)
    except AssemblyImpossibleError as fault:
        short = bool(fault.shortages)
        assert short
        return
    for form in drawn:
        items = [by_id[pk] for pk in form]
        assert len(set(form)) == len(form)
        assert Counter(i.kind for i in items) == {"single": areas, "true_false": areas}
        for kind in ("single", "true_false"):
            found = Counter(i.area for i in items if i.kind == kind)
            assert found == {a: n for a, n in quotas(areas, shares).items() if n}
        assert max(Counter(i.point for i in items).values()) <= 2
        assert abs(sum(i.difficulty for i in items) / len(items) - 0.5) <= 0.1 + 1e-9
    assert drawn == assemble(list(reversed(bank)), demand, forms=forms, draw_key=key)


def test_forms_share_nothing_while_the_bank_lasts():
    bank = bank_of(4, 10, 3, ("single",))
    demand = Demand({"single": 40}, dict.fromkeys(("a0", "a1", "a2", "a3"), 1.0), tolerance=0.3)
    first, second, third = assemble(bank, demand, forms=3, draw_key="k")
    assert len({*first, *second, *third}) == 120


def test_items_used_before_come_last():
    bank = bank_of(1, 4, 2, ("single",))
    used = {item.id: 1 for item in bank if item.id.endswith("-0")}
    demand = Demand({"single": 4}, {"a0": 1.0}, tolerance=0.5, used=used)
    (form,) = assemble(bank, demand, forms=1, draw_key="k")
    assert sorted(form) == sorted(item.id for item in bank if item.id not in used)


def test_banned_items_are_left_out():
    bank = bank_of(1, 2, 2, ("single",))
    banned = frozenset({"single-0-0-0", "single-0-1-0"})
    (form,) = assemble(
        bank, Demand({"single": 2}, {"a0": 1.0}, tolerance=0.5, banned=banned), forms=1, draw_key=""
    )
    assert sorted(form) == ["single-0-0-1", "single-0-1-1"]


def test_a_shortage_is_named_with_its_quantities():
    bank = bank_of(2, 2, 3, ("single",))
    demand = Demand({"single": 10, "true_false": 2}, {"a0": 1.0, "a1": 1.0})
    wanted = [
        Shortage("single", "a0", 5, 4),
        Shortage("single", "a1", 5, 4),
        Shortage("true_false", "a0", 1, 0),
        Shortage("true_false", "a1", 1, 0),
    ]
    assert shortages(bank, demand) == wanted
    with pytest.raises(AssemblyImpossibleError) as caught:
        assemble(bank, demand, forms=1, draw_key="k")
    assert caught.value.shortages == tuple(wanted)


def test_kinds_that_share_the_points_are_counted_together():
    bank = bank_of(1, 2, 3)
    demand = Demand({"single": 3, "true_false": 3}, {"a0": 1.0}, tolerance=1)
    assert shortages(bank, demand) == []
    with pytest.raises(AssemblyImpossibleError) as caught:
        assemble(bank, demand, forms=1, draw_key="k")
    (lack,) = caught.value.shortages
    assert (lack.wanted - lack.available, lack.area) == (2, "a0")


def test_a_table_without_points_is_a_shortage_of_everything():
    with pytest.raises(AssemblyImpossibleError) as caught:
        assemble([], Demand({"single": 3}, {}), forms=1, draw_key="k")
    assert caught.value.shortages == (Shortage("single", "", 3, 0),)


def test_a_difficulty_out_of_reach_is_said():
    bank = bank_of(1, 3, 2, ("single",))
    demand = Demand({"single": 3}, {"a0": 1.0}, difficulty=0.9, tolerance=0.05)
    with pytest.raises(AssemblyImpossibleError) as caught:
        assemble(bank, demand, forms=1, draw_key="k")
    assert (caught.value.difficulty, caught.value.shortages) == (True, ())


def test_difficulty_is_levelled_by_swaps_up_to_the_point_limit():
    hard = [BankItem(f"h{p}{n}", "single", "a", f"p{p}", 0.9) for p in range(4) for n in range(2)]
    easy = [BankItem(f"e{p}{n}", "single", "a", f"p{p}", 0.1) for p in range(4) for n in range(2)]
    demand = Demand({"single": 8}, {"a": 1.0}, tolerance=0.02, used={i.id: 1 for i in easy})
    (form,) = assemble(hard + easy, demand, forms=1, draw_key="k")
    assert Counter(pk[0] for pk in form) == {"h": 4, "e": 4}
    assert max(Counter(pk[1] for pk in form).values()) == 2


def test_items_move_to_other_points_to_make_room():
    """The first kind sits on the only point of the second, and makes way."""
    pools = {
        "single": [BankItem(f"s{p}{n}", "single", "a", p, 0.5) for p in "xy" for n in "12"],
        "true_false": [BankItem(f"t{n}", "true_false", "a", "x", 0.5) for n in "12"],
    }
    placing = Placing(pools)
    assert placing.fill("single", 2) == 2
    assert placing.held == {"x": 2}
    assert placing.fill("true_false", 2) == 2
    assert Counter(item.id[:2] for item in placing.chosen) == {"sy": 2, "t1": 1, "t2": 1}
    assert placing.fill("true_false", 1) == 0
    assert placing.fill("other", 1) == 0


@settings(max_examples=150)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abc"), st.sampled_from("pqrs")), st.integers(1, 3), min_size=1
    ),
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)),
)
def test_placing_fills_as_much_as_can_be_filled(stockpile, wanted):
    """Against an exhaustive count of what the points can hold (Hall's condition)."""
    pools = {
        kind: [
            BankItem(f"{kind}{p}{n}", kind, "a", p, 0.5)
            for (k, p), count in sorted(stockpile.items())
            if k == kind
            for n in range(count)
        ]
        for kind in "abc"
    }
    placing = Placing(pools)
    taken = sum(placing.fill(kind, n) for kind, n in zip("abc", wanted, strict=True))
    best = _best(stockpile, dict(zip("abc", wanted, strict=True)))
    assert taken == best
    assert all(n <= 2 for n in placing.held.values())
    assert len({item.id for item in placing.chosen}) == taken


def _best(stockpile, wanted):
    """Max flow by the minimum cut over all sets of kinds and points."""
    kinds, points = sorted(wanted), "pqrs"
    least = None
    for mask_k in range(1 << len(kinds)):
        for mask_p in range(1 << len(points)):
            inside_k = {k for i, k in enumerate(kinds) if mask_k >> i & 1}
            inside_p = {p for i, p in enumerate(points) if mask_p >> i & 1}
            cut = sum(wanted[k] for k in kinds if k not in inside_k) + 2 * len(inside_p)
            cut += sum(n for (k, p), n in stockpile.items() if k in inside_k and p not in inside_p)
            least = cut if least is None else min(least, cut)
    return least
