"""The moves of an own specification."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.filing import policies
from assessment_center.filing.enums import SpecStatus
from assessment_center.filing.labels import SPEC_LABELS
from assessment_center.registry import Citation
from assessment_center.rulebooks.selectors import rules_of
from assessment_center.workflow import Machine, Move


def _reviewed(specification: Any) -> tuple[Citation, ...]:
    rule = rules_of(specification.rulebook_version).settings.own_spec_min_experts
    return rule.citations if rule else ()


SPECIFICATION = Machine(
    name="specification",
    labels=SPEC_LABELS,
    moves=(
        Move(
            name="review",
            label=_("评审通过"),
            sources=frozenset({SpecStatus.DRAFT.value}),
            target=SpecStatus.REVIEWED.value,
            permission=Act.CENTRE_MANAGE,
            guard=policies.may_review,
            cite=_reviewed,
        ),
        Move(
            name="file",
            label=_("登记备案"),
            sources=frozenset({SpecStatus.REVIEWED.value}),
            target=SpecStatus.FILED.value,
            permission=Act.CENTRE_MANAGE,
            cite=_reviewed,
        ),
    ),
)
