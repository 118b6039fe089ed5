"""How a centre begins, and how far its declaration is."""

from enum import StrEnum


class Beginning(StrEnum):
    """With nothing, or with years of work behind it."""

    NEW = "new"
    WORKING = "working"


class DeclarationState(StrEnum):
    DRAFT = "draft"
    PREPARED = "prepared"
    SIGNED = "signed"
