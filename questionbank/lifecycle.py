"""The lives of items and papers."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.registry import ALLOWED, Actor, Citation, Outcome, Refused
from assessment_center.workflow import Machine, Move
from questionbank.enums import ItemStatus as I
from questionbank.enums import PaperStatus as P
from questionbank.labels import ITEM_LABELS, PAPER_LABELS
from questionbank.models import Item, Paper


def _own(item: Item, actor: Actor) -> Outcome:
    if item.writer_id not in (None, actor.user_id) and not actor.is_system:
        return Refused(gettext("只有命题人本人可以提交这道题。"))
    return ALLOWED


def _not_own(item: Item, actor: Actor) -> Outcome:
    """Nobody reviews what he wrote (BANK-16; kept by the table as well)."""
    if actor.user_id == item.writer_id:
        return Refused(gettext("命题人不能审自己命的题，请由另一位专家审题。"))
    return ALLOWED


def _not_author(paper: Paper, actor: Actor) -> Outcome:
    if actor.user_id == paper.assembled_by_id:
        return Refused(gettext("组卷人不能审定自己组的卷，请由另一人审定。"))
    return ALLOWED


def _paper_source(paper: Paper) -> tuple[Citation, ...]:
    cited = paper.batch.rules.settings.paper_source
    return cited.citations if cited else ()


ITEM = Machine(
    name="item",
    labels=ITEM_LABELS,
    moves=(
        Move(
            name="submit",
            label=_("提交审题"),
            sources=frozenset({I.DRAFT, I.RETURNED}),
            target=I.SUBMITTED,
            permission=Act.BANK_WRITE,
            guard=_own,
        ),
        Move(
            name="return",
            label=_("退回修改"),
            sources=frozenset({I.SUBMITTED}),
            target=I.RETURNED,
            permission=Act.BANK_REVIEW,
            guard=_not_own,
            needs_reason=True,
        ),
        Move(
            name="review",
            label=_("审题通过"),
            sources=frozenset({I.SUBMITTED}),
            target=I.REVIEWED,
            permission=Act.BANK_REVIEW,
            guard=_not_own,
        ),
        Move(
            name="accept",
            label=_("验收入库"),
            sources=frozenset({I.REVIEWED}),
            target=I.ACCEPTED,
            permission=Act.BANK_ACCEPT,
        ),
        Move(
            name="retire",
            label=_("停用"),
            sources=frozenset({I.ACCEPTED}),
            target=I.RETIRED,
            permission=Act.BANK_ACCEPT,
            needs_reason=True,
            danger=True,
        ),
    ),
)

PAPER = Machine(
    name="paper",
    labels=PAPER_LABELS,
    moves=(
        Move(
            name="approve",
            label=_("审定"),
            sources=frozenset({P.DRAFT}),
            target=P.APPROVED,
            permission=Act.PAPER_APPROVE,
            guard=_not_author,
            cite=_paper_source,
        ),
        Move(
            name="seal",
            label=_("封存"),
            sources=frozenset({P.APPROVED}),
            target=P.SEALED,
            permission=Act.PAPER_KEY,
        ),
        Move(
            name="release",
            label=_("启封"),
            sources=frozenset({P.SEALED}),
            target=P.RELEASED,
            permission=Act.PAPER_KEY,
            danger=True,
        ),
        Move(
            name="void",
            label=_("作废"),
            sources=frozenset({P.DRAFT, P.APPROVED}),
            target=P.VOID,
            permission=Act.PAPER_ASSEMBLE,
            needs_reason=True,
            danger=True,
        ),
    ),
)
