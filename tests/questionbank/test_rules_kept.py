"""The checks of the banks a batch draws from: each sees its fault."""

import pytest

from assessment_center.conformance.declarations import Evidence, Failed, NotApplicable, Passed
from questionbank import rules_kept as conformance
from questionbank.models import Bank, Item, Point
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
