"""A batch opens only where the staff can keep apart what must be kept apart."""

from datetime import date
from typing import Any

import pytest

from assessment_center.accounts.demo_users import ensure_demo_users
from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.batches import services
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.services import staffing
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks import CODES
from assessment_center.rulebooks.selectors import rules_of
from tests.factories.foundation import at, make_centre, make_rulebook, make_user

pytestmark = pytest.mark.django_db
OFFICE = (
    Role.HEAD, Role.REVIEWER, Role.DEPARTMENT, Role.ITEM_WRITER, Role.BANK_MANAGER,
    Role.ASSESSOR, Role.SCORE_CLERK,
)  # fmt: skip


def open_one(actor: Actor, rulebook: str = "chongqing", **more: Any) -> AssessmentBatch:
    make_rulebook(rulebook)
    make_centre()
    return services.open_batch(
        actor=actor,
        code="B1",
        name="春季认定",
        rulebook_code=rulebook,
        registration_opens=at(2026, 4, 1),
        registration_closes=at(2026, 4, 20),
        exam_starts=date(2026, 5, 23),
        exam_ends=date(2026, 5, 24),
        exam_place="实训中心",
        **more,
    )


def staff(*roles: Role) -> Actor:
    for role in roles:
        make_user(role, display_name=str(role))
    return make_user(Role.CLERK).as_actor()


def test_a_full_office_opens_without_a_word() -> None:
    open_one(staff(*OFFICE))
    assert not AuditEntry.objects.filter(verb="batch.relax_staffing").exists()


@pytest.mark.parametrize("rulebook", ["chongqing", "henan", "jilin"])
def test_what_an_article_demands_is_hard(rulebook: str) -> None:
    """STAFF-19: one score clerk alone would check what he entered."""
    actor = staff(*(role for role in OFFICE if role != Role.ASSESSOR))
    with pytest.raises(RefusedError, match="“核分”缺人") as caught:
        open_one(actor, rulebook, relax_reason="先开设")
    assert "登分" in str(caught.value)
    assert "score_clerk" in str(caught.value)
    assert caught.value.refusal.citations
    assert not AssessmentBatch.objects.exists()


def test_what_no_article_demands_is_relaxed_for_a_reason_that_is_kept() -> None:
    actor = staff(*(role for role in OFFICE if role != Role.REVIEWER))
    with pytest.raises(RefusedError, match="“资格复核”没有人：需要一位资格审核员"):
        open_one(actor)
    batch = open_one(actor, relax_reason="审核员下周到岗")
    entry = AuditEntry.objects.get(verb="batch.relax_staffing", subject_id=batch.pk)
    assert entry.payload["reason"] == "审核员下周到岗"
    assert "资格复核" in entry.payload["note"]


def test_the_same_lack_is_hard_or_soft_as_the_rulebook_speaks() -> None:
    """Two keys: Henan and Jilin demand two persons (two_person_rule), Shandong is silent."""
    staff(*(role for role in OFFICE if role != Role.BANK_MANAGER))
    force = {}
    for code in ("shandong", "henan", "jilin"):
        rules = make_rulebook(code)

        found = {lack.duty: lack.force for lack in staffing.lacking(rules_of(rules))}
        force[code] = found["second_key"]
    assert force == {"shandong": "recommended", "henan": "cited", "jilin": "cited"}


def test_closed_accounts_and_candidates_count_for_nothing() -> None:
    staff(*OFFICE)
    before = staffing.staff_at_hand()
    user = make_user(Role.HEAD, display_name="closed")
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert staffing.staff_at_hand() == before


@pytest.mark.parametrize("rulebook", CODES)
def test_the_demo_centre_can_open_under_every_rulebook(rulebook: str) -> None:
    ensure_demo_users()
    assert staffing.lacking(rules_of(make_rulebook(rulebook))) == []
