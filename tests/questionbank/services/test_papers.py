"""Assembling, approving and voiding papers."""

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.registry import SYSTEM, RefusedError
from questionbank.enums import ItemStatus
from questionbank.models import ItemUse, Paper
from questionbank.selectors import papers_of, sealed_forms
from questionbank.services import banks, papers
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db


@pytest.fixture
def offering():
    return q.ready_offering()


def assemble(offering, **more):
    actor = more.pop("actor", None) or f.make_user(Role.BANK_MANAGER).as_actor()
    facts = {"batch": offering.batch, "offering": offering, "subject": "theory", **more}
    return papers.assemble(actor=actor, **facts)


def test_two_forms_and_a_spare_are_drawn_and_traced(offering):
    made = assemble(offering, forms=3)
    assert [(p.form, p.is_spare, p.status) for p in made] == [
        ("A", False, "draft"),
        ("B", False, "draft"),
        ("C", True, "draft"),
    ]
    drawn = [{row["id"] for row in paper.content["items"]} for paper in made]
    assert [len(ids) for ids in drawn] == [5, 5, 5]
    assert not drawn[0] & drawn[1]
    assert made[0].content["marks"] == {"single": 20}
    entries = AuditEntry.objects.filter(verb="paper.assemble")
    assert [e.payload["batch"] for e in entries] == [offering.batch.code] * 3
    assert list(papers_of(offering.batch)) == made
    assert sealed_forms(offering.batch) == {}


def test_a_single_form_is_no_spare_and_a_key_draws_the_same_again(offering):
    (first,) = assemble(offering, forms=1, draw_key="k")
    drawn = [row["id"] for row in first.content["items"]]
    papers.void(actor=SYSTEM, paper=first, reason="重组")
    first.refresh_from_db()
    assert (first.status, first.content) == ("void", None)
    (again,) = assemble(offering, forms=1, draw_key="k")
    assert not again.is_spare
    assert [row["id"] for row in again.content["items"]] == drawn


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"forms": 0}, "1 至 8"),
        ({"forms": 9}, "1 至 8"),
        ({"subject": "review"}, "没有这一科目"),
        ({"subject": "practical"}, "还没有题库"),
    ],
)
def test_what_cannot_be_assembled_is_said(offering, more, words):
    with pytest.raises(RefusedError, match=words):
        assemble(offering, **more)


def test_roles_foreign_batches_and_repeats_are_refused(offering):
    with pytest.raises(RefusedError, match="您的角色"):
        assemble(offering, actor=f.make_user(Role.HEAD).as_actor())
    with pytest.raises(RefusedError, match="没有这一科目"):
        assemble(offering, batch=f.make_batch())
    assemble(offering)
    with pytest.raises(RefusedError, match="已经组卷"):
        assemble(offering)


def test_the_shortage_is_named_with_quantities(offering):
    bank = papers.bank_for(offering, "theory")
    point = bank.points.order_by("code").first()
    bank.items.filter(point__area=point.area).update(status=ItemStatus.RETIRED)
    with pytest.raises(RefusedError, match="“范围0”的单项选择题缺 1 题（需要 1，可用 0）"):
        assemble(offering)


def test_a_bank_needs_a_table_a_blueprint_and_the_aimed_difficulty(offering):
    bank = papers.bank_for(offering, "theory")
    banks.create_blueprint(
        actor=SYSTEM,
        bank=bank,
        name="难",
        counts={"single": 5},
        marks={"single": 20},
        minutes=90,
        difficulty="0.95",
        tolerance="0.01",
    )
    with pytest.raises(RefusedError, match="目标难度"):
        assemble(offering)
    bare = f.make_offering(offering.batch, level=3)
    empty = q.make_bank(level=3, occupation=bare.occupation)
    with pytest.raises(RefusedError, match="还没有组卷方案"):
        assemble(bare)
    q.make_blueprint(empty)
    with pytest.raises(RefusedError, match="要素细目表"):
        assemble(bare)


def test_items_of_earlier_papers_rest(offering):
    (first,) = assemble(offering, forms=1, draw_key="k")
    used = {row["id"] for row in first.content["items"]}
    ItemUse.objects.bulk_create(
        ItemUse(item_id=pk, paper=first, used_on="2026-05-23") for pk in used
    )
    papers.void(actor=SYSTEM, paper=first, reason="重组")
    (second,) = assemble(offering, forms=1, draw_key="k")
    assert not used & {row["id"] for row in second.content["items"]}


def test_the_author_does_not_approve_his_own_paper(offering):
    author = f.make_user(Role.BANK_MANAGER, Role.HEAD)
    paper = q.make_paper(offering, author=author)
    with pytest.raises(RefusedError, match="自己组的卷"):
        papers.approve(actor=author.as_actor(), paper=paper)
    with pytest.raises(RefusedError, match="您的角色"):
        papers.approve(actor=f.make_user(Role.CLERK).as_actor(), paper=paper)
    head = f.make_user(Role.HEAD)
    approved = papers.approve(actor=head.as_actor(), paper=paper)
    assert (approved.status, approved.approved_by) == ("approved", head)
    entry = AuditEntry.objects.get(verb="paper.approve")
    assert entry.payload["cited"]
    with pytest.raises(RefusedError, match="原因"):
        papers.void(actor=author.as_actor(), paper=approved, reason=" ")
    assert Paper.objects.get().status == "approved"
