"""The one role matrix: who may do what."""

from collections.abc import Iterable

from assessment_center.accounts.enums import Act, Role

_SEE = frozenset({Act.HOME, Act.BATCH_VIEW, Act.CONFORMANCE_VIEW, Act.RULES_VIEW})
_SEE_ALL = _SEE | {
    Act.APPLICATION_VIEW,
    Act.EXAM_VIEW,
    Act.BANK_VIEW,
    Act.SCORE_VIEW,
    Act.CERTIFICATE_VIEW,
    Act.ARCHIVE_VIEW,
    Act.CENTRE_VIEW,
    Act.REGISTER_VIEW,
    Act.PEOPLE_VIEW,
    Act.AUDIT_VIEW,
}

ROLE_MATRIX: dict[Role, frozenset[Act]] = {
    Role.HEAD: _SEE_ALL
    | {
        Act.BATCH_PLAN,
        Act.PLAN_APPROVE,
        Act.ANNOUNCE,
        Act.REPORT,
        Act.PAPER_APPROVE,
        Act.PAPER_KEY,
        Act.EQUIPMENT_APPROVE,
        Act.REGISTER_APPROVE,
        Act.RECOGNITION_CONFIRM,
        Act.SCORE_PUBLISH,
        Act.SCORE_FINALISE,
        Act.CENTRE_MANAGE,
        Act.STAFF_DECIDE,
        Act.RULES_OVERRIDE,
        Act.SECOND_FACTOR_RESET,
        Act.DEPUTY_APPOINT,
        Act.DISCLOSURE_VIEW,
    },
    Role.CLERK: _SEE
    | {
        Act.BATCH_PLAN,
        Act.REPORT,
        Act.APPLICATION_VIEW,
        Act.APPLICATION_ENTER,
        Act.FEE_RECORD,
        Act.EXAM_VIEW,
        Act.EXAM_ARRANGE,
        Act.EXAM_RECORD,
        Act.CUSTODY,
        Act.RECOGNITION_PROPOSE,
        Act.SCORE_VIEW,
        Act.CERTIFICATE_VIEW,
        Act.CENTRE_VIEW,
        Act.CENTRE_MANAGE,
        Act.REGISTER_VIEW,
        Act.REGISTER_WRITE,
        Act.PEOPLE_VIEW,
        Act.PEOPLE_MANAGE,
    },
    Role.REVIEWER: _SEE
    | {
        Act.APPLICATION_VIEW,
        Act.APPLICATION_CONFIRM,
        Act.RECOGNITION_CONFIRM,
        Act.PEOPLE_VIEW,
    },
    Role.DEPARTMENT: _SEE
    | {Act.APPLICATION_VIEW, Act.APPLICATION_ENTER, Act.APPLICATION_FIRST_REVIEW},
    Role.ITEM_WRITER: frozenset({Act.HOME, Act.BANK_VIEW, Act.BANK_WRITE, Act.BANK_REVIEW}),
    Role.BANK_MANAGER: _SEE
    | {Act.BANK_VIEW, Act.BANK_REVIEW, Act.BANK_ACCEPT, Act.PAPER_ASSEMBLE, Act.PAPER_KEY},
    Role.ASSESSOR: frozenset({Act.HOME, Act.BATCH_VIEW, Act.SCORE_VIEW, Act.SCORE_ENTER}),
    Role.SCORE_CLERK: _SEE | {Act.SCORE_VIEW, Act.SCORE_ENTER, Act.SCORE_CHECK, Act.EXAM_VIEW},
    Role.CERTIFICATE_CLERK: _SEE
    | {
        Act.SCORE_VIEW,
        Act.CERTIFICATE_VIEW,
        Act.CERTIFICATE_ISSUE,
        Act.CERTIFICATE_HAND_OUT,
    },
    Role.ARCHIVIST: _SEE
    | {Act.ARCHIVE_VIEW, Act.ARCHIVE_FILE, Act.REGISTER_VIEW, Act.REGISTER_WRITE},
    Role.SUPERVISOR: _SEE | {Act.EXAM_VIEW, Act.EXAM_RECORD, Act.SCORE_VIEW},
    Role.ADMINISTRATOR: _SEE | {Act.ACCOUNT_MANAGE, Act.AUDIT_VIEW, Act.CENTRE_VIEW},
    Role.INSPECTOR: _SEE_ALL | {Act.DISCLOSURE_VIEW},
}


# What these roles may do about candidates, they may do for the departments of their posts only.
BOUNDED_ROLES = frozenset({Role.DEPARTMENT})
BOUNDED_ACTS = frozenset(
    {Act.APPLICATION_VIEW, Act.APPLICATION_ENTER, Act.APPLICATION_FIRST_REVIEW}
)


def acts_of(roles: Iterable[Role]) -> frozenset[Act]:
    """All acts of somebody who holds these roles."""
    return frozenset(act for role in roles for act in ROLE_MATRIX[role])


def bounded_acts(roles: Iterable[Role]) -> frozenset[Act]:
    """The acts about candidates that somebody with these roles has from a bounded role alone."""
    held = set(roles)
    return (acts_of(held & BOUNDED_ROLES) & BOUNDED_ACTS) - acts_of(held - BOUNDED_ROLES)
