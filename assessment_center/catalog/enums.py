"""Levels of skill, subjects of an examination, and where a standard stands."""

from enum import IntEnum, StrEnum


class Level(IntEnum):
    """The lower the number the higher the skill; certificates print the number's Chinese."""

    FIVE = 5
    FOUR = 4
    THREE = 3
    TWO = 2
    ONE = 1


class Subject(StrEnum):
    THEORY = "theory"
    PRACTICAL = "practical"
    REVIEW = "review"
    LANGUAGE = "language"


class StandardStatus(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    ABOLISHED = "abolished"
