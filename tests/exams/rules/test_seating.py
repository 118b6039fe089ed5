"""Seating: no plan breaks a hard rule, figures at their bounds, the same key the same plan."""

import hashlib
import json
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exams.rules import seating
from exams.rules.seating.pattern import patterns

PROJECT = Path(__file__).resolve().parents[3]
ROOM = seating.RoomShape(5, 6)


def people(sizes, classes=7):
    return [
        seating.Candidate(f"{paper}-{at:05d}", f"P{paper}", f"K{at % classes}")
        for paper, size in enumerate(sizes)
        for at in range(size)
    ]


@st.composite
def shapes(draw):
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    places = [(r, c) for r in range(1, rows + 1) for c in range(1, columns + 1)]
    blocked = draw(st.sets(st.sampled_from(places), max_size=min(4, len(places) - 1)))
    limit = draw(st.none() | st.integers(1, rows * columns))
    return seating.RoomShape(rows, columns, frozenset(blocked), limit)


@given(
    rooms=st.lists(shapes(), min_size=1, max_size=4),
    sizes=st.lists(st.integers(0, 14), min_size=1, max_size=5),
    numbering=st.sampled_from(["serpentine", "row_major"]),
    mixing=st.sampled_from(["mixed", "few", "by_paper", "by_lot"]),
    reserve=st.integers(0, 3),
    key=st.text(max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_no_plan_breaks_a_hard_rule(rooms, sizes, numbering, mixing, reserve, key):
    listed = people(sizes)
    ways = {"key": key, "numbering": numbering, "mixing": mixing, "reserve": reserve}
    capacity = sum(room.capacity for room in rooms)
    if len(listed) > capacity:
        with pytest.raises(seating.CapacityError) as short:
            seating.arrange(rooms, listed, **ways)
        assert short.value.short == len(listed) - capacity
        return
    plan = seating.arrange(rooms, listed, **ways)
    assert len(plan.holes) <= min(reserve * len(rooms), capacity - len(listed))
    assert not listed or len(plan.holes) == min(reserve * len(rooms), capacity - len(listed))
    taken = [(each.room, each.row, each.column) for each in (*plan.seats, *plan.holes)]
    assert len(set(taken)) == len(taken)
    assert sorted(seat.candidate.id for seat in plan.seats) == sorted(c.id for c in listed)
    assert len({(s.room, s.row, s.column) for s in plan.seats}) == len(plan.seats)
    for seat in plan.seats:
        shape = rooms[seat.room]
        assert (seat.row, seat.column) not in shape.blocked
    for room, size in Counter(each.room for each in (*plan.seats, *plan.holes)).items():
        assert size <= rooms[room].capacity
    _numbered_along_the_path(plan, rooms, numbering)
    assert plan.quality.pairs >= plan.bound.pairs
    if plan.bound.diagonal is not None and plan.quality.pairs == 0:
        assert plan.quality.diagonal >= plan.bound.diagonal


def _numbered_along_the_path(plan, rooms, numbering):
    taken = [(each.room, each.number, (each.row, each.column)) for each in plan.seats]
    taken += [(each.room, each.number, (each.row, each.column)) for each in plan.holes]
    for at, shape in enumerate(rooms):
        own = {place: number for room, number, place in taken if room == at}
        along = [own[place] for place in seating.path(shape, numbering) if place in own]
        assert along == list(range(1, len(own) + 1))


@pytest.mark.parametrize(("number", "diagonal"), [(1000, 32), (10_000, 432)])
def test_a_third_on_one_paper_reaches_the_bounds(number, diagonal):
    weights = [1 / (at + 1) for at in range(12)]
    sizes = [int(number * weight / sum(weights)) for weight in weights]
    sizes[3] += number - sum(sizes)
    listed = [
        seating.Candidate(f"{paper}-{at}", f"P{paper}", f"K{paper}-{at // 40}")
        for paper, size in enumerate(sizes)
        for at in range(size)
    ]
    plan = seating.arrange([ROOM] * -(-number // 30), listed, key="k", numbering="serpentine")
    assert plan.bound == seating.Bound(0, diagonal)
    assert plan.quality.pairs == 0
    assert plan.quality.diagonal <= 1.1 * diagonal
    assert plan.quality.same_class == 0


def test_the_independent_checker_agrees(tmp_path):
    bench = PROJECT.parent / "shared" / "bench"
    if not bench.exists():
        pytest.skip("the independent checker is not beside this checkout")
    made = subprocess.check_output([sys.executable, str(bench / "seating_instance.py"), "2000"])
    instance = json.loads(made)
    rooms = [seating.RoomShape(r["rows"], r["columns"]) for r in instance["rooms"]]
    listed = [seating.Candidate(c["id"], c["paper"], c["class"]) for c in instance["candidates"]]
    plan = seating.arrange(rooms, listed, key="摇号")
    told = [{**room, "seats": []} for room in instance["rooms"]]
    for seat in plan.seats:
        told[seat.room]["seats"].append(
            {"row": seat.row, "column": seat.column, "candidate": seat.candidate.id}
        )
    files = [tmp_path / "instance.json", tmp_path / "result.json"]
    files[0].write_bytes(made)
    files[1].write_text(json.dumps({"rooms": told}))
    out = subprocess.check_output(
        [sys.executable, str(bench / "seating_check.py"), *map(str, files)]
    )
    figures = json.loads(out)
    assert figures["problems"] == []
    assert figures["pairs"] == figures["bound"] == plan.quality.pairs == 0
    assert figures["diagonal"] == figures["diagonal_bound"] == plan.bound.diagonal
    assert figures["same_class"] == plan.quality.same_class == 0


SCRIPT = """
import hashlib, sys
from exams.rules import seating
people = [seating.Candidate(f"{p}-{a}", f"P{p}", f"K{a % 9}") for p in range(7) for a in range(31)]
plan = seating.arrange([seating.RoomShape(5, 6)] * 8, people[::int(sys.argv[1])], key=sys.argv[2])
told = [(s.candidate.id, s.room, s.number) for s in plan.seats]
print(hashlib.sha256(repr(told).encode()).hexdigest())
"""


def _elsewhere(seed: str, order: str, key: str) -> str:
    return subprocess.check_output(
        [sys.executable, "-c", SCRIPT, order, key],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
        text=True,
    ).strip()


def test_the_same_key_gives_the_same_plan_in_another_process():
    listed = [
        seating.Candidate(f"{p}-{a}", f"P{p}", f"K{a % 9}") for p in range(7) for a in range(31)
    ]
    plan = seating.arrange([ROOM] * 8, listed, key="甲")
    told = [(seat.candidate.id, seat.room, seat.number) for seat in plan.seats]
    here = hashlib.sha256(repr(told).encode()).hexdigest()
    assert _elsewhere("1", "1", "甲") == _elsewhere("2", "-1", "甲") == here
    assert _elsewhere("1", "1", "乙") != here


def test_a_candidate_listed_twice_is_refused():
    one = seating.Candidate("a", "P")
    with pytest.raises(ValueError, match="twice"):
        seating.arrange([ROOM], [one, one], key="k")


def test_nobody_to_seat_gives_an_empty_plan():
    plan = seating.arrange([ROOM], [], key="k")
    assert (plan.seats, plan.quality) == ((), seating.Quality(0, 0, 0))
    assert seating.fill([seating.RoomShape(1, 1, frozenset({(1, 1)}))], 0) == [0]


def test_candidates_without_a_class_are_no_classmates():
    plan = seating.arrange(
        [ROOM], [seating.Candidate(f"{n}", f"P{n % 2}") for n in range(30)], key=""
    )
    assert plan.quality.same_class == 0


@pytest.mark.parametrize(
    ("numbering", "expected"),
    [
        ("serpentine", [(1, 1), (2, 1), (2, 2), (1, 2), (1, 3), (2, 3)]),
        ("row_major", [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]),
    ],
)
def test_numbers_run_as_the_rulebook_says(numbering, expected):
    assert list(seating.path(seating.RoomShape(2, 3), numbering)) == expected


@pytest.mark.parametrize("numbering", ["row_major", "serpentine"])
@pytest.mark.parametrize("number", [18, 30, 34, 36, 48, 60])
def test_two_forms_lie_like_a_chessboard(number, numbering):
    people = [seating.Candidate(f"c{i:02d}", "AB"[i % 2]) for i in range(number)]
    rooms = [ROOM] * -(-number // 30)
    plan = seating.arrange(rooms, people, key="draw", numbering=numbering)
    assert plan.quality.pairs == 0


@given(
    capacities=st.lists(st.integers(1, 40), min_size=1, max_size=7),
    candidates=st.integers(0, 150),
    reserve=st.integers(0, 3),
)
def test_as_few_rooms_as_hold_all_less_the_reserve(capacities, candidates, reserve):
    useful = [max(0, each - reserve) for each in capacities]
    if sum(useful) < candidates:
        with pytest.raises(seating.CapacityError):
            seating.fewest(capacities, candidates, reserve=reserve)
        return
    chosen = seating.fewest(capacities, candidates, reserve=reserve)
    assert sum(useful[at] for at in chosen) >= candidates
    largest = sorted(useful, reverse=True)
    assert candidates == 0 or sum(largest[: len(chosen) - 1]) < candidates
    assert len(set(chosen)) == len(chosen)


def test_the_last_room_is_the_smallest_that_suffices():
    assert seating.fewest([30, 40, 12, 20], 45, reserve=1) == [1, 2]


def test_a_pattern_uses_every_quota():
    for image in patterns(ROOM, (10, 8, 7, 5), "row_major"):
        assert Counter(image.papers) == {0: 10, 1: 8, 2: 7, 3: 5}


def test_a_room_that_is_not_full_leaves_places_empty_between_equal_papers():
    plan = seating.arrange([ROOM] * 4, people([40, 32]), key="k")
    assert plan.quality.pairs == plan.bound.pairs == 0
    assert plan.quality.diagonal <= 1.1 * plan.bound.diagonal
    alone = seating.arrange([ROOM], people([15]), key="k")
    assert (alone.quality.pairs, alone.bound.pairs) == (0, 0)


@pytest.mark.parametrize("mixing", ["mixed", "few"])
def test_places_kept_free_force_no_pair(mixing):
    """Half of every room on one paper: one more of it, though only planned, would touch."""
    plan = seating.arrange([ROOM] * 6, people([90, 50, 20]), key="k", mixing=mixing, reserve=1)
    assert (plan.quality.pairs, plan.bound) == (0, seating.Bound(0, 120))
    assert plan.quality.diagonal <= 132
    assert Counter(hole.paper for hole in plan.holes)["P0"] == 0
    assert len(plan.holes) == 6


def test_places_stay_the_first_ones_where_nothing_is_gained_by_gaps():
    plan = seating.arrange([ROOM], people([5, 5, 5, 5]), key="k")
    assert plan.quality.pairs == plan.quality.diagonal == 0
    first = set(seating.path(ROOM, "row_major")[:20])
    assert {(seat.row, seat.column) for seat in plan.seats} == first


@given(
    room=shapes(),
    marks=st.sets(st.tuples(st.integers(1, 6), st.integers(1, 7)), max_size=12),
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    numbering=st.sampled_from(["row_major", "serpentine"]),
)
@settings(max_examples=80, deadline=None)
def test_a_pattern_never_gives_up_an_accessible_place(room, marks, sizes, numbering):
    used = sum(sizes)
    if used > room.capacity:
        return
    fit = replace(room, accessible=_inside(room, marks))
    quotas = tuple(sorted(sizes, reverse=True))
    for each in patterns(fit, quotas, numbering):
        order = [place for place in seating.path(fit, numbering) if place in each.room.places]
        assert list(each.room.places) == order
        assert Counter(each.papers) == dict(enumerate(quotas))
        assert len(fit.accessible & set(order)) == min(used, len(fit.accessible))


def test_by_paper_keeps_a_paper_in_few_rooms():
    plan = seating.arrange([ROOM] * 4, people([60, 60]), key="k", mixing="by_paper")
    rooms = {(seat.room, seat.candidate.paper) for seat in plan.seats}
    assert len(rooms) == 4


def test_the_commitment_is_the_hash_of_the_key():
    assert seating.commitment("a") == hashlib.sha256(b"a").hexdigest()
    one, two = seating.Candidate("a", "P"), seating.Candidate("b", "P")
    assert seating.candidates_digest([one, two]) == seating.candidates_digest([two, one])
    assert seating.candidates_digest([one]) != seating.candidates_digest([two])


@given(
    rooms=st.lists(shapes(), min_size=1, max_size=4),
    sizes=st.lists(st.integers(0, 10), min_size=1, max_size=4),
    marks=st.sets(st.tuples(st.integers(1, 6), st.integers(1, 7)), max_size=8),
    needing=st.sets(st.integers(0, 39), max_size=6),
    mixing=st.sampled_from(["mixed", "few", "by_lot"]),
)
@settings(max_examples=120, deadline=None)
def test_whoever_needs_an_accessible_place_gets_one(rooms, sizes, marks, needing, mixing):
    fit = [replace(room, accessible=_inside(room, marks)) for room in rooms]
    listed = [replace(each, accessible=at in needing) for at, each in enumerate(people(sizes))]
    if len(listed) > sum(room.capacity for room in fit):
        return
    wanted = sum(each.accessible for each in listed)
    if wanted > sum(min(len(room.accessible), room.capacity) for room in fit):
        with pytest.raises(seating.AccessibleError):
            seating.arrange(fit, listed, key="k", mixing=mixing, reserve=1)
        return
    plan = _accessible_plan(fit, listed, mixing)
    if plan is None:
        return
    for seat in plan.seats:
        if seat.candidate.accessible:
            assert (seat.row, seat.column) in fit[seat.room].accessible
    assert len(plan.seats) == len(listed)


def _inside(room, marks):
    return frozenset(set(seating.path(room, "row_major")) & marks)


def _accessible_plan(fit, listed, mixing):
    """None where rooms that are not filled use fewer accessible places than are wanted."""
    with suppress(seating.AccessibleError):
        return seating.arrange(fit, listed, key="k", mixing=mixing, reserve=1)
    assert sum(room.capacity for room in fit) > len(listed)
    return None


def _zipf(number, classes=40):
    weights = [1 / (at + 1) for at in range(12)]
    sizes = [int(number * weight / sum(weights)) for weight in weights]
    sizes[3] += number - sum(sizes)
    return [
        seating.Candidate(f"{paper}-{at}", f"P{paper}", f"K{paper}-{at // classes}")
        for paper, size in enumerate(sizes)
        for at in range(size)
    ]


def test_one_in_a_hundred_comes_late_and_sits_apart_while_nobody_moves():
    listed = _zipf(3000)
    plan = seating.arrange([ROOM] * -(-3000 // 29), listed, key="k", reserve=1)
    assert {hole.room for hole in plan.holes} == set(range(104))
    grids = [{} for _ in range(104)]
    for seat in plan.seats:
        grids[seat.room][seat.row, seat.column] = (seat.candidate.paper, seat.candidate.group)
    before = [dict(grid) for grid in grids]
    free = [
        seating.Free(hole.room, hole.number, (hole.row, hole.column), hole.paper)
        for hole in plan.holes
    ]
    late = [
        seating.Candidate(f"late-{at:03d}", each.paper, each.group)
        for at, each in enumerate(Random(7).choices(listed, k=30))
    ]
    placed, left = seating.place_all(free, grids, late)
    assert left == []
    assert sum(quality.pairs == 0 for *_, quality in placed) >= 0.99 * len(late)
    assert all(old.items() <= new.items() for old, new in zip(before, grids, strict=True))
    assert len({(free.room, free.place) for _, free, _ in placed}) == len(late)


def test_late_ones_go_where_they_disturb_least():
    grid = {(1, 1): ("P", "K"), (1, 3): ("Q", "")}
    free = [
        seating.Free(0, 2, (1, 2), "P"),
        seating.Free(0, 4, (2, 2), "Q"),
        seating.Free(0, 5, (3, 3), "R"),
    ]
    placed, left = seating.place_all(
        free, [grid], [seating.Candidate("a", "P", "K"), seating.Candidate("b", "S")]
    )
    assert [(each.id, place.number) for each, place, _ in placed] == [("a", 5), ("b", 2)]
    assert left == []
    nobody, over = seating.place_all([], [grid], [seating.Candidate("c", "P")])
    assert (nobody, [each.id for each in over]) == ([], ["c"])


def test_accessible_places_are_kept_from_who_needs_none_and_found_for_who_does():
    free = [seating.Free(0, 1, (1, 1), "P", accessible=True), seating.Free(0, 2, (5, 5), "Q")]
    placed, left = seating.place_all(
        free,
        [{}],
        [seating.Candidate("a", "R"), seating.Candidate("b", "P", accessible=True)],
    )
    assert {each.id: place.number for each, place, _ in placed} == {"a": 2, "b": 1}
    assert left == []


def test_few_papers_a_room_lie_apart():
    plan = seating.arrange([ROOM] * 34, _zipf(1000), key="k", mixing="few")
    kinds = Counter((seat.room, seat.candidate.paper) for seat in plan.seats)
    a_room = Counter(room for room, _paper in kinds)
    assert max(a_room.values()) <= 6
    assert sorted(a_room.values())[17] <= 4
    assert plan.quality.pairs == 0


def test_a_record_is_repeated_and_a_changed_one_is_found():
    listed = _zipf(120)
    plan = seating.arrange([ROOM] * 5, listed, key="k", reserve=1)
    whole = {
        **seating.to_record(
            [ROOM] * 5, listed, plan, numbering="row_major", mixing="mixed", reserve=1
        ),
        "key": "k",
        "commitment": seating.commitment("k"),
        "candidates_digest": seating.candidates_digest(listed),
    }
    assert seating.faults(whole) == []
    assert "key" in seating.faults({**whole, "key": "other"})[0]
    seats = [list(seat) for seat in whole["seats"]]
    seats[0][4], seats[1][4] = seats[1][4], seats[0][4]
    assert seating.faults({**whole, "seats": seats}) == ["2 seats differ from the record"]
    shorter = {**whole, "candidates": whole["candidates"][1:]}
    assert "list of candidates" in seating.faults(shorter)[0]
    assert "draws by" in seating.faults({**whole, "algorithm": "quota/1"})[0]


def test_one_paper_with_a_place_kept_free_hardly_has_a_pair_more_than_it_must():
    over = {}
    for number in range(14, 30):
        plan = seating.arrange([ROOM], people([number]), key="k", reserve=1)
        over[number] = plan.quality.pairs - plan.bound.pairs
        assert len(plan.holes) == 1
    assert max(over.values()) <= 1
    assert sum(over.values()) <= 2
