"""Every state × every move against the tables."""

from itertools import product

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.workflow import advance
from questionbank.enums import ItemStatus, PaperStatus
from questionbank.lifecycle import ITEM, PAPER
from questionbank.models import Item, Paper
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db

ITEM_MOVES = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("submitted", "review"): "reviewed",
    ("reviewed", "accept"): "accepted",
    ("accepted", "retire"): "retired",
}
PAPER_MOVES = {
    ("draft", "approve"): "approved",
    ("approved", "seal"): "sealed",
    ("sealed", "release"): "released",
    ("draft", "void"): "void",
    ("approved", "void"): "void",
}


@pytest.mark.parametrize(
    ("status", "move"),
    list(product(ItemStatus, ("submit", "return", "review", "accept", "retire"))),
)
def test_an_item_moves_only_as_the_table_says(status, move):
    item = q.make_item()
    Item.objects.filter(pk=item.pk).update(status=status)
    item.refresh_from_db()
    target = ITEM_MOVES.get((status, move))
    if target is None:
        with pytest.raises(RefusedError):
            advance(machine=ITEM, subject=item, move=move, actor=SYSTEM, reason="因")
    else:
        moved = advance(machine=ITEM, subject=item, move=move, actor=SYSTEM, reason="因")
        assert moved.status == target


@pytest.mark.parametrize(
    ("status", "move"),
    list(product((s for s in PaperStatus if s not in ("sealed", "released")), PAPER.by_name)),
)
def test_a_paper_moves_only_as_the_table_says(status, move):
    paper = q.make_paper()
    Paper.objects.filter(pk=paper.pk).update(status=status)
    paper.refresh_from_db()
    target = PAPER_MOVES.get((status, move))
    whole = {}
    if target == "sealed":
        first, second = q.make_holder(), q.make_holder(q.SECOND)
        whole = {
            "sealed": b"x",
            "content": None,
            "first_holder": first,
            "second_holder": second,
            "not_before": f.at(2026, 5, 20),
            "sealed_at": f.at(2026, 5, 18),
        }
    if target is None:
        with pytest.raises(RefusedError):
            advance(machine=PAPER, subject=paper, move=move, actor=SYSTEM, reason="因")
    else:
        moved = advance(
            machine=PAPER, subject=paper, move=move, actor=SYSTEM, reason="因", updates=whole
        )
        assert moved.status == target


@pytest.mark.parametrize("move", ["approve", "seal", "void"])
def test_a_sealed_paper_only_opens(move):
    paper = q.make_sealed()
    with pytest.raises(RefusedError):
        advance(machine=PAPER, subject=paper, move=move, actor=SYSTEM, reason="因")


@pytest.mark.parametrize(
    ("move", "role"),
    [("submit", Role.CLERK), ("review", Role.CLERK), ("accept", Role.ITEM_WRITER)],
)
def test_roles_without_the_act_are_refused(move, role):
    item = q.make_item()
    Item.objects.filter(pk=item.pk).update(status=next(iter(ITEM[move].sources)))
    item.refresh_from_db()
    with pytest.raises(RefusedError, match="您的角色不能"):
        advance(machine=ITEM, subject=item, move=move, actor=f.make_user(role).as_actor())
