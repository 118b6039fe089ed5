"""The life of a declaration: filled in, handed to a second person, signed."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.opening.enums import DeclarationState as S
from assessment_center.opening.labels import STATE_LABELS
from assessment_center.registry import ALLOWED, Actor, Outcome, Refused
from assessment_center.registry.entries import opening_balances
from assessment_center.workflow import Machine, Move

__all__ = ["OPENING", "in_person", "still_changeable"]


def in_person(_declaration: Any, actor: Actor) -> Outcome:
    """A signature is a human being's; the system signs nothing."""
    if actor.user_id is None:
        return Refused(_("期初数据须由工作人员本人办理。"))
    return ALLOWED


def another_person(declaration: Any, actor: Actor) -> Outcome:
    """Neither who prepared it, nor who acts in that person's name."""
    if not (outcome := in_person(declaration, actor)):
        return outcome
    names = {actor.user_id, actor.in_name_of.uuid if actor.in_name_of else None}
    if declaration.prepared_by_id in names:
        return Refused(
            _("填报人不能签署自己填报的期初数据。"), remedy=_("请由另一名有权限的人员签署。")
        )
    return ALLOWED


def still_changeable(declaration: Any, _actor: Actor) -> Outcome:
    """Until something rests on the data: the parts that took them over say so."""
    for kind in opening_balances:
        if not (outcome := kind.changeable(declaration.centre)):
            return outcome
    return ALLOWED


OPENING = Machine(
    name="opening",
    labels=STATE_LABELS,
    moves=(
        Move(
            "prepare",
            gettext_lazy("提交签署"),
            {S.DRAFT},
            S.PREPARED,
            Act.CENTRE_MANAGE,
            guard=in_person,
        ),
        Move(
            "give_back",
            gettext_lazy("退回修改"),
            {S.PREPARED},
            S.DRAFT,
            Act.CENTRE_MANAGE,
            needs_reason=True,
        ),
        Move(
            "sign",
            gettext_lazy("复核签署"),
            {S.PREPARED},
            S.SIGNED,
            Act.CENTRE_MANAGE,
            guard=another_person,
        ),
        Move(
            "reopen",
            gettext_lazy("撤回重报"),
            {S.SIGNED},
            S.DRAFT,
            Act.CENTRE_MANAGE,
            guard=still_changeable,
            needs_reason=True,
            danger=True,
        ),
    ),
)
