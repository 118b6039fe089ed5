"""Writing the staff's file: members, applications, training, cards, hiring, undertakings."""

from assessment_center.personnel.services.applications import (
    apply_for,
    issue_card,
    move,
    recommend,
    record_exam,
)
from assessment_center.personnel.services.cards import (
    add_qualification,
    next_card_number,
    revoke_card,
)
from assessment_center.personnel.services.hiring import (
    end_engagement,
    hire,
    hire_missing,
    record_undertaking,
    review_engagement,
    sign_engagement,
)
from assessment_center.personnel.services.members import save_facts, save_member
from assessment_center.personnel.services.training import record_training

__all__ = [
    "add_qualification",
    "apply_for",
    "end_engagement",
    "hire",
    "hire_missing",
    "issue_card",
    "move",
    "next_card_number",
    "recommend",
    "record_exam",
    "record_training",
    "record_undertaking",
    "review_engagement",
    "revoke_card",
    "save_facts",
    "save_member",
    "sign_engagement",
]
