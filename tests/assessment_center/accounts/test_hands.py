"""Two pairs of eyes: a deputy's act is compared with his principal's, and the other way round."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.accounts.hands import alike, did, hands, principal_of, shares, touched
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.registry import SYSTEM, Actor, RefusedError
from candidates.services import review
from questionbank.services import items, papers
from scoring.enums import EntryRound
from scoring.models import SubjectResult
from tests.factories import candidates as c
from tests.factories import foundation as f
from tests.factories import questionbank as q
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db


def standing_in(deputy: User, principal: User) -> Actor:
    """The deputy as he acts in the name of the other, with the other's acts."""
    own = deputy.as_actor()
    lent = principal.as_actor().permissions
    return replace(own, permissions=lent, in_name_of=principal.subject)


@pytest.fixture
def pair() -> tuple[User, User]:
    return f.make_user(Role.HEAD), f.make_user(Role.ARCHIVIST)


def test_a_hand_is_the_person_and_the_one_he_stands_for(pair: tuple[User, User]) -> None:
    head, deputy = pair
    acting = standing_in(deputy, head)
    assert hands(acting) == {head.pk, deputy.pk}
    assert (principal_of(acting), principal_of(head.as_actor())) == (head.pk, None)
    assert shares(acting, head.pk, None)
    assert not shares(deputy.as_actor(), head.pk)
    assert hands(SYSTEM) == frozenset()
    assert not shares(SYSTEM, None)
    assert not did(acting, None, head.subject, "x")


def test_what_was_done_through_a_deputy_counts_for_both(pair: tuple[User, User]) -> None:
    head, deputy = pair
    subject = f.make_person().subject
    record(actor=standing_in(deputy, head), verb="staff.rate", subject=subject)
    assert did(head.as_actor(), deputy.pk, subject, "staff.rate")
    assert not did(head.as_actor(), deputy.pk, subject, "staff.change")
    assert not did(head.as_actor(), deputy.pk, f.make_person().subject, "staff.rate")
    assert did(deputy.as_actor(), deputy.pk, subject, "staff.rate")
    other = standing_in(f.make_user(Role.CLERK), head)
    assert alike(other, subject, "staff.rate") == hands(other) | {deputy.pk}
    assert touched(head.as_actor(), subject, "staff.rate")
    assert touched(deputy.as_actor(), subject, "staff.rate")
    assert not touched(f.make_user().as_actor(), subject, "staff.rate")
    assert not touched(SYSTEM, subject, "staff.rate")
    assert not did(SYSTEM, deputy.pk, subject, "staff.rate")


WAYS = ("principal then deputy", "deputy then principal", "deputy then another deputy")


def two_hands(way: str, principal: User) -> tuple[Actor, Actor]:
    """Both steps by one hand: in person and through a deputy, in each order."""
    first, second = f.make_user(Role.ARCHIVIST), f.make_user(Role.ARCHIVIST)
    through = standing_in(first, principal)
    if way == WAYS[0]:
        return principal.as_actor(), through
    if way == WAYS[1]:
        return through, principal.as_actor()
    return through, standing_in(second, principal)


@pytest.mark.parametrize("way", WAYS)
def test_first_review_and_confirmation(way: str, frozen: Callable[..., Any]) -> None:
    frozen(2026, 4, 5, 9)
    both = f.make_user(Role.DEPARTMENT, Role.REVIEWER)
    one, two = two_hands(way, both)
    row = review.first_review(actor=one, application=c.make_submitted())
    with pytest.raises(RefusedError, match="初审和复核不能是同一人"):
        review.confirm(actor=two, application=row)
    review.confirm(actor=f.make_user(Role.REVIEWER).as_actor(), application=row)


def test_a_deputy_does_not_review_his_principals_own_application(
    frozen: Callable[..., Any],
) -> None:
    frozen(2026, 4, 5, 9)
    row = c.make_submitted()
    principal = row.person.user
    acting = replace(f.make_user(Role.DEPARTMENT).as_actor(), in_name_of=principal.subject)
    with pytest.raises(RefusedError, match="自己的申报"):
        review.first_review(actor=acting, application=row)


@pytest.mark.parametrize("way", WAYS)
def test_assembling_and_approving_papers(way: str) -> None:
    both = f.make_user(Role.BANK_MANAGER, Role.HEAD)
    one, two = two_hands(way, both)
    offering = q.ready_offering()
    (paper,) = papers.assemble(
        actor=one, batch=offering.batch, offering=offering, subject="theory", forms=1, draw_key="k"
    )
    with pytest.raises(RefusedError, match="自己组的卷"):
        papers.approve(actor=two, paper=paper)
    assert papers.approve(actor=f.make_user(Role.HEAD).as_actor(), paper=paper).approved_by_id


@pytest.mark.parametrize("way", WAYS)
def test_writing_and_reviewing_items(way: str) -> None:
    writer = f.make_user(Role.ITEM_WRITER)
    one, two = two_hands(way, writer)
    bank = q.make_bank()
    point = q.make_points(bank)[0]
    made = items.write_item(actor=one, bank=bank, draft=q.draft(point, "哪一项正确？"))
    handed = items.submit_item(actor=one, item=made)
    with pytest.raises(RefusedError, match="不能审自己命的题"):
        items.review_item(actor=two, item=handed, passed=True)
    with pytest.raises(RefusedError, match="没有可以"):
        items.review_all(actor=two, bank=bank)
    assert items.review_all(actor=f.make_user(Role.ITEM_WRITER).as_actor(), bank=bank) == 1


@pytest.mark.parametrize("way", WAYS)
def test_two_rounds_of_marks_and_their_check(way: str) -> None:
    batch = s.examined(2)
    marks = {row.id: s.PASS for row in s.people_of(batch)}
    one, two = two_hands(way, f.make_user(Role.SCORE_CLERK))
    s.enter(batch, s.THEORY, EntryRound.FIRST, marks, one)
    with pytest.raises(RefusedError, match="第二次登分须由另一人"):
        s.enter(batch, s.THEORY, EntryRound.SECOND, marks, two)
    s.enter(batch, s.THEORY, EntryRound.SECOND, marks)
    with pytest.raises(RefusedError, match="核分人不能是登分人") as told:
        s.check(batch, s.THEORY, two)
    assert told.value.refusal.citations
    assert not SubjectResult.objects.exists()
    s.check(batch, s.THEORY)
