"""Score reviews: in time, once, by a third person, and only to correct what was miscounted."""

from decimal import Decimal

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.notices.models import Notice
from assessment_center.printed.services import register_sheet
from assessment_center.registry import SYSTEM, RefusedError
from scoring import policies, services
from scoring.models import FinalResult, ScoreEntry, ScoreReview, SubjectResult
from tests.factories import foundation as f
from tests.factories import scoring as s

pytestmark = pytest.mark.django_db
ASKED = f.at(2026, 6, 3, 20)


@pytest.fixture
def batch():
    batch = s.examined(2)
    one, two = s.people_of(batch)
    s.published(batch, theory={one.id: s.FAIL, two.id: s.PASS})
    return batch


def _result(batch, place=0) -> FinalResult:
    return FinalResult.objects.get(application=s.people_of(batch)[place])


def _ask(batch, *, actor=None, subject=s.THEORY, reason="怀疑合分有误", at=ASKED) -> ScoreReview:
    result = _result(batch)
    actor = actor or result.application.person.user.as_actor()
    return services.request_review(
        actor=actor, result=result, subject=subject, reason=reason, at=at
    )


def test_asking_in_time_once_and_for_oneself(batch) -> None:
    other = _result(batch, 1).application.person.user.as_actor()
    with pytest.raises(RefusedError, match="只能由考生本人"):
        _ask(batch, actor=other)
    with pytest.raises(RefusedError, match="还没有公布"):
        _ask(batch, at=f.at(2026, 5, 31))
    with pytest.raises(RefusedError, match="已于 2026-06-08 截止") as told:
        _ask(batch, at=f.at(2026, 6, 9, 0, 1))
    assert "三11" in str(told.value.refusal.citations[0])
    with pytest.raises(RefusedError, match="没有这个科目"):
        _ask(batch, subject="language")
    with pytest.raises(RefusedError, match="理由"):
        _ask(batch, reason=" ")
    review = _ask(batch, at=f.at(2026, 6, 8, 23, 59))
    assert (review.status, review.subject) == ("waiting", "theory")
    with pytest.raises(RefusedError, match="每科只受理一次"):
        _ask(batch)
    assert policies.reply_due(review).day == f.at(2026, 6, 15).date()
    with pytest.raises(RefusedError, match="还有 1 份成绩复核申请没有答复"):
        services.finalise(actor=SYSTEM, batch=batch, objections="无", at=s.FINAL)


def test_who_entered_or_checked_does_not_answer(batch) -> None:
    review = _ask(batch)
    score = SubjectResult.objects.get(application=review.result.application, subject=s.THEORY)
    entry = ScoreEntry.objects.filter(application=score.application, subject=s.THEORY).first()
    for user in (score.checked_by, entry.entered_by):
        with pytest.raises(RefusedError, match="不能由您复核"):
            services.answer_review(actor=user.as_actor(), review=review, answer="无误")
    with pytest.raises(RefusedError, match="不能答复复核"):
        services.answer_review(
            actor=f.make_user(Role.HEAD).as_actor(), review=review, answer="无误"
        )
    third = s.clerk().as_actor()
    with pytest.raises(RefusedError, match="结论和经过"):
        services.answer_review(actor=third, review=review, answer=" ")
    done = services.answer_review(actor=third, review=review, answer="逐题重新合分，无误")
    assert (done.status, done.changed_to, done.answered_by_id) == ("unchanged", None, third.user_id)
    with pytest.raises(RefusedError, match="当前状态"):
        services.answer_review(actor=third, review=done, answer="再答")
    assert Notice.objects.filter(recipient=review.result.application.person.user).exists()


def test_a_correction_sets_score_and_result_and_nothing_else(batch) -> None:
    sheets = {
        slug: register_sheet(
            actor=SYSTEM, form_code="F-603", slug=slug, title="表", subject=subject,
            content_digest="0" * 64,
        )
        for slug, subject in (
            ("score-register-theory", batch.offerings.get().subject),
            ("score-register-practical", batch.offerings.get().subject),
            ("score-roll", batch.subject), ("candidate-roll", batch.subject),
        )
    }  # fmt: skip
    review, third = _ask(batch), s.clerk().as_actor()
    common = {"actor": third, "review": review, "answer": "漏计第三大题"}
    for wrong, words in (
        (Decimal(101), "0 至 100"), (Decimal("1.001"), "两位小数"), (s.FAIL, "没有变化"),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match=words):
            services.answer_review(**common, changed_to=wrong)
    with pytest.raises(RefusedError, match="不予受理的申请不能更正"):
        services.answer_review(**common, changed_to=s.PASS, rejected=True)
    done = services.answer_review(**common, changed_to=Decimal("66.50"))
    assert (done.status, done.changed_from, done.changed_to) == (
        "corrected", s.FAIL, Decimal("66.50"),
    )  # fmt: skip
    for each in sheets.values():
        each.refresh_from_db()
    assert {slug for slug, each in sheets.items() if each.is_outdated} == {
        "score-register-theory", "score-roll",
    }  # fmt: skip
    result = _result(batch)
    assert (result.passed, result.status) == (True, "published")
    assert {fact["subject"]: fact["score"] for fact in result.subjects} == {
        "theory": "66.50", "practical": "80.00",
    }  # fmt: skip
    other = _result(batch, 1)
    assert other.passed
    services.finalise(actor=SYSTEM, batch=batch, objections="更正一人成绩", at=s.FINAL)
    with pytest.raises(RefusedError, match="已经生效"):
        services.request_review(
            actor=other.application.person.user.as_actor(),
            result=other, subject=s.THEORY, reason="晚了", at=s.FINAL,
        )  # fmt: skip


def test_absence_is_not_reviewed_away_and_out_of_scope_is_rejected() -> None:
    batch = s.examined(1, absent={s.THEORY: [0]})
    s.published(batch)
    review = _ask(batch)
    with pytest.raises(RefusedError, match="缺考或违纪取消"):
        services.answer_review(
            actor=s.clerk().as_actor(), review=review, answer="到场了", changed_to=s.PASS
        )
    done = services.answer_review(
        actor=s.clerk().as_actor(), review=review, answer="要求重新评分", rejected=True
    )
    assert done.status == "rejected"
