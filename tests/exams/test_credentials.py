"""Card, contract and promise on the day of duty: each refusal says which and by which article."""

from datetime import date, timedelta
from typing import Any

import pytest

from assessment_center.personnel import services as personnel
from assessment_center.personnel.enums import EngagementKind, Grade, Post
from assessment_center.personnel.models import Engagement, StaffMember
from assessment_center.personnel.selectors import engaged
from assessment_center.registry import SYSTEM, Refused, RefusedError
from exams import credentials, staffing
from exams.models import Sitting
from exams.policies import exam_day
from exams.services.duties import require_credentials
from tests.exams import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 23)
ASSESSING = staffing.GRADES[Post.ASSESSOR]


def assessor(valid_until: date = date(2027, 1, 1), **contract: Any) -> StaffMember:
    """An assessor with one card, and a contract of these facts (none: `contract` empty)."""
    member = make.make_member()
    personnel.add_qualification(
        actor=SYSTEM,
        member=member,
        grade=Grade.ASSESSOR,
        valid_from=date(2025, 1, 1),
        valid_until=valid_until,
        card_number=f"K{member.pk.hex[:6]}",
    )
    if contract:
        given = {"starts": date(2025, 1, 1), "signed_on": date(2025, 1, 1), **contract}
        Engagement.objects.create(
            member=member,
            grade=Grade.ASSESSOR,
            kind=EngagementKind.CONTRACT,
            number=f"H{member.pk.hex[:6]}",
            **given,
        )
    return member


def arranged(rulebook: str) -> Sitting:
    _theory, practical = build.planned(build.batch_with(rulebook=rulebook))
    return practical[0]


def verdict(sitting: Sitting, member: StaffMember) -> Refused | None:
    rules, on = sitting.batch.rules, exam_day(sitting)
    offerings = list(sitting.batch.offerings.all())
    cards = staffing.cards_on(sitting).get(member.pk, [])
    if staffing.fits(rules, cards, Post.ASSESSOR, offerings):
        return None
    return credentials.why_not(rules, member, Post.ASSESSOR, ASSESSING, on)


def test_the_day_decides_about_card_and_contract() -> None:
    sitting = arranged("jilin")
    until = date(2026, 12, 31)
    before = DAY - timedelta(days=1)
    good = [
        assessor(valid_until=DAY, ends=until),
        assessor(ends=DAY),
        assessor(ends=until, ended_on=DAY, ended_reason="调离"),
        assessor(ends=until, signed_on=DAY),
    ]
    assert [verdict(sitting, each) for each in good] == [None] * 4
    revoked = assessor(ends=until)
    personnel.revoke_card(actor=SYSTEM, card=revoked.qualifications.get(), reason="违规", on=DAY)
    retired = assessor(ends=until)
    personnel.save_member(actor=SYSTEM, person=retired.person, is_active=False)
    retired.refresh_from_db()
    for member, words in (
        (assessor(valid_until=before, ends=until), "已于 2026-05-22 到期"),
        (revoked, "已于 2026-05-23 注销"),
        (assessor(), "没有聘任合同"),
        (assessor(ends=before), "已于 2026-05-22 终止"),
        (assessor(ends=until, ended_on=before, ended_reason="调离"), "已于 2026-05-22 终止"),
        (assessor(ends=until, signed_on=DAY + timedelta(days=1)), "还没有签订"),
        (assessor(ends=until, signed_on=None), "还没有签订"),
        (make.make_member(), "没有登记过证卡"),
    ):
        told = verdict(sitting, member)
        assert told is not None
        assert words in told.reason
        assert told.citations, words
    told = verdict(sitting, retired)
    assert told is not None
    assert "已不在岗" in told.reason
    ready = staffing.cards_on(sitting)
    hired = {pk for pk, cards in ready.items() if staffing.fitting(cards, Post.ASSESSOR)}
    assert hired == {each.pk for each in good}
    assert {pk for pk, _grade in engaged(DAY, [Grade.ASSESSOR])} >= hired


def test_a_silent_rulebook_wants_no_contract() -> None:
    sitting = arranged("shandong")
    assert verdict(sitting, assessor()) is None
    low = make.make_member(Grade.ASSESSOR, levels=[5])
    told = verdict(sitting, low)
    assert told is not None
    assert "不含本场的职业或等级" in told.reason


def test_an_assessor_without_a_contract_may_still_invigilate() -> None:
    sitting = arranged("jilin")
    member = assessor()
    cards = staffing.cards_on(sitting)[member.pk]
    assert staffing.fitting(cards, Post.PROCTOR)
    assert not staffing.fitting(cards, Post.ASSESSOR)


def test_what_is_revoked_after_confirming_stops_the_start_and_promises_the_confirming() -> None:
    sitting = arranged("jilin")
    member = assessor(ends=date(2026, 12, 31))
    sitting.duties.create(
        member=member, post=Post.ASSESSOR, period=(sitting.starts_at, sitting.ends_at)
    )
    require_credentials(sitting)
    credentials.require_promises(sitting, [member])
    other = StaffMember.objects.create(person=make.make_person())
    with pytest.raises(RefusedError, match="没有签订保密承诺书") as caught:
        credentials.require_promises(sitting, [member, other])
    assert caught.value.refusal.citations
    assert str(member) not in str(caught.value)
    personnel.revoke_card(actor=SYSTEM, card=member.qualifications.get(), reason="违规", on=DAY)
    with pytest.raises(RefusedError, match="注销") as stopped:
        require_credentials(sitting)
    assert stopped.value.refusal.citations
