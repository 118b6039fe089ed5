"""A sample can be drawn again by anybody, and is as large as was said."""

from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.sampling import drawn, size_of

NUMBERS = st.lists(st.text("0123456789-ABC", min_size=1, max_size=12), max_size=60)
PERCENT = st.integers(1, 100)


@given(NUMBERS, PERCENT, st.text(max_size=8), st.randoms(use_true_random=False))
def test_the_same_lots_whatever_the_order(numbers, percent, seed, rng) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(numbers)
    rng.shuffle(shuffled)
    one = drawn(numbers, percent=percent, seed=seed)
    assert one == drawn(shuffled + numbers[:3], percent=percent, seed=seed)
    assert set(one) <= set(numbers)
    assert len(one) == len(set(one)) == ceil(len(set(numbers)) * percent / 100)


@given(st.integers(1, 10_000), PERCENT)
def test_somebody_is_always_drawn(population: int, percent: int) -> None:
    assert 1 <= size_of(population, percent) <= population


def test_another_seed_draws_others() -> None:
    numbers = [f"B-{n:05d}" for n in range(200)]
    draws = {tuple(drawn(numbers, percent=5, seed=str(seed))) for seed in range(20)}
    assert len(draws) == 20
    counts = [sum(name in draw for draw in draws) for name in numbers]
    assert max(counts) < 10


def test_nobody_is_drawn_of_nobody() -> None:
    assert drawn([], percent=10, seed="x") == []
