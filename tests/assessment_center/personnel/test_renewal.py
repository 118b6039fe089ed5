"""A renewal asks for the last appraisal: of the card (JL) or of the hire (HN), with its article."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from assessment_center.personnel import services
from assessment_center.personnel.enums import Applying, Grade
from assessment_center.personnel.judging_enums import ExclusionKind
from assessment_center.personnel.models import Exclusion, StaffMember
from assessment_center.personnel.policies import objected
from assessment_center.registry import SYSTEM, Refused, RefusedError
from tests.assessment_center.personnel.build import applied, veteran
from tests.factories import judging as j

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)
NEXT = date(2027, 1, 1)


@pytest.fixture(autouse=True)
def in_may(frozen: Callable[..., Any]) -> Any:
    return frozen(2026, 5, 20, 9)


def carded(until: date | None = None) -> StaffMember:
    member = veteran()
    services.add_qualification(
        actor=SYSTEM, member=member, grade=Grade.ASSESSOR,
        valid_from=date(2024, 1, 1), valid_until=until,
    )  # fmt: skip
    return member


def answer(member: StaffMember, kind: Applying = Applying.RENEWAL) -> Any:
    return objected(applied(member, kind=kind), TODAY)


def test_a_card_is_renewed_after_a_qualified_year_only() -> None:
    book = j.filed("jilin")
    member = carded()
    told = answer(member)
    assert isinstance(told, Refused)
    assert "自 2024-01-01 起的任期内没有已审定的年度考核" in told.reason
    assert [each.text for each in told.citations] == [
        "《吉林省职业技能等级认定考评人员管理实施细则》第二十一条"
    ]
    with pytest.raises(RefusedError, match="没有已审定的年度考核"):
        services.recommend(actor=SYSTEM, application=member.applications.get())
    j.send(member, book)
    j.confirmed(member, book, grade="合格")
    services.recommend(actor=SYSTEM, application=member.applications.get())


def test_a_first_application_and_other_rulebooks_ask_nothing() -> None:
    j.filed("henan")
    assert answer(carded())
    fresh = veteran(902)
    assert answer(fresh, Applying.FIRST)


def hired(member: StaffMember, starts: date, ends: date) -> Any:
    return services.hire(
        actor=SYSTEM, member=member, grade=Grade.ASSESSOR, starts=starts, ends=ends
    )


def again(member: StaffMember) -> Any:
    return hired(member, date(2026, 6, 1), date(2026, 12, 31))


def test_a_hire_is_renewed_after_the_evaluation_of_its_term() -> None:
    j.filed("henan")
    member = carded()
    before = hired(member, date(2025, 1, 1), date(2026, 5, 31))
    with pytest.raises(RefusedError, match="还没有综合评价") as caught:
        again(member)
    cited = [each.text.split("·")[1] for each in caught.value.refusal.citations]
    assert cited == ["考评人员管理办法》十四", "职业技能等级认定工作规则》第十条"]
    facts = {"actor": SYSTEM, "engagement": before, "review": "评分客观，无差错。"}
    services.review_engagement(**facts, renew=False)
    with pytest.raises(RefusedError, match="评价为不续聘"):
        again(member)
    services.review_engagement(**facts, renew=True)
    assert again(member).starts == date(2026, 6, 1)


def test_other_rulebooks_hire_again_without_an_evaluation() -> None:
    j.filed("jilin")
    member = carded()
    hired(member, date(2025, 1, 1), date(2026, 5, 31))
    assert again(member)


def test_after_a_hire_that_was_ended_early_another_begins() -> None:
    j.filed("henan")
    member = carded()
    before = hired(member, date(2025, 1, 1), date(2026, 5, 31))
    services.end_engagement(actor=SYSTEM, engagement=before, on=date(2026, 3, 1), reason="调离")
    assert again(member)


def test_an_unqualified_year_stops_the_renewal_of_a_card() -> None:
    book = j.filed("jilin")
    member = carded()
    j.send(member, book)
    j.confirmed(member, book, grade="不合格")
    told = answer(member)
    assert isinstance(told, Refused)
    assert "2025 年）不合格" in told.reason


def test_a_bar_decided_after_the_application_stops_the_card() -> None:
    j.filed("henan")
    member = veteran()
    application = applied(member)
    assert objected(application, TODAY)
    Exclusion.objects.create(
        member=member, kind=ExclusionKind.BARRED.value, grades=[Grade.ASSESSOR.value],
        starts=TODAY, until=NEXT, reason="泄露试题", source_kind="test", source_id=member.pk,
        citations=["考评办法 十三"], rulebook="HN",
    )  # fmt: skip
    told = objected(application, TODAY)
    assert isinstance(told, Refused)
    assert "不能申报" in told.reason
