"""Posts on an examination and the qualifications behind them."""

from enum import StrEnum


class Post(StrEnum):
    """A post on duty; the names are those of `forbidden_pairs` in the rulebooks."""

    CHIEF_EXAMINER = "chief_examiner"
    EXAM_MANAGER = "exam_manager"
    SITE_HEAD = "site_head"
    PROCTOR = "proctor"
    ASSESSOR = "assessor"
    PANEL_LEADER = "panel_leader"
    SUPERVISOR = "supervisor"
    EXAM_STAFF = "exam_staff"
    KEEPER = "keeper"


class Grade(StrEnum):
    """What a member of the staff is qualified as."""

    PROCTOR = "proctor"
    ASSESSOR = "assessor"
    SENIOR_ASSESSOR = "senior"
    SUPERVISOR_INTERNAL = "supervisor_internal"
    SUPERVISOR_EXTERNAL = "supervisor_external"
    EXPERT = "expert"
    STAFF = "staff"
