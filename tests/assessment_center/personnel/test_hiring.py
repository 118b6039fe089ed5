"""Contracts within card and rulebook, never two at once; promises that stay."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assessment_center.personnel import services
from assessment_center.personnel.enums import EngagementKind, Grade, UndertakingKind
from assessment_center.personnel.models import (
    Engagement,
    Qualification,
    StaffMember,
    Undertaking,
)
from assessment_center.personnel.selectors import (
    engaged,
    live_qualifications,
    undertaken,
)
from assessment_center.registry import SYSTEM, RefusedError
from tests.assessment_center.personnel.build import filed, veteran

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2026-05-20 10:00:00+08:00")]
TODAY = date(2026, 5, 20)
FROM, UNTIL = date(2026, 1, 1), date(2028, 12, 31)


def carded(
    member: StaffMember, grade: Grade = Grade.ASSESSOR, until: date | None = UNTIL
) -> Qualification:
    return services.add_qualification(
        actor=SYSTEM, member=member, grade=grade, valid_from=FROM, valid_until=until
    )


def hired(member: StaffMember, grade: Grade = Grade.ASSESSOR, **more: Any) -> Engagement:
    given = {"starts": TODAY, **more}
    return services.hire(actor=SYSTEM, member=member, grade=grade, **given)


def test_a_contract_runs_as_long_as_card_and_rulebook_allow() -> None:
    filed("henan")
    member = veteran()
    with pytest.raises(RefusedError, match="没有这一资格的有效证卡"):
        hired(member)
    card = carded(member)
    engagement = hired(member)
    assert (engagement.ends, engagement.qualification) == (UNTIL, card)
    assert (engagement.kind, engagement.number) == (EngagementKind.CONTRACT, "HT-2026-0001")
    other = veteran(903)
    carded(other, until=date(2040, 1, 1))
    with pytest.raises(RefusedError, match="最长到 2029-05-19") as caught:
        hired(other, ends=date(2029, 5, 20))
    assert caught.value.refusal.citations
    assert hired(other).ends == date(2029, 5, 19)
    third = veteran(904)
    carded(third)
    with pytest.raises(RefusedError, match="不能超过证卡的有效期（2028-12-31 止）"):
        hired(third, ends=date(2029, 1, 1))


def test_silent_rulebooks_need_an_end_from_the_office() -> None:
    filed("shandong")
    member = veteran()
    carded(member, until=None)
    with pytest.raises(RefusedError, match="请填聘期止"):
        hired(member)
    assert hired(member, ends=date(2035, 1, 1)).ends == date(2035, 1, 1)
    with pytest.raises(ValidationError, match="不能超过十年"):
        hired(member, starts=date(2036, 1, 1), ends=date(2047, 1, 1))


def test_at_most_three_institutions_at_once() -> None:
    filed("jilin")
    member = veteran(other_institutions=3)
    carded(member)
    with pytest.raises(RefusedError, match="不得超过 3 家") as caught:
        hired(member)
    assert caught.value.refusal.citations
    services.save_facts(actor=SYSTEM, member=member, other_institutions=2)
    hired(member)


def test_no_two_contracts_at_once_even_past_the_service() -> None:
    member = veteran()
    carded(member)
    first = hired(member, ends=date(2027, 5, 19))
    with pytest.raises(ValidationError, match="聘期不能重叠"):
        hired(member, starts=date(2027, 5, 19), ends=date(2028, 1, 1))
    facts = {
        "member": member,
        "grade": Grade.ASSESSOR,
        "kind": EngagementKind.CONTRACT,
        "starts": date(2027, 5, 19),
        "ends": date(2028, 1, 1),
    }
    with pytest.raises(IntegrityError, match="no_overlap"), transaction.atomic():
        Engagement.objects.create(**facts)
    services.end_engagement(actor=SYSTEM, engagement=first, reason="调离", on=date(2027, 5, 18))
    hired(member, starts=date(2027, 5, 19), ends=date(2028, 1, 1))
    carded(member, Grade.SUPERVISOR_INTERNAL)
    hired(member, Grade.SUPERVISOR_INTERNAL)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"ends": date(2026, 1, 1)}, "term_ordered"),
        ({"ends": date(2040, 1, 1)}, "term_bounded"),
        ({"ended_on": date(2026, 6, 1)}, "ended_within"),
        ({"ended_on": date(2028, 6, 1), "ended_reason": "x"}, "ended_within"),
    ],
)
def test_the_database_keeps_terms(facts: dict[str, Any], message: str) -> None:
    given = {
        "member": veteran(),
        "grade": Grade.ASSESSOR,
        "kind": EngagementKind.CONTRACT,
        "starts": TODAY,
        "ends": date(2027, 1, 1),
        **facts,
    }
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        Engagement.objects.create(**given)


def test_the_database_keeps_contracts_within_the_own_card() -> None:
    member, other = veteran(), veteran(905)
    card = carded(member)
    given = {"grade": Grade.ASSESSOR, "kind": EngagementKind.CONTRACT, "starts": TODAY}
    for wrong, message in (
        ({"member": member, "ends": UNTIL + timedelta(days=1)}, "不能超过证卡"),
        ({"member": other, "ends": UNTIL}, "本人同一资格"),
        ({"member": member, "ends": UNTIL, "grade": Grade.EXPERT}, "本人同一资格"),
    ):
        with pytest.raises(IntegrityError, match=message), transaction.atomic():
            Engagement.objects.create(qualification=card, **{**given, **wrong})


def test_only_what_is_signed_counts_and_its_last_day_does() -> None:
    member = veteran()
    carded(member)
    engagement = hired(member, ends=date(2026, 6, 30))
    grades = [Grade.ASSESSOR]
    assert engaged(TODAY, grades) == set()
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.sign_engagement(actor=SYSTEM, engagement=engagement, signed_on=date(2026, 5, 21))
    services.sign_engagement(actor=SYSTEM, engagement=engagement, signed_on=TODAY)
    with pytest.raises(RefusedError, match="已于 2026-05-20 签订"):
        services.sign_engagement(actor=SYSTEM, engagement=engagement, signed_on=TODAY)
    holds = {(member.pk, Grade.ASSESSOR.value)}
    assert engaged(date(2026, 6, 30), grades) == holds
    assert engaged(date(2026, 7, 1), grades) == set()
    reviewed = services.review_engagement(
        actor=SYSTEM, engagement=engagement, review="胜任", renew=True
    )
    assert reviewed.renew is True
    services.end_engagement(actor=SYSTEM, engagement=engagement, reason="调离", on=date(2026, 6, 1))
    assert engaged(date(2026, 6, 1), grades) == holds
    assert engaged(date(2026, 6, 2), grades) == set()
    for again in (
        lambda: services.end_engagement(actor=SYSTEM, engagement=engagement, reason="再"),
        lambda: services.review_engagement(
            actor=SYSTEM, engagement=engagement, review="x", renew=False
        ),
    ):
        with pytest.raises(RefusedError, match="终止"):
            again()
    with pytest.raises(IntegrityError, match="聘任已终止"), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(ended_on=None, ended_reason="")


def test_contracts_for_all_cards_without_one() -> None:
    filed("henan")
    cards = [carded(veteran(910 + place)) for place in range(3)]
    hired(cards[0].member)
    expired = carded(veteran(915), until=date(2026, 5, 19))
    made = services.hire_missing(actor=SYSTEM, cards=[*cards, expired], signed_on=TODAY)
    assert made == 2
    assert len(engaged(TODAY, [Grade.ASSESSOR])) == 2
    assert services.hire_missing(actor=SYSTEM, cards=cards, signed_on=TODAY) == 0
    numbers = Engagement.objects.values_list("number", flat=True)
    assert sorted(numbers) == ["HT-2026-0001", "HT-2026-0002", "HT-2026-0003"]


def test_a_letter_for_an_expert_needs_no_card() -> None:
    filed("henan")
    letter = hired(veteran(), Grade.EXPERT, speciality="电工", leads=True)
    assert (letter.kind, letter.ends) == (EngagementKind.LETTER, date(2029, 5, 19))
    assert letter.number == "PS-2026-0001"


def test_an_undertaking_is_signed_by_the_member_and_stays() -> None:
    member = veteran()
    given = {
        "actor": SYSTEM,
        "member": member,
        "kind": UndertakingKind.SECRECY,
        "text": "本人承诺保守秘密。",
        "signed_on": TODAY,
    }
    with pytest.raises(RefusedError, match="与姓名"):
        services.record_undertaking(signed_name="别人", **given)
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.record_undertaking(
            signed_name=member.person.name, **{**given, "signed_on": date(2026, 5, 21)}
        )
    promise = services.record_undertaking(
        signed_name=member.person.name, valid_until=date(2026, 12, 31), **given
    )
    assert list(undertaken(date(2026, 12, 31), UndertakingKind.SECRECY)) == [promise]
    assert list(undertaken(date(2027, 1, 1), UndertakingKind.SECRECY)) == []
    rows = Undertaking.objects.filter(pk=promise.pk)
    with pytest.raises(IntegrityError, match="承诺书已签署"), transaction.atomic():
        rows.update(text="x")
    with pytest.raises(IntegrityError, match="承诺书已签署"), transaction.atomic():
        rows.delete()
    with pytest.raises(IntegrityError, match="undertaking_term"), transaction.atomic():
        Undertaking.objects.create(
            member=member, kind="secrecy", text="x", signed_on=TODAY, valid_until=FROM
        )


def test_cards_live_to_their_last_day_and_not_on_the_day_of_revocation() -> None:
    member = veteran()
    card = carded(member, until=date(2026, 5, 23))
    assert list(live_qualifications(date(2026, 5, 23))) == [card]
    assert list(live_qualifications(date(2026, 5, 24))) == []
    services.revoke_card(actor=SYSTEM, card=card, reason="违规", on=date(2026, 5, 22))
    assert list(live_qualifications(date(2026, 5, 21))) == [card]
    assert list(live_qualifications(date(2026, 5, 22))) == []
