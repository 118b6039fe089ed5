"""Roles of the office and the acts they may do."""

from enum import StrEnum


class Kind(StrEnum):
    STAFF = "staff"
    CANDIDATE = "candidate"


class GuardScope(StrEnum):
    """What a brake counts by: the account, its one-time codes, or the network address."""

    ACCOUNT = "account"
    CODE = "code"
    ADDRESS = "address"


class Role(StrEnum):
    HEAD = "head"
    CLERK = "clerk"
    REVIEWER = "reviewer"
    DEPARTMENT = "department"
    ITEM_WRITER = "item_writer"
    BANK_MANAGER = "bank_manager"
    ASSESSOR = "assessor"
    SCORE_CLERK = "score_clerk"
    CERTIFICATE_CLERK = "certificate_clerk"
    ARCHIVIST = "archivist"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    INSPECTOR = "inspector"


class Act(StrEnum):
    """One thing a role may do; checked by services, moves and pages alike."""

    HOME = "home.view"
    BATCH_VIEW = "batches.view"
    BATCH_PLAN = "batches.plan"
    PLAN_APPROVE = "batches.approve_plan"
    ANNOUNCE = "batches.announce"
    REPORT = "batches.report"
    APPLICATION_VIEW = "applications.view"
    APPLICATION_ENTER = "applications.enter"
    APPLICATION_FIRST_REVIEW = "applications.first_review"
    APPLICATION_CONFIRM = "applications.confirm"
    FEE_RECORD = "fees.record"
    EXAM_VIEW = "exams.view"
    EXAM_ARRANGE = "exams.arrange"
    EXAM_RECORD = "exams.record"
    CUSTODY = "exams.custody"
    BANK_VIEW = "bank.view"
    BANK_WRITE = "bank.write"
    BANK_REVIEW = "bank.review"
    BANK_ACCEPT = "bank.accept"
    PAPER_ASSEMBLE = "papers.assemble"
    PAPER_APPROVE = "papers.approve"
    PAPER_KEY = "papers.hold_key"
    RECOGNITION_PROPOSE = "recognition.propose"
    RECOGNITION_CONFIRM = "recognition.confirm"
    SCORE_VIEW = "scores.view"
    SCORE_ENTER = "scores.enter"
    SCORE_CHECK = "scores.check"
    SCORE_PUBLISH = "scores.publish"
    SCORE_FINALISE = "scores.finalise"
    CERTIFICATE_VIEW = "certificates.view"
    CERTIFICATE_ISSUE = "certificates.issue"
    CERTIFICATE_HAND_OUT = "certificates.hand_out"
    ARCHIVE_VIEW = "archives.view"
    ARCHIVE_FILE = "archives.file"
    CENTRE_VIEW = "centre.view"
    CENTRE_MANAGE = "centre.manage"
    PEOPLE_VIEW = "people.view"
    PEOPLE_MANAGE = "people.manage"
    RULES_VIEW = "rules.view"
    RULES_OVERRIDE = "rules.override"
    CONFORMANCE_VIEW = "conformance.view"
    AUDIT_VIEW = "audit.view"
    ACCOUNT_MANAGE = "accounts.manage"
    SECOND_FACTOR_RESET = "accounts.reset_second_factor"
    DEPUTY_APPOINT = "accounts.appoint_deputy"
    DISCLOSURE_VIEW = "people.view_disclosures"
    PORTAL = "portal.use"
