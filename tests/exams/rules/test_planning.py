"""Timetables: nobody twice, no room over its size, the same again, and over as early as can be."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exams.rules.planning import (
    Block,
    Engagement,
    Kind,
    Limit,
    Place,
    Plan,
    Problem,
    Sitter,
    Task,
    explain,
    faults,
    solve,
)

DAY = 60


def sitters(*people: str, key: str = "") -> tuple[Sitter, ...]:
    return tuple(Sitter(f"{key}{at}", person) for at, person in enumerate(people))


def task(key="a", minutes=20, people="uvw", room=None, **more) -> Task:
    facts = {"windows": ((0, DAY),), "room": room or {"R": 2}, **more}
    return Task(key, minutes, sitters(*people, key=key), **facts)


def problem(*tasks: Task, **more) -> Problem:
    places = more.pop("places", None) or [
        Place(each) for each in sorted({p for t in tasks for p in t.room})
    ]
    return Problem(tasks, {each.id: each for each in places}, **more)


def placed(plan: Plan) -> list[tuple[str, str, int, int]]:
    return [(each.place, each.task, each.start, len(each.sitters)) for each in plan.blocks]


# Single cases


def test_groups_fill_the_stations_one_after_the_other_and_are_level():
    plan = solve(problem(task(people="abcde", room={"R": 4}, windows=((0, 60),)), pause=10))
    assert placed(plan) == [("R", "a", 0, 3), ("R", "a", 30, 2)]
    assert (plan.finish, plan.left, plan.proved) == (50, {}, True)


def test_a_long_noon_is_not_worked_through():
    plan = solve(problem(task(people="abc", room={"R": 1}, windows=((0, 45), (60, 120)))))
    assert [block.start for block in plan.blocks] == [0, 20, 60]


def test_turns_follow_each_other_and_a_full_waiting_room_begins_a_new_group():
    plan = solve(problem(task(people="abcde", minutes=10, room={"R": 3}, by_turn=True), pause=5))
    assert placed(plan) == [("R", "a", 0, 3), ("R", "a", 35, 2)]


def test_panels_share_the_turns():
    plan = solve(problem(task(people="abcd", minutes=10, room={"R": 9, "S": 9}, by_turn=True)))
    assert placed(plan) == [("R", "a", 0, 2), ("S", "a", 0, 2)]
    assert plan.proved


def test_all_sit_at_one_time_in_the_fewest_rooms():
    room = {"R": 3, "S": 2, "T": 2}
    one = task("t90", 30, "abcd", room, together=True, session="t")
    two = task("t60", 20, "ef", room, together=True, session="t")
    plan = solve(problem(one, two, places=[Place("R", busy=((0, 5),)), Place("S"), Place("T")]))
    assert {block.start for block in plan.blocks} == {5}
    assert sorted(placed(plan)) == [("R", "t90", 5, 2), ("S", "t60", 5, 2), ("T", "t90", 5, 2)]


def test_who_sits_two_occupations_has_a_second_time_where_none_is_forbidden():
    free = task("t", 20, "aab", together=True, session="t")
    plan = solve(problem(free, rest=10))
    assert [(b.start, [s.person for s in b.sitters]) for b in plan.blocks] == [
        (0, ["a", "b"]), (30, ["a"]),
    ]  # fmt: skip
    bound = task("t", 20, "aab", together=True, session="t", once=True)
    plan = solve(problem(bound, rest=10))
    told = list(explain(problem(bound, rest=10), plan))
    assert [(each.limit, each.persons) for each in told] == [(Limit.ONE_TIME, ("a",))]


def test_a_person_rests_and_has_time_for_the_way():
    near = {"R": Place("R", "n"), "S": Place("S", "n")}
    far = {"R": Place("R", "n"), "S": Place("S", "f")}
    tasks = (task("a", 10, "u", {"R": 1}), task("b", 10, "u", {"S": 1}))
    for places, starts in ((near, [0, 15]), (far, [0, 40])):
        plan = solve(Problem(tasks, places, rest=5, travel=30))
        assert [block.start for block in plan.blocks] == starts


def test_judges_are_not_in_two_rooms():
    judged = {"need": 2, "judges": frozenset("xyz")}
    tasks = (task("a", 20, "u", {"R": 1}, **judged), task("b", 20, "v", {"S": 1}, **judged))
    assert [block.start for block in solve(problem(*tasks)).blocks] == [0, 20]
    assert solve(problem(*tasks, serving={"x": ((0, 60),), "y": ((0, 60),)})).unplaced == 2


@pytest.mark.parametrize(
    ("facts", "more", "limit"),
    [
        ({"room": {}}, {"places": [Place("R")]}, Limit.NO_PLACE),
        ({"minutes": 90}, {}, Limit.HOURS),
        ({"need": 3, "judges": frozenset("x")}, {}, Limit.JUDGES),
        (
            {"need": 1, "judges": frozenset("x")},
            {"serving": {"x": ((0, DAY),)}},
            Limit.JUDGES,
        ),
        ({"people": "uvwxyzabcd"}, {}, Limit.STATIONS),
        ({}, {"engaged": dict.fromkeys("uvw", (Engagement(0, DAY),))}, Limit.PERSONS),
        ({"together": True, "session": "t"}, {}, Limit.SEATS),
    ],
)
def test_what_does_not_fit_is_told_by_its_limit(facts, more, limit):
    given_ = problem(task(**{"room": {"R": 2}, **facts}), **more) if "room" not in facts else (
        Problem((Task("a", 20, sitters("u"), {}, ((0, DAY),)),), {"R": Place("R")})
    )  # fmt: skip
    told = list(explain(given_, solve(given_)))
    assert [each.limit for each in told] == [limit]
    assert told[0].people == solve(given_).unplaced > 0


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"place": "S"}, Kind.PLACE),
        ({"sitters": sitters(*"abc")}, Kind.CAPACITY),
        ({"end": 10}, Kind.LENGTH),
        ({"start": 50, "end": 70}, Kind.HOURS),
        ({"start": 35, "end": 55}, Kind.ROOM_TAKEN),
    ],
)
def test_each_broken_rule_is_found(change, kind):
    facts = {"task": "a", "place": "R", "start": 0, "end": 20, "sitters": sitters("u"), **change}
    rules = problem(task(), places=[Place("R", busy=((40, 45),)), Place("S")])
    assert {fault.kind for fault in faults(rules, [Block(**facts)])} == {kind}


def test_groups_that_meet_are_found():
    one = Block("a", "R", 0, 20, sitters("u"))
    rules = problem(task(), task("b", room={"S": 2}), rest=10, pause=5)
    there = Block("a", "R", 22, 42, sitters("v"))
    assert [fault.kind for fault in faults(rules, [one, there])] == [Kind.ROOM_TAKEN]
    twice = Block("b", "S", 10, 30, sitters("u"))
    soon = Block("b", "S", 25, 45, sitters("u"))
    assert [fault.kind for fault in faults(rules, [one, twice])] == [Kind.PERSON]
    assert [(f.kind, f.other, f.person) for f in faults(rules, [one, soon])] == [
        (Kind.REST, one, "u")
    ]


# Everywhere


@st.composite
def problems(draw, largest: int = 12) -> Problem:
    places = [
        Place(name, draw(st.sampled_from(["n", "f"])), draw(st.sampled_from([(), ((20, 35),)])))
        for name in "RST"[: draw(st.integers(1, 3))]
    ]
    tasks = []
    for key in "abc"[: draw(st.integers(1, 3))]:
        names = draw(st.lists(st.sampled_from("uvwxyz"), min_size=1, max_size=largest, unique=True))
        room = {place.id: draw(st.integers(1, 4)) for place in places if draw(st.booleans())} or {
            "R": 1
        }
        by_turn = draw(st.booleans())
        need = draw(st.integers(0, 2))
        together = not by_turn and draw(st.booleans())
        tasks.append(
            task(
                key, draw(st.sampled_from([5, 10, 20])), "".join(names), room,
                windows=HOURS, by_turn=by_turn, together=together,
                session=key, need=0 if together else need, judges=frozenset("123"),
            )
        )  # fmt: skip
    return problem(
        *tasks, places=places, pause=draw(st.sampled_from([0, 5])), rest=draw(st.sampled_from([0, 10])),
        travel=draw(st.sampled_from([0, 15])), engaged={"u": (Engagement(0, 10, "n"),)},
        serving={"1": ((60, 90),)},
    )  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems())
def test_no_rule_is_broken_and_everybody_is_somewhere(given_: Problem):
    plan = solve(given_)
    assert faults(given_, plan.blocks) == []
    for each in given_.tasks:
        there = [s for block in plan.blocks if block.task == each.key for s in block.sitters]
        there += plan.left.get(each.key, ())
        assert sorted(s.id for s in there) == sorted(s.id for s in each.sitters)
    assert {each.task for each in explain(given_, plan)} == set(plan.left)
    assert solve(given_) == plan


HOURS = ((0, 45), (60, 120))


def test_turns_are_not_prolonged_over_what_an_earlier_sitter_sits_elsewhere():
    given_ = problem(
        task(
            "a", 5, "uvwx", {"S": 1, "T": 2}, windows=HOURS, by_turn=True, session="a", need=2,
            judges=frozenset("123"),
        ),
        task("b", 10, "uvwxyz", {"R": 2, "S": 2}, windows=HOURS, session="b"),
        places=[Place("R", "n"), Place("S", "n", ((20, 35),)), Place("T", "n")],
        engaged={"u": (Engagement(0, 10, "n"),)}, serving={"1": ((60, 90),)},
    )  # fmt: skip
    plan = solve(given_)
    assert faults(given_, plan.blocks) == []
    assert plan.unplaced == 0


# Against every timetable there is


def finishes(given_: Problem, times: range) -> tuple[int, int]:
    """(unplaced, finish) of the best of all ways to put each candidate somewhere or nowhere."""
    everyone = [(each, sitter) for each in given_.tasks for sitter in each.sitters]
    options = [[None, *product(each.room, times)] for each, _sitter in everyone]
    best = (len(everyone), 0)
    for chosen in product(*options):
        groups: dict[tuple[str, str, int], list[Sitter]] = {}
        for (each, sitter), where in zip(everyone, chosen, strict=True):
            if where:
                groups.setdefault((each.key, *where), []).append(sitter)
        ends = [start + given_.task(key).minutes for key, _place, start in groups]
        score = (chosen.count(None), max(ends, default=0))
        if score >= best:
            continue
        blocks = [
            Block(key, place, start, start + given_.task(key).minutes, tuple(people))
            for (key, place, start), people in groups.items()
        ]
        if not faults(given_, blocks):
            best = score
    return best


@st.composite
def tiny(draw) -> Problem:
    """At most four applications, two places, hours of five steps."""
    shapes = draw(
        st.sampled_from([("u",), ("uv",), ("u", "u"), ("uv", "u"), ("uv", "uv"), ("uvw",)])
    )
    shapes = shapes if len(shapes) > 1 else (*shapes, draw(st.sampled_from(["w", "v", "u"])))
    tasks = []
    for key, people in zip("ab", shapes, strict=True):
        room = draw(
            st.sampled_from([{"R": 1}, {"R": 2}, {"S": 1}, {"R": 1, "S": 1}, {"R": 2, "S": 1}])
        )
        need = draw(st.integers(0, 1))
        tasks.append(
            task(
                key, draw(st.sampled_from([1, 2])), people, room, windows=((0, 2), (3, 5)),
                need=need, judges=frozenset("x" if draw(st.booleans()) else "xy"),
            )
        )  # fmt: skip
    busy = draw(st.sampled_from([(), ((1, 2),)]))
    return problem(
        *tasks, places=[Place("R", "n", busy), Place("S", "f")], pause=draw(st.integers(0, 1)),
        rest=draw(st.integers(0, 1)), travel=draw(st.integers(0, 2)),
        engaged={"u": (Engagement(0, 1, "n"),)} if draw(st.booleans()) else {},
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tiny())
def test_small_timetables_are_over_as_early_as_any(given_: Problem):
    plan = solve(given_)
    assert plan.proved
    assert (plan.unplaced, plan.finish) == finishes(given_, range(5))


def test_a_large_one_is_placed_whole_and_proved():
    room = {f"R{at}": 24 for at in range(9)}
    people = [f"p{at}" for at in range(1000)]
    theory = Task("t", 90, sitters(*people, key="t"), {f"T{at}": 30 for at in range(40)},
                  ((510, 720),), together=True, session="t")  # fmt: skip
    practical = Task("p", 120, sitters(*people, key="p"), room,
                     ((510, 720), (810, 1080), (1950, 2160), (2250, 2520)))  # fmt: skip
    given_ = problem(theory, practical, pause=30, rest=30)
    plan = solve(given_)
    assert (plan.unplaced, plan.proved, faults(given_, plan.blocks)) == (0, True, [])
