"""The moves of an application for a qualification."""

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.personnel import policies
from assessment_center.personnel.enums import ApplicationStatus as S
from assessment_center.personnel.labels import STATUS_LABELS
from assessment_center.workflow import Machine, Move


def _states(*states: S) -> frozenset[str]:
    return frozenset(state.value for state in states)


OPEN = _states(S.DRAFT, S.RECOMMENDED, S.TRAINED, S.PASSED)
APPLICATION = Machine(
    name="staff_application",
    labels=STATUS_LABELS,
    moves=(
        Move(
            name="recommend",
            label=_("推荐"),
            sources=_states(S.DRAFT),
            target=S.RECOMMENDED.value,
            permission=Act.PEOPLE_MANAGE,
            guard=policies.recommendable,
            cite=policies.form_cited("F-801"),
        ),
        Move(
            name="train",
            label=_("培训合格"),
            sources=_states(S.RECOMMENDED),
            target=S.TRAINED.value,
            permission=Act.PEOPLE_MANAGE,
            guard=policies.trained,
        ),
        Move(
            name="pass",
            label=_("考核合格"),
            sources=_states(S.RECOMMENDED, S.TRAINED),
            target=S.PASSED.value,
            permission=Act.PEOPLE_MANAGE,
            guard=policies.examined,
        ),
        Move(
            name="card",
            label=_("发证卡"),
            sources=_states(S.RECOMMENDED, S.TRAINED, S.PASSED),
            target=S.CARDED.value,
            permission=Act.PEOPLE_MANAGE,
            guard=policies.cardable,
            cite=policies.form_cited("F-802"),
        ),
        Move(
            name="refuse",
            label=_("不予通过"),
            sources=OPEN,
            target=S.REFUSED.value,
            permission=Act.PEOPLE_MANAGE,
            needs_reason=True,
            danger=True,
        ),
        Move(
            name="withdraw",
            label=_("撤回"),
            sources=OPEN,
            target=S.WITHDRAWN.value,
            permission=Act.PEOPLE_MANAGE,
            needs_reason=True,
        ),
    ),
)
