"""The checks of the banks a batch draws from: each sees its fault."""

import pytest

from assessment_center.conformance.declarations import Evidence, Failed, NotApplicable, Passed
from assessment_center.rulebooks import load
from questionbank import rules_kept as conformance
from questionbank.models import Bank, Item, ItemUse, Paper, Point
from tests.factories import foundation as f
from tests.factories import questionbank as q

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    offering = q.ready_offering()
    q.make_paper(offering)
    return offering.batch


def test_nothing_is_judged_before_a_paper_is_drawn():
    batch = f.make_batch()
    looks = (
        conformance.theory_banks_are_large_enough, conformance.practical_banks_are_large_enough,
        conformance.every_point_has_an_item, conformance.reviewers_did_not_write,
    )  # fmt: skip
    assert [type(look(batch)) for look in looks] == [NotApplicable] * len(looks)


def test_a_bank_too_small_is_found(batch):
    found = conformance.theory_banks_are_large_enough(batch)
    assert isinstance(found, Failed)
    assert isinstance(found.evidence[0], Evidence)
    assert "应不少于" in str(found.evidence[0])
    assert str(Bank.objects.get().pk) in found.evidence[0].url


def test_a_point_without_items_is_found(batch):
    assert isinstance(conformance.every_point_has_an_item(batch), Passed)
    Point.objects.create(bank=Bank.objects.get(), code="ZZ", area="安全", name="空白", weight=1)
    found = conformance.every_point_has_an_item(batch)
    assert isinstance(found, Failed)
    assert "考核点 ZZ 没有试题" in str(found.evidence[0])


def test_a_reviewer_who_writes_for_the_bank_is_found(batch):
    writer, other = f.make_user("item_writer"), f.make_user("item_writer")
    Item.objects.update(writer=writer, reviewer=other)
    assert isinstance(conformance.reviewers_did_not_write(batch), Passed)
    Item.objects.filter(pk=Item.objects.first().pk).update(writer=other, reviewer=writer)
    found = conformance.reviewers_did_not_write(batch)
    assert isinstance(found, Failed)
    assert len(found.evidence) == 2


def jilin(batch):
    batch.__dict__["rules"] = load("jilin")
    return batch


def test_the_bank_of_a_review_is_counted(batch):
    Bank.objects.update(subject="review")
    batch.offerings.update(subjects=["review"])
    found = conformance.review_banks_are_large_enough(jilin(batch))
    have = Item.objects.count()
    assert isinstance(found, Passed if have >= 10 else Failed)
    Item.objects.filter(pk__in=list(Item.objects.values_list("pk", flat=True)[: have - 9])).update(
        status="draft"
    )
    found = conformance.review_banks_are_large_enough(batch)
    assert isinstance(found, Failed)
    assert "已入库 9 题，应不少于 10 题" in str(found.evidence[0])


def test_too_few_points_are_found(batch):
    found = conformance.theory_banks_have_points_enough(jilin(batch))
    assert isinstance(found, Failed)
    assert "有考核点 10 个，应不少于 150 个" in str(found.evidence[0])
    assert "不足其权重的 1.5 倍" in str(found.evidence[1])
    bank = Bank.objects.get()
    bank.points.update(weight="0.60")
    Point.objects.bulk_create(
        Point(bank=bank, code=f"N{n}", area=f"范围{n % 5}", name=f"点{n}", weight="0.60")
        for n in range(140)
    )
    assert isinstance(conformance.theory_banks_have_points_enough(batch), Passed)


def test_papers_that_repeat_too_much_are_found(batch):
    assert isinstance(conformance.papers_repeat_little(jilin(batch)), NotApplicable)
    paper, items = Paper.objects.get(), list(Item.objects.order_by("pk")[:10])
    other = q.make_paper(f.make_offering(occupation=paper.offering.occupation))
    for each in (paper, other):
        ItemUse.objects.bulk_create(
            ItemUse(item=item, paper=each, used_on="2026-05-23")
            for item in (items if each == paper else items[:1])
        )
    assert isinstance(conformance.papers_repeat_little(batch), Passed)
    ItemUse.objects.create(item=items[1], paper=other, used_on="2026-05-23")
    found = conformance.papers_repeat_little(batch)
    assert isinstance(found, Failed)
    assert "重复 2 题，全卷 10 题" in str(found.evidence[0])
