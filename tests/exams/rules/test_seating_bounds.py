"""What no plan can beat: the same as trying every way to choose places, in every shape of room."""

from hypothesis import given, settings
from hypothesis import strategies as st

from exams.rules import seating
from exams.rules.seating.bounds import least_diagonals, least_pairs, spare
from tests.exams.rules.test_seating import ROOM, people, shapes


def test_known_bounds_of_a_room():
    assert [least_pairs(ROOM)[m] for m in (15, 16, 18, 30)] == [0, 2, 7, 49]
    assert [least_diagonals(ROOM)[m] for m in (9, 10, 12)] == [0, 2, 8]


def test_rooms_with_missing_places_and_large_ones():
    shape = seating.RoomShape(2, 2, frozenset({(2, 2)}))
    assert (least_pairs(shape), least_diagonals(shape)) == ((0, 0, 0, 2), (0, 0, 1))
    assert seating.lower_bound([shape], {"P": 3}) == seating.Bound(2, None)
    assert seating.lower_bound([seating.RoomShape(7, 7)], {"P": 49}) == seating.Bound(84, None)
    assert seating.lower_bound([seating.RoomShape(15, 15)], {"P": 2}) == seating.Bound(0, None)
    assert least_pairs(seating.RoomShape(11, 11))[-1] == 220


def test_a_large_room_full_of_one_paper():
    wide = seating.RoomShape(7, 8, limit=30)
    plan = seating.arrange([wide], people([30]), key="k")
    assert (plan.quality.pairs, plan.bound.pairs) == (4, 4)


def _by_hand(shape):
    """Least pairs and least diagonals without pairs, by trying all subsets of the places."""
    places = seating.path(shape, "row_major")
    index = {place: at for at, place in enumerate(places)}
    steps = [
        [(at, index[r + a, c + b]) for (r, c), at in index.items() if (r + a, c + b) in index]
        for a, b in ((0, 1), (1, 0), (1, 1), (1, -1))
    ]
    sides, diagonals = steps[0] + steps[1], steps[2] + steps[3]
    pairs, corners = {}, {}
    for taken in range(1 << len(places)):
        number = taken.bit_count()
        touching = sum(taken >> one & taken >> two & 1 for one, two in sides)
        pairs[number] = min(pairs.get(number, touching), touching)
        if not touching:
            found = sum(taken >> one & taken >> two & 1 for one, two in diagonals)
            corners[number] = min(corners.get(number, found), found)
    return tuple(pairs[m] for m in sorted(pairs)), tuple(corners[m] for m in sorted(corners))


@given(data=st.data(), rows=st.integers(1, 4), columns=st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_the_bounds_are_what_all_subsets_give(data, rows, columns):
    places = [(r, c) for r in range(1, rows + 1) for c in range(1, columns + 1)]
    gone = data.draw(st.sets(st.sampled_from(places), max_size=len(places) - 1))
    gone |= set(places[len(gone) + 9 :])
    shape = seating.RoomShape(rows, columns, frozenset(gone))
    assert (least_pairs(shape), least_diagonals(shape)) == _by_hand(shape)


@given(
    rooms=st.lists(shapes(), min_size=1, max_size=3),
    number=st.integers(1, 30),
)
@settings(deadline=None)
def test_spare_is_the_last_number_that_costs_no_more(rooms, number):
    capacity = sum(room.capacity for room in rooms)
    if number > capacity:
        return
    more = spare(rooms, number)
    now = seating.lower_bound(rooms, {"P": number}).pairs
    assert seating.lower_bound(rooms, {"P": number + more}).pairs == now
    if number + more < capacity:
        assert seating.lower_bound(rooms, {"P": number + more + 1}).pairs > now
