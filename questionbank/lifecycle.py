"""The lives of items and papers."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import did
from assessment_center.batches.services.staffing import citations_for
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
    wrote = ("item.write", "item.revise", "item.submit")
    if did(actor, item.writer_id, (item.ref, item.bank.ref), *wrote):
        return Refused(gettext("命题人不能审自己命的题，请由另一位专家审题。"))
    return ALLOWED


def _not_author(paper: Paper, actor: Actor) -> Outcome:
    if did(actor, paper.assembled_by_id, paper.ref, "paper.assemble"):
        cited = citations_for(paper.batch.rules, "assemble_papers", "approve_papers")
        return Refused(gettext("组卷人不能审定自己组的卷，请由另一人审定。"), cited)
    return ALLOWED


def _paper_source(paper: Paper) -> tuple[Citation, ...]:
    cited = paper.batch.rules.settings.paper_source
    return cited.citations if cited else ()


ITEM = Machine(
    name="item",
    labels=ITEM_LABELS,
    moves=(
        Move(
            "submit", _("提交审题"), {I.DRAFT, I.RETURNED}, I.SUBMITTED, Act.BANK_WRITE, guard=_own
        ),
        Move(
            "return",
            _("退回修改"),
            {I.SUBMITTED},
            I.RETURNED,
            Act.BANK_REVIEW,
            guard=_not_own,
            needs_reason=True,
        ),
        Move("review", _("审题通过"), {I.SUBMITTED}, I.REVIEWED, Act.BANK_REVIEW, guard=_not_own),
        Move("accept", _("验收入库"), {I.REVIEWED}, I.ACCEPTED, Act.BANK_ACCEPT),
        Move(
            "retire",
            _("停用"),
            {I.ACCEPTED},
            I.RETIRED,
            Act.BANK_ACCEPT,
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
            "approve",
            _("审定"),
            {P.DRAFT},
            P.APPROVED,
            Act.PAPER_APPROVE,
            guard=_not_author,
            cite=_paper_source,
        ),
        Move("seal", _("封存"), {P.APPROVED}, P.SEALED, Act.PAPER_KEY),
        Move("release", _("启封"), {P.SEALED}, P.RELEASED, Act.PAPER_KEY, danger=True),
        Move(
            "void",
            _("作废"),
            {P.DRAFT, P.APPROVED},
            P.VOID,
            Act.PAPER_ASSEMBLE,
            needs_reason=True,
            danger=True,
        ),
    ),
)
