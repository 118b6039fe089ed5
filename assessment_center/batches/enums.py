"""States and kinds of plans, batches and announcements."""

from enum import StrEnum


class PlanStatus(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"


class BatchStatus(StrEnum):
    """The batch's own state; the stages of the rail are read from the apps' records."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    REGISTRATION_CLOSED = "registration_closed"
    REPORTED = "reported"
    APPROVED = "approved"
    COMPLETED = "completed"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


class Route(StrEnum):
    EXAM = "exam"
    DIRECT = "direct"
    PROCESS = "process"
    CREDIT = "credit"
    CONTEST = "contest"
    PERFORMANCE = "performance"


class AnnouncementStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"


class ReportStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
