"""The moves of an application."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.workflow import Machine, Move
from candidates import cases, policies
from candidates.apart import not_oneself
from candidates.enums import IN_HAND, LIVE
from candidates.enums import ApplicationStatus as S
from candidates.labels import STATUS_LABELS


def _cite_form(application: Any) -> Any:
    return policies.form_citations(application.batch)


def _cite_fraud(application: Any) -> Any:
    return cases.false_paper_citations(application.batch.rules)


APPLICATION = Machine(
    name="application",
    labels=STATUS_LABELS,
    moves=(
        Move(
            "submit",
            _("提交"),
            {S.DRAFT, S.RETURNED},
            S.SUBMITTED,
            Act.PORTAL,
            guard=policies.submittable,
            cite=_cite_form,
        ),
        Move(
            "enter",
            _("代为提交"),
            {S.DRAFT, S.RETURNED},
            S.SUBMITTED,
            Act.APPLICATION_ENTER,
            guard=policies.submittable,
            cite=_cite_form,
        ),
        Move(
            "first_review",
            _("初审通过"),
            {S.SUBMITTED},
            S.FIRST_REVIEWED,
            Act.APPLICATION_FIRST_REVIEW,
            guard=policies.first_reviewable,
            cite=policies.eligibility_citations,
        ),
        Move(
            "return_first",
            _("退回修改"),
            {S.SUBMITTED},
            S.RETURNED,
            Act.APPLICATION_FIRST_REVIEW,
            guard=policies.returnable_first,
            needs_reason=True,
        ),
        Move(
            "return_second",
            _("退回修改"),
            {S.FIRST_REVIEWED},
            S.RETURNED,
            Act.APPLICATION_CONFIRM,
            guard=not_oneself,
            needs_reason=True,
        ),
        Move(
            "return_confirmed",
            _("退回更正"),
            {S.CONFIRMED},
            S.RETURNED,
            Act.APPLICATION_CONFIRM,
            guard=policies.returnable_confirmed,
            needs_reason=True,
        ),
        Move(
            "reopen",
            _("重新审核"),
            {S.FIRST_REVIEWED, S.CONFIRMED},
            S.SUBMITTED,
            Act.APPLICATION_ENTER,
            guard=policies.reopenable,
        ),
        Move(
            "confirm",
            _("复核通过"),
            {S.FIRST_REVIEWED},
            S.CONFIRMED,
            Act.APPLICATION_CONFIRM,
            guard=policies.confirmable,
            cite=policies.eligibility_citations,
        ),
        Move(
            "refuse",
            _("判为不通过"),
            {S.SUBMITTED, S.RETURNED, S.FIRST_REVIEWED},
            S.REFUSED,
            Act.APPLICATION_CONFIRM,
            guard=not_oneself,
            cite=policies.eligibility_citations,
            needs_reason=True,
            danger=True,
        ),
        Move(
            "withdraw",
            _("撤回申报"),
            {*LIVE},
            S.WITHDRAWN,
            Act.PORTAL,
            guard=policies.withdrawable,
            danger=True,
        ),
        Move(
            "cancel",
            _("取消报名资格"),
            {*IN_HAND},
            S.WITHDRAWN,
            Act.APPLICATION_CONFIRM,
            guard=not_oneself,
            needs_reason=True,
            danger=True,
        ),
        Move(
            "strike",
            _("查实弄虚作假，取消报名"),
            {*IN_HAND},
            S.WITHDRAWN,
            Act.SCORE_FINALISE,
            cite=_cite_fraud,
            needs_reason=True,
            danger=True,
        ),
    ),
)
