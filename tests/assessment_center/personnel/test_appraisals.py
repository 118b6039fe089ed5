"""A year of assessing on PostgreSQL: computed, written, confirmed by another, with what follows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.notices.models import Notice
from assessment_center.personnel import appraisals, confirming, dispatches
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.exclusions import may_serve
from assessment_center.personnel.judging_enums import Branch, ExclusionKind
from assessment_center.personnel.judging_selectors import last_confirmed, rules_for
from assessment_center.personnel.models import Appraisal, Exclusion, SessionRating
from assessment_center.personnel.rules.appraisal import Failing, Follows, Taken
from assessment_center.personnel.services import add_qualification
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories import foundation as f
from tests.factories import judging as j

pytestmark = pytest.mark.django_db
HENAN, JILIN = "henan", "jilin"


@pytest.fixture(autouse=True)
def january(frozen: Callable[..., Any]) -> Any:
    return frozen(2026, 1, 12, 9)


def texts(refused: pytest.ExceptionInfo[RefusedError]) -> list[str]:
    return [each.text for each in refused.value.refusal.citations]


def test_the_mean_is_weighted_by_sittings_and_gives_the_band() -> None:
    book = j.filed(HENAN)
    member, spring = j.assessor(), uuid4()
    for _sitting in range(3):
        first = j.send(member, book, session=spring)
    second = j.send(member, book, day=date(2025, 11, 8))
    j.rate(first, book, "90")
    j.rate(second, book, "58")
    row = j.drafted(member, book)
    assert (row.mean, row.grade, row.follows) == (Decimal("82.0000"), "良好", [])
    assert [fact["sittings"] for fact in row.basis] == [3, 1]
    done = confirming.confirm_appraisal(actor=j.head().as_actor(), appraisal=row, rules=book)
    assert done.status == "confirmed"
    assert done.citations
    assert last_confirmed(member, Branch.ASSESSOR) == done
    assert rules_for(2025) is not None


def test_a_second_unqualified_year_in_the_hire_dismisses_at_once() -> None:
    book = j.filed(HENAN)
    member = j.assessor()
    card = member.qualifications.get()
    contract = member.engagements.get(starts__year=2024)
    for year in (2024, 2025):
        j.rate(j.send(member, book, day=date(year, 5, 20)), book, "55")
        if year == 2024:
            first = j.confirmed(member, book, year)
            assert first.follows == [Follows.RETRAIN]
            assert may_serve(member, Post.ASSESSOR, date(2026, 1, 12))
    last = j.confirmed(member, book, 2025)
    assert last.follows == [Follows.DISMISS]
    card.refresh_from_db()
    contract.refresh_from_db()
    assert (card.revoked_on, contract.ended_on) == (date(2026, 1, 12), date(2026, 1, 12))
    answer = may_serve(member, Post.PANEL_LEADER, date(2026, 1, 12))
    assert not answer
    assert "2025 年度考核不合格" in str(answer)
    assert getattr(answer, "citations", ())
    assert may_serve(member, Post.PROCTOR, date(2026, 1, 12))
    add_qualification(
        actor=SYSTEM,
        member=member,
        grade=Grade.ASSESSOR,
        valid_from=date(2026, 9, 1),
        valid_until=date(2029, 8, 31),
    )
    assert not may_serve(member, Post.ASSESSOR, date(2026, 8, 31))
    assert may_serve(member, Post.ASSESSOR, date(2026, 9, 1))


def test_one_unqualified_year_dismisses_where_people_judge() -> None:
    book = j.filed(JILIN)
    member = j.assessor()
    j.send(member, book)
    with pytest.raises(RefusedError, match="没有“良好”这个等次"):
        j.drafted(member, book, grade="良好")
    row = j.drafted(member, book, grade="不合格", content={"职业操守情况": "不符合"})
    with pytest.raises(RefusedError, match="请填写考核内容：考评工作开展情况") as told:
        confirming.confirm_appraisal(actor=j.head().as_actor(), appraisal=row, rules=book)
    assert texts(told)
    done = j.confirmed(member, book, grade="不合格")
    assert done.follows == [Follows.DISMISS]
    assert Exclusion.objects.get().kind == ExclusionKind.DISMISSED


def test_two_absences_in_a_row_fail_the_year_whatever_the_score() -> None:
    book = j.filed(HENAN)
    member = j.assessor()
    j.rate(j.send(member, book, day=date(2025, 3, 1)), book, "99")
    j.send(member, book, Taken.MISSED, day=date(2025, 5, 1))
    j.send(member, book, Taken.REFUSED, day=date(2025, 9, 1))
    row = j.drafted(member, book)
    assert (row.failing, row.grade, row.unqualified) == (Failing.MISSED_IN_A_ROW, "不合格", True)
    with pytest.raises(RefusedError, match="等次由记录确定为“不合格”") as told:
        appraisals.write_appraisal(
            actor=j.clerk().as_actor(),
            appraisal=row,
            written=j.written(book, grade="优秀"),
            rules=book,
        )
    assert any("连续" in text or "十二" in text for text in texts(told))


def test_who_was_never_sent_is_not_judged() -> None:
    book = j.filed(HENAN)
    never, away = j.assessor(), j.assessor()
    j.send(away, book, Taken.EXCUSED, reason="病假")
    row = j.confirmed(away, book)
    assert (row.grade, row.unqualified, row.follows) == ("", False, [])
    assert not Appraisal.objects.filter(member=never).exists()


@pytest.mark.parametrize("way", ["the same", "in his name", "by another deputy"])
def test_nobody_confirms_what_his_own_hand_wrote(way: str) -> None:
    book = j.filed(HENAN)
    member = j.assessor()
    j.rate(j.send(member, book), book)
    both = f.make_user(Role.CLERK, Role.HEAD)
    deputy = f.make_user(Role.ARCHIVIST).as_actor()
    acting = replace(deputy, permissions=both.as_actor().permissions, in_name_of=both.subject)
    writer = acting if way == "by another deputy" else both.as_actor()
    other = replace(acting, ref=f.make_user().subject)
    judge = {"the same": both.as_actor(), "in his name": acting, "by another deputy": other}[way]
    appraisals.draft_year(actor=j.clerk().as_actor(), year=2025, rules=book)
    row = Appraisal.objects.get()
    row = appraisals.write_appraisal(
        actor=writer, appraisal=row, written=j.written(book), rules=book
    )
    with pytest.raises(RefusedError, match="起草和审定不能是同一人"):
        confirming.confirm_appraisal(actor=judge, appraisal=row, rules=book)
    row = appraisals.write_appraisal(
        actor=j.clerk().as_actor(), appraisal=row, written=j.written(book), rules=book
    )
    with pytest.raises(RefusedError, match="起草和审定不能是同一人"):
        confirming.confirm_appraisal(actor=judge, appraisal=row, rules=book)
    assert confirming.confirm_appraisal(actor=j.head().as_actor(), appraisal=row, rules=book)


def test_the_database_keeps_hands_apart_and_confirmed_years_as_they_are() -> None:
    book = j.filed(HENAN)
    member = j.assessor()
    j.rate(j.send(member, book), book)
    row = j.drafted(member, book)
    for hands in (
        {"confirmed_by": row.drafted_by},
        {"confirmed_by": uuid4(), "confirmed_for": row.drafted_by},
        {"confirmed_by": row.drafted_by, "confirmed_for": uuid4()},
    ):
        with pytest.raises(IntegrityError, match="appraisal_two_hands"), transaction.atomic():
            Appraisal.objects.filter(pk=row.pk).update(**hands)
    mine = {"drafted_for": uuid4()}
    with pytest.raises(IntegrityError, match="appraisal_two_hands"), transaction.atomic():
        Appraisal.objects.filter(pk=row.pk).update(confirmed_by=mine["drafted_for"], **mine)
    with pytest.raises(IntegrityError, match="appraisal_confirmed_by"), transaction.atomic():
        Appraisal.objects.filter(pk=row.pk).update(status="confirmed")
    with pytest.raises(IntegrityError, match="appraisal_reported_after"), transaction.atomic():
        Appraisal.objects.filter(pk=row.pk).update(reported_on=date(2026, 1, 1))
    with pytest.raises(IntegrityError, match="appraisal_pause_ends"), transaction.atomic():
        Appraisal.objects.filter(pk=row.pk).update(follows=["pause"])
    confirming.confirm_appraisal(actor=j.head().as_actor(), appraisal=row, rules=book)
    with pytest.raises(IntegrityError, match="已审定，不能改动"), transaction.atomic():
        Appraisal.objects.filter(pk=row.pk).update(grade="良好")
    with pytest.raises(IntegrityError, match="已审定，不能删除"), transaction.atomic():
        Appraisal.objects.filter(pk=row.pk).delete()
    Appraisal.objects.filter(pk=row.pk).update(reported_on=date(2026, 1, 12), receipt="收文1号")


def test_records_that_change_after_the_draft_are_computed_anew() -> None:
    book = j.filed(HENAN)
    member = j.assessor()
    sent = j.send(member, book)
    j.rate(sent, book, "61")
    row = j.drafted(member, book)
    j.rate(sent, book, "91")
    head = j.head().as_actor()
    with pytest.raises(RefusedError, match="草稿已经过时"):
        confirming.confirm_appraisal(actor=head, appraisal=row, rules=book)
    appraisals.draft_year(actor=j.clerk().as_actor(), year=2025, rules=book)
    row.refresh_from_db()
    assert (row.grade, row.summary) == ("优秀", j.written(book).summary)
    done = confirming.confirm_appraisal(actor=head, appraisal=row, rules=book)
    assert done.follows == [Follows.REWARD]
    for again in (
        lambda: j.rate(sent, book, "40"),
        lambda: j.send(member, book, day=date(2025, 12, 1)),
        lambda: dispatches.correct_dispatch(
            actor=j.clerk().as_actor(),
            dispatch=sent,
            taken=Taken.MISSED,
            reason="迟到",
            rules=book,
        ),
        lambda: confirming.confirm_appraisal(actor=head, appraisal=row, rules=book),
    ):
        with pytest.raises(RefusedError, match="已经审定"):
            again()


def test_what_the_forms_ask_is_asked_before_confirming() -> None:
    book = j.filed(HENAN)
    member = j.assessor()
    sent = j.send(member, book)
    head = j.head().as_actor()
    row = j.drafted(member, book)
    with pytest.raises(RefusedError, match="还有考评没有认定分数"):
        confirming.confirm_appraisal(actor=head, appraisal=row, rules=book)
    j.rate(sent, book)
    for gap, words in (("supervisor_opinion", "分别写评议意见"), ("summary", "个人考评工作小结")):
        row = j.drafted(member, book, **{gap: " "})
        with pytest.raises(RefusedError, match=words) as told:
            confirming.confirm_appraisal(actor=head, appraisal=row, rules=book)
        assert texts(told)


def test_roles_and_the_year_to_come() -> None:
    book = j.filed(HENAN)
    member = j.assessor()
    j.send(member, book)
    row = j.drafted(member, book)
    with pytest.raises(RefusedError, match="您的角色不能审定"):
        confirming.confirm_appraisal(actor=j.clerk().as_actor(), appraisal=row, rules=book)
    with pytest.raises(RefusedError, match="您的角色不能起草"):
        appraisals.draft_year(actor=f.make_user(Role.REVIEWER).as_actor(), year=2025, rules=book)
    with pytest.raises(RefusedError, match="还没有到"):
        appraisals.draft_year(actor=j.clerk().as_actor(), year=2027, rules=book)
    with pytest.raises(RefusedError, match="没有规定这类人员"):
        appraisals.draft_year(actor=j.clerk().as_actor(), year=2025, rules=j.rules("shandong"))


def test_nobody_confirms_or_rates_himself_and_the_person_is_told() -> None:
    book = j.filed(HENAN)
    both = f.make_user(Role.HEAD, Role.SUPERVISOR)
    member = j.assessor()
    member.person.user = both
    member.person.save()
    sent = j.send(member, book)
    with pytest.raises(RefusedError, match="不能评价自己"):
        dispatches.rate_session(
            actor=both.as_actor(),
            member=member,
            session_id=sent.session_id,
            rules=book,
            score=Decimal(100),
        )
    j.rate(sent, book)
    row = j.drafted(member, book)
    with pytest.raises(RefusedError, match="不能审定自己的考核"):
        confirming.confirm_appraisal(actor=both.as_actor(), appraisal=row, rules=book)
    confirming.confirm_appraisal(actor=j.head().as_actor(), appraisal=row, rules=book)
    assert "优秀" in Notice.objects.get(recipient=both).body


@pytest.mark.parametrize(
    ("code", "given", "words"),
    [
        (HENAN, {"grade": "优秀"}, "请给出分数"),
        (HENAN, {"score": Decimal("100.01")}, "0 至 100"),
        (HENAN, {"score": Decimal(-1)}, "0 至 100"),
        ("fujian", {"grade": "良"}, "评价等次只有：优秀、良好、一般"),
        ("fujian", {}, "请给出分数或评价等次"),
    ],
)
def test_a_rating_is_what_the_rulebook_rates_in(
    code: str, given: dict[str, Any], words: str
) -> None:
    book = j.rules(code)
    sent = j.send(j.assessor(), book)
    facts = {"member": sent.member, "session_id": sent.session_id, "rules": book}
    actor = f.make_user(Role.SUPERVISOR).as_actor()
    with pytest.raises(RefusedError, match=words):
        dispatches.rate_session(actor=actor, **facts, **given)
    with pytest.raises(RefusedError, match="没有参加这个批次"):
        dispatches.rate_session(actor=actor, **{**facts, "session_id": uuid4()}, **given)
    with pytest.raises(RefusedError, match="您的角色不能评价"):
        dispatches.rate_session(actor=f.make_user(Role.REVIEWER).as_actor(), **facts, **given)
    assert not SessionRating.objects.exists()


def test_the_year_goes_to_the_authority_when_all_are_confirmed() -> None:
    book = j.filed(JILIN)
    done, waiting = j.assessor(), j.assessor()
    for each in (done, waiting):
        j.send(each, book)
    j.confirmed(done, book, grade="合格")
    actor, day = j.clerk().as_actor(), date(2026, 1, 12)
    facts = {"actor": actor, "year": 2025, "branch": Branch.ASSESSOR, "on": day}
    with pytest.raises(RefusedError, match="还没有审定"):
        appraisals.report_year(**facts)
    j.confirmed(waiting, book, grade="优秀")
    with pytest.raises(RefusedError, match="不能晚于今天"):
        appraisals.report_year(**{**facts, "on": date(2026, 1, 13)})
    assert appraisals.report_year(**facts, receipt="鉴字 3 号") == 2
    with pytest.raises(RefusedError, match="没有需要报送"):
        appraisals.report_year(**facts)
    assert set(Appraisal.objects.values_list("receipt", flat=True)) == {"鉴字 3 号"}


def test_supervisors_are_paused_or_cancelled_where_the_rulebook_appraises_them() -> None:
    book = j.filed(JILIN)
    member = f.make_member(Grade.SUPERVISOR_INTERNAL)
    j.send(member, book, post=Post.SUPERVISOR)
    facts = {"branch": Branch.SUPERVISOR, "grade": "不合格"}
    with pytest.raises(RefusedError, match="须选择暂停或取消"):
        j.drafted(member, book, **facts)
    with pytest.raises(RefusedError, match="须写明到哪一天"):
        j.drafted(member, book, measure=Follows.PAUSE, **facts)
    until = date(2026, 6, 30)
    j.confirmed(member, book, measure=Follows.PAUSE, pause_until=until, **facts)
    assert not may_serve(member, Post.SUPERVISOR, until)
    assert may_serve(member, Post.SUPERVISOR, date(2026, 7, 1))
    assert member.qualifications.get().revoked_on is None
