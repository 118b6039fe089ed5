"""The moves of an application for a qualification."""

from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.personnel import policies
from assessment_center.personnel.enums import ApplicationStatus as S
from assessment_center.personnel.labels import STATUS_LABELS
from assessment_center.workflow import Machine, Move

OPEN = frozenset({S.DRAFT, S.RECOMMENDED, S.TRAINED, S.PASSED})
APPLICATION = Machine(
    name="staff_application",
    labels=STATUS_LABELS,
    moves=(
        Move(
            "recommend",
            _("推荐"),
            {S.DRAFT},
            S.RECOMMENDED,
            Act.PEOPLE_MANAGE,
            guard=policies.recommendable,
            cite=policies.form_cited("F-801"),
        ),
        Move(
            "train",
            _("培训合格"),
            {S.RECOMMENDED},
            S.TRAINED,
            Act.PEOPLE_MANAGE,
            guard=policies.trained,
        ),
        Move(
            "pass",
            _("考核合格"),
            {S.RECOMMENDED, S.TRAINED},
            S.PASSED,
            Act.PEOPLE_MANAGE,
            guard=policies.examined,
        ),
        Move(
            "card",
            _("发证卡"),
            {S.RECOMMENDED, S.TRAINED, S.PASSED},
            S.CARDED,
            Act.PEOPLE_MANAGE,
            guard=policies.cardable,
            cite=policies.form_cited("F-802"),
        ),
        Move(
            "refuse",
            _("不予通过"),
            OPEN,
            S.REFUSED,
            Act.PEOPLE_MANAGE,
            needs_reason=True,
            danger=True,
        ),
        Move("withdraw", _("撤回"), OPEN, S.WITHDRAWN, Act.PEOPLE_MANAGE, needs_reason=True),
    ),
)
