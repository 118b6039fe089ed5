"""From when on rooms and seats may be known: never before the rulebook, never after the start."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from exams.rules.secrecy import first_entry, opens_at
from exams.rules.timetable import Moment

START = datetime(2026, 5, 23, 8, 30, tzinfo=UTC)
moments = st.integers(-20_000, 20_000).map(lambda minutes: START + timedelta(minutes=minutes))


@given(chosen=st.none() | moments, issued=st.none() | moments, earliest=st.none() | moments)
def test_the_hour_lies_between_the_rulebooks_and_the_start(chosen, issued, earliest):
    found = opens_at(START, chosen=chosen, issued=issued, earliest=earliest)
    if found is None:
        assert (chosen, issued, earliest) == (None, None, None)
        return
    assert found <= START
    if earliest is not None and earliest <= START:
        assert found >= earliest
    if chosen is not None and (earliest is None or chosen >= earliest):
        assert found == min(chosen, START)


def test_tickets_open_it_only_where_nothing_else_is_said():
    issued, late = START - timedelta(days=4), START - timedelta(minutes=30)
    assert opens_at(START, chosen=None, issued=issued, earliest=None) == issued
    assert opens_at(START, chosen=late, issued=issued, earliest=None) == late
    assert opens_at(START, chosen=None, issued=issued, earliest=late) == late


def test_whoever_is_let_in_first_counts():
    waiting, room = START - timedelta(minutes=30), START - timedelta(minutes=15)
    told = [Moment(room, "t_candidate_entry"), Moment(waiting, "t_waiting_entry")]
    meeting = Moment(START - timedelta(minutes=60), "t_meeting")
    assert first_entry([*told, meeting], START) == waiting
    assert first_entry([meeting], START) == START
