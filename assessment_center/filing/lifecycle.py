"""The moves of an application."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.filing import policies
from assessment_center.filing.enums import FilingStatus
from assessment_center.filing.labels import STATUS_LABELS
from assessment_center.registry import Citation
from assessment_center.workflow import Machine, Move


def _published(application: Any) -> tuple[Citation, ...]:
    rule = application.rules.filing_rule("publish")
    return rule.cite if rule else ()


def _scored(application: Any) -> tuple[Citation, ...]:
    rule = application.rules.settings.filing_pass_score
    return rule.citations if rule else ()


APPLICATION = Machine(
    name="filing_request",
    labels=STATUS_LABELS,
    moves=(
        Move(
            "assess",
            _("确认自评"),
            {FilingStatus.DRAFT},
            FilingStatus.ASSESSED,
            Act.CENTRE_MANAGE,
            guard=policies.may_assess,
            cite=_scored,
        ),
        Move(
            "reopen",
            _("重新填报"),
            {FilingStatus.ASSESSED, FilingStatus.RETURNED},
            FilingStatus.DRAFT,
            Act.CENTRE_MANAGE,
        ),
        Move(
            "submit",
            _("报送"),
            {FilingStatus.DRAFT, FilingStatus.ASSESSED},
            FilingStatus.SUBMITTED,
            Act.CENTRE_MANAGE,
            guard=policies.may_submit,
            cite=policies.route_citations,
            danger=True,
        ),
        Move(
            "recommend",
            _("登记推荐"),
            {FilingStatus.SUBMITTED},
            FilingStatus.RECOMMENDED,
            Act.CENTRE_MANAGE,
            guard=policies.may_recommend,
            cite=policies.route_citations,
        ),
        Move(
            "return",
            _("登记退回"),
            {FilingStatus.SUBMITTED, FilingStatus.RECOMMENDED},
            FilingStatus.RETURNED,
            Act.CENTRE_MANAGE,
            cite=policies.route_citations,
            needs_reason=True,
        ),
        Move(
            "confirm",
            _("登记回执"),
            {FilingStatus.SUBMITTED, FilingStatus.RECOMMENDED},
            FilingStatus.CONFIRMED,
            Act.CENTRE_MANAGE,
            guard=policies.may_confirm,
            cite=policies.route_citations,
            danger=True,
        ),
        Move(
            "publish",
            _("登记公布"),
            {FilingStatus.CONFIRMED},
            FilingStatus.PUBLISHED,
            Act.CENTRE_MANAGE,
            guard=policies.may_publish,
            cite=_published,
        ),
    ),
)
