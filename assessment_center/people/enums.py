"""Kinds of facts about people."""

from enum import StrEnum


class StudentStatus(StrEnum):
    ENROLLED = "enrolled"
    FINAL_YEAR = "final_year"
    GRADUATED = "graduated"
    LEFT = "left"


class TieKind(StrEnum):
    KIN = "kin"
    TEACHER = "teacher"
    FRIEND = "friend"
