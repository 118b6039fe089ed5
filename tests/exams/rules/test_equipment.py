"""When a piece may be used: by its calibrations, and by how many are left."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.equipment.enums import Reason
from exams.rules import equipment as rules
from exams.rules.keepers import keeper_faults

START = date(2026, 1, 1)
DAYS = st.integers(0, 900).map(lambda n: START + timedelta(days=n))


@given(done=DAYS, until=DAYS, on=DAYS)
def test_a_calibration_holds_from_its_day_to_its_last_day(done, until, on):
    piece = rules.Piece(1, 1, measuring=True, tests=(rules.Test(done, True, until),))
    fault = rules.calibration_fault(piece, on)
    if on < done:
        assert fault == rules.Fault(Reason.NEVER_CALIBRATED)
    elif on > until:
        assert fault == rules.Fault(Reason.EXPIRED, until)
    else:
        assert fault is None


@given(
    st.integers(1, 9), st.integers(0, 9), st.lists(st.integers(1, 3), max_size=4), DAYS,
    st.integers(1, 9),
)  # fmt: skip
def test_pieces_are_missing_exactly_when_too_few_are_left(quantity, broken, lent, on, needed):
    away = tuple(rules.Away(count, on + timedelta(days=1)) for count in lent)
    piece = rules.Piece(quantity, needed, away=away, broken=broken)
    faults = list(rules.presence_faults(piece, on, on))
    assert bool(faults) == (quantity - broken - sum(lent) < needed)


def test_the_latest_calibration_done_by_then_counts():
    failed = rules.Test(START + timedelta(days=5), passed=False)
    good = rules.Test(START, passed=True, until=START + timedelta(days=400))
    piece = rules.Piece(1, 1, measuring=True, tests=(failed, good))
    assert rules.calibration_fault(piece, START + timedelta(days=4)) is None
    fault = rules.calibration_fault(piece, START + timedelta(days=5))
    assert fault == rules.Fault(Reason.FAILED, failed.done)
    assert rules.calibration_fault(rules.Piece(1, 1), START) is None


@pytest.mark.parametrize(
    ("wanted", "education", "level", "faults"),
    [
        ("college", "high_school", 4, (True, False)),
        ("college", "bachelor", 5, (False, True)),
        ("technical_or_high_school", "technical_school", 1, (False, False)),
        ("technical_or_high_school", "middle_school", 4, (True, False)),
    ],
)
def test_who_may_keep(wanted, education, level, faults):
    assert keeper_faults(wanted, education, level) == faults
