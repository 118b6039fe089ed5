"""In which order the places of a room are numbered."""

from functools import lru_cache

from exams.rules.seating.problem import Numbering, Place, RoomShape


@lru_cache(maxsize=256)
def path(shape: RoomShape, numbering: Numbering) -> tuple[Place, ...]:
    """Every place with a seat, in the order of its number.

    Row by row from the front left; or serpentine: down the first column, up the second, so that
    consecutive numbers stay neighbours.
    """
    if numbering == "row_major":
        places = [(row, column) for row in _span(shape.rows) for column in _span(shape.columns)]
    else:
        places = [
            (row if column % 2 else shape.rows + 1 - row, column)
            for column in _span(shape.columns)
            for row in _span(shape.rows)
        ]
    return tuple(place for place in places if place not in shape.blocked)


def _span(n: int) -> range:
    return range(1, n + 1)
