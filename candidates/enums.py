"""States and kinds of applications, evidence, fees and reviews."""

from enum import StrEnum


class ApplicationStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    FIRST_REVIEWED = "first_reviewed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


LIVE = frozenset(ApplicationStatus) - {ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN}
IN_HAND = LIVE - {ApplicationStatus.DRAFT}
WITH_CANDIDATE = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.RETURNED})


class FeeState(StrEnum):
    NONE = "none"
    DUE = "due"
    PAID = "paid"
    WAIVED = "waived"
    REFUNDED = "refunded"


class ExamKind(StrEnum):
    FIRST = "first"
    RESIT = "resit"


class Origin(StrEnum):
    PORTAL = "portal"
    SHEET = "sheet"


class EvidenceKind(StrEnum):
    ID_DOCUMENT = "id_document"
    EDUCATION = "education"
    CERTIFICATE = "certificate"
    WORK = "work"
    TITLE = "title"
    CONTEST = "contest"
    ONE_X = "one_x"
    TRANSCRIPT = "transcript"
    OTHER = "other"


class Education(StrEnum):
    """What the application form asks for as 文化程度."""

    POSTGRADUATE = "postgraduate"
    BACHELOR = "bachelor"
    COLLEGE = "college"
    SECONDARY_VOCATIONAL = "secondary_vocational"
    TECHNICAL_SCHOOL = "technical_school"
    HIGH_SCHOOL = "high_school"
    MIDDLE_SCHOOL = "middle_school"
    PRIMARY_SCHOOL = "primary_school"


class Source(StrEnum):
    SCHOOL = "school"
    EMPLOYER = "employer"
    AUTHORITY = "authority"
    SOCIETY = "society"
    MILITARY = "military"
    OTHER = "other"


class Finding(StrEnum):
    """What the check of the facts against the conditions came to."""

    ELIGIBLE = "eligible"
    UNPROVEN = "unproven"
    INELIGIBLE = "ineligible"


class ReviewKind(StrEnum):
    FIRST_REVIEW = "first_review"
    RETURN = "return"
    CONFIRM = "confirm"
    REFUSE = "refuse"
    REOPEN = "reopen"


class Stage(StrEnum):
    """Which of the two looks."""

    FIRST = "first"
    SECOND = "second"


class ReturnReason(StrEnum):
    """Why an application goes back, as it is most often; the rest is said in words."""

    FACTS_WRONG = "facts_wrong"
    WORK_UNCLEAR = "work_unclear"
    WRONG_CONDITION = "wrong_condition"
    PHOTO_UNCLEAR = "photo_unclear"
    PHOTO_GROUND = "photo_ground"
    NOT_THE_PERSON = "not_the_person"
    PAPER_MISSING = "paper_missing"
    PAPER_UNCLEAR = "paper_unclear"
    PAPER_DIFFERS = "paper_differs"
    UNSTAMPED = "unstamped"
    NOT_SIGNED = "not_signed"


class FeeKind(StrEnum):
    """Who bears the fee: the candidate, nobody, or somebody who subsidises it."""

    PAYMENT = "payment"
    WAIVER = "waiver"
    SUBSIDY = "subsidy"


class WaiverGround(StrEnum):
    """Why a subject costs nothing: its examination was cancelled before, or the school bears it."""

    CANCELLED = "cancelled"
    OTHER = "other"


class CaseStatus(StrEnum):
    """Fraud in an application: found, then upheld or dismissed by somebody else."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class LineState(StrEnum):
    """Where a row of the finance office's list stands."""

    MATCHED = "matched"
    UNMATCHED = "unmatched"
    DISMISSED = "dismissed"


class RefundGround(StrEnum):
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class RefundState(StrEnum):
    ASKED = "asked"
    PAID = "paid"
    DECLINED = "declined"


class ExpenseKind(StrEnum):
    """What money is spent on, after the lists of the regulations (FEE-06)."""

    EXAM_AFFAIRS = "exam"
    ASSESSORS = "assessors"
    EXPERTS = "experts"
    SUPERVISION = "supervision"
    PAPERS = "papers"
    CERTIFICATES = "certificates"
    MATERIALS = "materials"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    SOFTWARE = "software"
    AUTHORITY = "authority"
    OTHER = "other"


class BanKind(StrEnum):
    TERM = "term"
    UNTIL_GRADUATION = "until_graduation"
