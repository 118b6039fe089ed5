"""Kinds and states of what the office judges of its staff: appraisals, misconduct, exclusions."""

from enum import StrEnum

from assessment_center.personnel.enums import Grade, Post


class Branch(StrEnum):
    """Whose work is appraised."""

    ASSESSOR = "assessor"
    SUPERVISOR = "supervisor"


class AppraisalStatus(StrEnum):
    DRAFT = "draft"
    CONFIRMED = "confirmed"


class CaseStatus(StrEnum):
    OPEN = "open"
    DECIDED = "decided"
    UNFOUNDED = "unfounded"


class ExclusionKind(StrEnum):
    """How somebody is kept from duty: one assessment, for a time, dismissed, barred."""

    SESSION = "session"
    PAUSED = "paused"
    DISMISSED = "dismissed"
    BARRED = "barred"


ASSESSING = (Grade.ASSESSOR, Grade.SENIOR_ASSESSOR)
SUPERVISING = (Grade.SUPERVISOR_INTERNAL, Grade.SUPERVISOR_EXTERNAL)
BRANCH_GRADES: dict[str, tuple[Grade, ...]] = {
    Branch.ASSESSOR: ASSESSING,
    Branch.SUPERVISOR: SUPERVISING,
}
# The posts whose holders are sent to an assessment and appraised for it.
BRANCH_OF_POST: dict[str, Branch] = {
    Post.ASSESSOR: Branch.ASSESSOR,
    Post.PANEL_LEADER: Branch.ASSESSOR,
    Post.SUPERVISOR: Branch.SUPERVISOR,
}
# The cards that a post rests on; every other post is one of the office's staff.
POST_GRADES: dict[str, tuple[Grade, ...]] = {
    Post.ASSESSOR: ASSESSING,
    Post.PANEL_LEADER: ASSESSING,
    Post.SUPERVISOR: SUPERVISING,
    Post.PROCTOR: (Grade.PROCTOR,),
}
# The cards behind the groups of people whose acts a rulebook forbids.
GROUP_GRADES: dict[str, tuple[Grade, ...]] = {
    "assessor": ASSESSING,
    "supervisor": SUPERVISING,
    "proctor": (Grade.PROCTOR,),
    "expert": (Grade.EXPERT,),
    "exam_staff": (Grade.STAFF,),
    "paper_keeper": (Grade.STAFF,),
    "registration_staff": (Grade.STAFF,),
    "certificate_staff": (Grade.STAFF,),
}
