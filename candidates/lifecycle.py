"""The moves of an application."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.workflow import Machine, Move
from candidates import policies
from candidates.enums import IN_HAND, LIVE
from candidates.enums import ApplicationStatus as S
from candidates.labels import STATUS_LABELS


def _states(*states: S) -> frozenset[str]:
    return frozenset(state.value for state in states)


def _cite_form(application: Any) -> Any:
    return policies.form_citations(application.batch)


APPLICATION = Machine(
    name="application",
    labels=STATUS_LABELS,
    moves=(
        Move(
            name="submit",
            label=_("提交"),
            sources=_states(S.DRAFT, S.RETURNED),
            target=S.SUBMITTED.value,
            permission=Act.PORTAL,
            guard=policies.submittable,
            cite=_cite_form,
        ),
        Move(
            name="enter",
            label=_("代为提交"),
            sources=_states(S.DRAFT, S.RETURNED),
            target=S.SUBMITTED.value,
            permission=Act.APPLICATION_ENTER,
            guard=policies.submittable,
            cite=_cite_form,
        ),
        Move(
            name="first_review",
            label=_("初审通过"),
            sources=_states(S.SUBMITTED),
            target=S.FIRST_REVIEWED.value,
            permission=Act.APPLICATION_FIRST_REVIEW,
            guard=policies.first_reviewable,
            cite=policies.eligibility_citations,
        ),
        Move(
            name="return_first",
            label=_("退回修改"),
            sources=_states(S.SUBMITTED),
            target=S.RETURNED.value,
            permission=Act.APPLICATION_FIRST_REVIEW,
            guard=policies.not_oneself,
            needs_reason=True,
        ),
        Move(
            name="return_second",
            label=_("退回修改"),
            sources=_states(S.FIRST_REVIEWED),
            target=S.RETURNED.value,
            permission=Act.APPLICATION_CONFIRM,
            guard=policies.not_oneself,
            needs_reason=True,
        ),
        Move(
            name="confirm",
            label=_("复核通过"),
            sources=_states(S.FIRST_REVIEWED),
            target=S.CONFIRMED.value,
            permission=Act.APPLICATION_CONFIRM,
            guard=policies.confirmable,
            cite=policies.eligibility_citations,
        ),
        Move(
            name="refuse",
            label=_("判为不通过"),
            sources=_states(S.SUBMITTED, S.RETURNED, S.FIRST_REVIEWED),
            target=S.REFUSED.value,
            permission=Act.APPLICATION_CONFIRM,
            guard=policies.not_oneself,
            cite=policies.eligibility_citations,
            needs_reason=True,
            danger=True,
        ),
        Move(
            name="withdraw",
            label=_("撤回申报"),
            sources=frozenset(state.value for state in LIVE),
            target=S.WITHDRAWN.value,
            permission=Act.PORTAL,
            guard=policies.withdrawable,
            danger=True,
        ),
        Move(
            name="cancel",
            label=_("取消报名资格"),
            sources=frozenset(state.value for state in IN_HAND),
            target=S.WITHDRAWN.value,
            permission=Act.APPLICATION_CONFIRM,
            guard=policies.not_oneself,
            needs_reason=True,
            danger=True,
        ),
    ),
)
