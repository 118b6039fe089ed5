"""Kinds of deadlines, units of counting, and what a calendar holds."""

from enum import StrEnum


class Nature(StrEnum):
    """Due by the day; not before the day; happens on the day by itself."""

    DUE = "due"
    FROM = "from"
    EVENT = "event"


class Unit(StrEnum):
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"


class Scope(StrEnum):
    """Of a calendar: what the user answers for, or all the user may see."""

    MINE = "mine"
    ALL = "all"


class Reminder(StrEnum):
    """The stages of telling; a later one replaces the earlier."""

    BEFORE = "before"
    DAY = "day"
    PAST = "past"
    HEAD = "head"
