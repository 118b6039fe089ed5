"""The only writers of scores: entry, check, results, publicity, reviews, the report."""

from scoring.services.checking import check_subject, faults, reopen_subject
from scoring.services.entry import correct_entry, enter_scores
from scoring.services.importing import ScoreImport, import_scores
from scoring.services.recognition import (
    confirm_recognition,
    confirm_recognitions,
    propose_clean,
    propose_recognition,
    return_recognition,
    undecided,
)
from scoring.services.reporting import (
    EVIDENCE_LIMIT,
    attach_evidence,
    open_score_report,
    report_results,
)
from scoring.services.results import compile_results, finalise, publish
from scoring.services.reviews import answer_review, request_review

__all__ = [
    "EVIDENCE_LIMIT",
    "ScoreImport",
    "answer_review",
    "attach_evidence",
    "check_subject",
    "compile_results",
    "confirm_recognition",
    "confirm_recognitions",
    "correct_entry",
    "enter_scores",
    "faults",
    "finalise",
    "import_scores",
    "open_score_report",
    "propose_clean",
    "propose_recognition",
    "publish",
    "reopen_subject",
    "report_results",
    "request_review",
    "return_recognition",
    "undecided",
]
