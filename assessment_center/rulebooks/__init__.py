"""The regulations as data: what a batch is run by, every value with its article.

`batch.rules` is a `Rulebook`; `batch.rules.settings.<key>` is a `Cited` value, or None where the
regulation is silent.
"""

from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition, Predicate
from assessment_center.rulebooks.rules.errors import RulebookError, UnknownSettingError
from assessment_center.rulebooks.rules.loader import CODES, load, load_text, override
from assessment_center.rulebooks.rules.rulebook import (
    ConflictNote,
    Identity,
    Penalty,
    ReportDeadline,
    RetentionClass,
    Rulebook,
    RulebookForm,
    ViolationRule,
)
from assessment_center.rulebooks.rules.settings_fields import Settings
from assessment_center.rulebooks.rules.staff import StaffGroup, StaffPenalty, StaffViolation
from assessment_center.rulebooks.rules.summaries import Summary, summary
from assessment_center.rulebooks.rules.tables import Offset, ProctorRule, Term

__all__ = [
    "CODES",
    "Cited",
    "ConflictNote",
    "EligibilityCondition",
    "Identity",
    "Offset",
    "Penalty",
    "Predicate",
    "ProctorRule",
    "ReportDeadline",
    "RetentionClass",
    "Rulebook",
    "RulebookError",
    "RulebookForm",
    "Settings",
    "StaffGroup",
    "StaffPenalty",
    "StaffViolation",
    "Summary",
    "Term",
    "UnknownSettingError",
    "ViolationRule",
    "load",
    "load_text",
    "override",
    "summary",
]
