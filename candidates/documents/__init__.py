"""The papers of the registration: application forms, the roll, safety agreements."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor
from assessment_center.registry.entries import DocumentKind
from assessment_center.registry.entries import documents as document_kinds
from candidates import cases
from candidates.documents import pledge, safety, session
from candidates.documents.application import (
    FORM_SLUG,
    application_form,
    application_forms,
    form_code,
    in_hand,
)
from candidates.documents.base import condition_label, form_title, photo_bytes, photo_name
from candidates.documents.roll import (
    ROLL_CODES,
    ROLL_SLUG,
    authority_columns,
    authority_rows,
    authority_workbooks,
    candidate_roll,
    roll_code,
    roll_rows,
)
from candidates.documents.session import session_application

__all__ = [
    "application_form",
    "application_forms",
    "authority_columns",
    "authority_rows",
    "authority_workbooks",
    "candidate_roll",
    "condition_label",
    "form_code",
    "form_title",
    "in_hand",
    "photo_bytes",
    "photo_name",
    "roll_code",
    "roll_rows",
    "session_application",
]
APPLICATION_CODES = "F-204,F-205,F-206,F-207,F-208"


def _forms_of(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return list(application_forms(batch, actor))


def _roll_of(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return [(f"{batch.code} {_('考生花名册')}", candidate_roll(batch, actor))]


def _pledges_of(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return list(pledge.sheets_for(batch, actor))


def _session_of(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return [(f"{batch.code} {_('批次申请')}", session_application(batch, actor))]


def _safety_of(batch: AssessmentBatch, actor: Actor) -> Sequence[tuple[str, bytes]]:
    return list(safety.sheets_for(batch, actor))


document_kinds.register(
    FORM_SLUG,
    DocumentKind(
        APPLICATION_CODES,
        FORM_SLUG,
        gettext_lazy("申报表"),
        _forms_of,
        Act.APPLICATION_VIEW,
        keeps_reach=True,
    ),
    order=200,
)
document_kinds.register(
    pledge.SLUG,
    DocumentKind(
        pledge.CODE,
        pledge.SLUG,
        gettext_lazy("参评人员承诺书"),
        _pledges_of,
        Act.APPLICATION_VIEW,
        pledge.wanted,
        keeps_reach=True,
    ),
    order=205,
)
document_kinds.register(
    ROLL_SLUG,
    DocumentKind(
        ",".join(ROLL_CODES), ROLL_SLUG, gettext_lazy("考生花名册"), _roll_of, Act.APPLICATION_VIEW
    ),
    order=210,
)
document_kinds.register(
    session.SLUG,
    DocumentKind(
        session.CODE,
        session.SLUG,
        gettext_lazy("批次申请"),
        _session_of,
        Act.APPLICATION_VIEW,
        session.wanted,
    ),
    order=212,
)
document_kinds.register(
    safety.SLUG,
    DocumentKind(
        safety.CODE,
        safety.SLUG,
        gettext_lazy("安全保证书"),
        _safety_of,
        Act.APPLICATION_VIEW,
        cases.wants_safety,
        keeps_reach=True,
    ),
    order=215,
)
