"""Kinds and states of items and papers."""

from enum import StrEnum


class ItemKind(StrEnum):
    SINGLE = "single"
    TRUE_FALSE = "true_false"
    MULTIPLE = "multiple"
    PRACTICAL = "practical"


class ItemStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    REVIEWED = "reviewed"
    ACCEPTED = "accepted"
    RETIRED = "retired"


class PaperStatus(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    SEALED = "sealed"
    RELEASED = "released"
    VOID = "void"
