"""Who may serve: members of the staff, how they became it, and what they are hired for."""

from assessment_center.personnel.labels import GRADE_LABELS
from assessment_center.personnel.models.appraisals import Appraisal, Dispatch, SessionRating
from assessment_center.personnel.models.careers import (
    QualificationApplication,
    QualificationExam,
    Training,
    TrainingAttendance,
)
from assessment_center.personnel.models.conduct import Exclusion, MisconductCase
from assessment_center.personnel.models.engagements import Engagement, Undertaking
from assessment_center.personnel.models.members import Qualification, StaffMember

__all__ = [
    "GRADE_LABELS",
    "Appraisal",
    "Dispatch",
    "Engagement",
    "Exclusion",
    "MisconductCase",
    "Qualification",
    "QualificationApplication",
    "QualificationExam",
    "SessionRating",
    "StaffMember",
    "Training",
    "TrainingAttendance",
    "Undertaking",
]
