"""Kinds of what the first days leave behind."""

from enum import StrEnum


class Audience(StrEnum):
    """For whom slips are printed."""

    STUDENTS = "students"
    STAFF = "staff"
