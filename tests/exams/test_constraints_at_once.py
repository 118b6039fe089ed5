"""The conditions of a row are asked in one statement, and each broken one is named."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exams.models import Room
from tests.exams import build

AREA, GRID = "面积应大于 0 平方米。", "排数和列数应在 1 至 40 之间。"
pytestmark = pytest.mark.django_db


def asked(room: Room, exclude: set[str] | None = None) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        room.validate_constraints(exclude)
    return [each["sql"] for each in seen if "_check" in each["sql"]]


def test_a_sound_row_costs_one_question() -> None:
    room = build.room()
    assert len([c for c in Room._meta.constraints if "check" in str(type(c)).lower()]) == 3
    assert len(asked(room)) == 1


def test_every_broken_condition_is_named() -> None:
    room = build.room()
    room.area, room.rows = -1, 50
    with pytest.raises(ValidationError) as refusal:
        room.validate_constraints()
    assert set(refusal.value.messages) == {AREA, GRID}


def test_what_is_not_checked_is_left_out_and_the_rest_still_holds() -> None:
    room = build.room()
    room.area, room.rows = -1, 50
    with pytest.raises(ValidationError) as refusal:
        room.validate_constraints(exclude={"area"})
    assert refusal.value.messages == [GRID]
