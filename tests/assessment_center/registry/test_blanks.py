"""Rows made by position are the rows that keywords make."""

import pytest

from assessment_center.people.models import Person
from assessment_center.registry.blanks import Blank
from candidates.models import Application


def test_a_row_made_by_position_is_the_one_made_by_keywords() -> None:
    made, plain = Blank(Application)(level=3, address="一号"), Application(level=3, address="一号")
    assert made.id != plain.id
    own = {"id", "_state"}
    assert {k: v for k, v in vars(made).items() if k not in own} == {
        k: v for k, v in vars(plain).items() if k not in own
    }
    assert made._state.adding


def test_a_default_that_can_change_is_made_for_each() -> None:
    blank = Blank(Application)
    first, second = blank(), blank()
    first.declaration["excellent"] = True
    assert second.declaration == {}


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(TypeError, match="Person has no column nmae"):
        Blank(Person)(nmae="王一")
