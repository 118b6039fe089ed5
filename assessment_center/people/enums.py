"""Kinds of facts about people."""

from enum import StrEnum


class StudentStatus(StrEnum):
    ENROLLED = "enrolled"
    FINAL_YEAR = "final_year"
    GRADUATED = "graduated"
    LEFT = "left"


class Manner(StrEnum):
    """How a full ID number came to be seen."""

    VIEW = "view"
    PRINT = "print"
    EXPORT = "export"
    JOB = "job"
    INTERNAL = "internal"


class TieKind(StrEnum):
    KIN = "kin"
    TEACHER = "teacher"
    FRIEND = "friend"
