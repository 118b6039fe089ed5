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
    ITEM_WRITER = "item_writer"
    KEEPER = "keeper"
    STAFF = "staff"


ASSESSORS = frozenset({Grade.ASSESSOR, Grade.SENIOR_ASSESSOR})
SUPERVISORS = frozenset({Grade.SUPERVISOR_INTERNAL, Grade.SUPERVISOR_EXTERNAL})
EXPERTS = frozenset({Grade.EXPERT, Grade.ITEM_WRITER})


class Employment(StrEnum):
    """How somebody is employed: secret posts and inner supervision ask for regular staff."""

    REGULAR = "regular"
    HIRED = "hired"
    OUTSIDE = "outside"


class Education(StrEnum):
    SECONDARY = "secondary"
    COLLEGE = "college"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTOR = "doctor"


class TitleRank(StrEnum):
    """Professional titles, lowest first; the words are those of the rulebooks."""

    JUNIOR = "junior_title"
    INTERMEDIATE = "intermediate_title"
    SENIOR = "senior_title"


class Early(StrEnum):
    """On what ground somebody applies before his years are full (ASR-05)."""

    CONTEST = "contest"
    NEW_OCCUPATION = "new_occupation"


class Applying(StrEnum):
    FIRST = "first"
    RENEWAL = "renewal"


class ApplicationStatus(StrEnum):
    DRAFT = "draft"
    RECOMMENDED = "recommended"
    TRAINED = "trained"
    PASSED = "passed"
    CARDED = "carded"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class TrainingKind(StrEnum):
    QUALIFICATION = "qualification"
    BRIEFING = "briefing"
    RETRAINING = "retraining"
    EXPERT = "expert"
    SECRECY = "secrecy"


class EngagementKind(StrEnum):
    CONTRACT = "contract"
    LETTER = "letter"


class UndertakingKind(StrEnum):
    SECRECY = "secrecy"
    CONDUCT = "conduct"
    MARKING = "marking"


class Light(StrEnum):
    """How a card or a contract stands on a day."""

    VALID = "valid"
    ENDING = "ending"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
