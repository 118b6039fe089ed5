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
            name="assess",
            label=_("确认自评"),
            sources=frozenset({FilingStatus.DRAFT.value}),
            target=FilingStatus.ASSESSED.value,
            permission=Act.CENTRE_MANAGE,
            guard=policies.may_assess,
            cite=_scored,
        ),
        Move(
            name="reopen",
            label=_("重新填报"),
            sources=frozenset({FilingStatus.ASSESSED.value, FilingStatus.RETURNED.value}),
            target=FilingStatus.DRAFT.value,
            permission=Act.CENTRE_MANAGE,
        ),
        Move(
            name="submit",
            label=_("报送"),
            sources=frozenset({FilingStatus.DRAFT.value, FilingStatus.ASSESSED.value}),
            target=FilingStatus.SUBMITTED.value,
            permission=Act.CENTRE_MANAGE,
            guard=policies.may_submit,
            cite=policies.route_citations,
            danger=True,
        ),
        Move(
            name="recommend",
            label=_("登记推荐"),
            sources=frozenset({FilingStatus.SUBMITTED.value}),
            target=FilingStatus.RECOMMENDED.value,
            permission=Act.CENTRE_MANAGE,
            guard=policies.may_recommend,
            cite=policies.route_citations,
        ),
        Move(
            name="return",
            label=_("登记退回"),
            sources=frozenset({FilingStatus.SUBMITTED.value, FilingStatus.RECOMMENDED.value}),
            target=FilingStatus.RETURNED.value,
            permission=Act.CENTRE_MANAGE,
            cite=policies.route_citations,
            needs_reason=True,
        ),
        Move(
            name="confirm",
            label=_("登记回执"),
            sources=frozenset({FilingStatus.SUBMITTED.value, FilingStatus.RECOMMENDED.value}),
            target=FilingStatus.CONFIRMED.value,
            permission=Act.CENTRE_MANAGE,
            guard=policies.may_confirm,
            cite=policies.route_citations,
            danger=True,
        ),
        Move(
            name="publish",
            label=_("登记公布"),
            sources=frozenset({FilingStatus.CONFIRMED.value}),
            target=FilingStatus.PUBLISHED.value,
            permission=Act.CENTRE_MANAGE,
            guard=policies.may_publish,
            cite=_published,
        ),
    ),
)
