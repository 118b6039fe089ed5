"""Misconduct on PostgreSQL: two hands, the rulebook's own consequence, and that it bites."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.personnel import conduct
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.exclusions import kept_from, may_qualify, may_serve
from assessment_center.personnel.judging_deadlines import judging_deadlines
from assessment_center.personnel.judging_enums import CaseStatus, ExclusionKind
from assessment_center.personnel.models import Exclusion, MisconductCase, StaffMember
from assessment_center.personnel.removal import exclude
from assessment_center.personnel.rules.appraisal import Taken
from assessment_center.personnel.selectors import live_qualifications
from assessment_center.personnel.services import add_qualification, apply_for
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook
from tests.factories import foundation as f
from tests.factories import judging as j

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 10)


@pytest.fixture(autouse=True)
def june(frozen: Callable[..., Any]) -> Any:
    return frozen(2025, 6, 10, 9)


def enter(
    member: StaffMember, book: Rulebook, act: str = "A-4", group: str = "assessor", **more: Any
) -> MisconductCase:
    facts = {"happened_on": date(2025, 6, 1), "description": "现场录像和两人证言。", **more}
    return conduct.enter_case(
        actor=j.clerk().as_actor(),
        member=member,
        group=group,
        act_code=act,
        rules=book,
        **facts,
    )


def decide(case: MisconductCase, book: Rulebook, *chosen: str, **more: Any) -> MisconductCase:
    decision = conduct.Decision("经调查属实。", frozenset(chosen), **more)
    return conduct.decide_case(actor=j.head().as_actor(), case=case, decision=decision, rules=book)


def test_the_card_goes_and_the_bar_ends_by_itself_after_three_years() -> None:
    book = j.filed("jilin")
    member = j.assessor()
    case = decide(enter(member, book), book)
    assert case.measures == ["end_hire", "cancel_card", "bar"]
    card = member.qualifications.get()
    assert card.revoked_on == TODAY
    ended = [(each.ended_on, each.starts) for each in member.engagements.order_by("starts")]
    assert [day for day, _starts in ended] == [max(TODAY, starts) for _day, starts in ended]
    row = Exclusion.objects.get()
    assert (row.kind, row.starts, row.until) == (ExclusionKind.BARRED, TODAY, date(2028, 6, 9))
    refused = may_serve(member, Post.ASSESSOR, date(2028, 6, 9))
    assert not refused
    assert "禁任至 2028-06-09" in str(refused).replace("，至", "至")
    assert [c.text for c in refused.citations] == case.citations  # type: ignore[union-attr]
    assert may_serve(member, Post.ASSESSOR, date(2028, 6, 10))
    assert not may_qualify(member, Grade.SENIOR_ASSESSOR, TODAY)
    for again in (
        lambda: apply_for(actor=SYSTEM, member=member, grade=Grade.ASSESSOR, applied_on=TODAY),
        lambda: add_qualification(
            actor=SYSTEM,
            member=member,
            grade=Grade.ASSESSOR,
            valid_from=date(2028, 6, 9),
            valid_until=date(2031, 6, 8),
        ),
    ):
        with pytest.raises(RefusedError, match="不能申报") as told:
            again()
        assert told.value.refusal.citations
    assert may_qualify(member, Grade.ASSESSOR, date(2028, 6, 10))
    assert may_qualify(member, Grade.PROCTOR, TODAY)


def test_the_third_refusal_in_a_row_opens_a_case_and_its_decision_bars() -> None:
    book = j.filed("jilin")
    member = j.assessor()
    for month, taken in enumerate(
        (Taken.REFUSED, Taken.REFUSED, Taken.SERVED, Taken.REFUSED, Taken.REFUSED), start=1
    ):
        j.send(member, book, taken, day=date(2025, month, 8))
    assert not MisconductCase.objects.exists()
    j.send(member, book, Taken.REFUSED, day=date(2025, 6, 8), reason="不想来")
    case = MisconductCase.objects.get()
    assert (case.status, case.member_id) == (CaseStatus.OPEN, member.pk)
    assert "不想来" in case.description
    assert case.citations == [c.text for c in book.settings.dismiss_after_refusals.citations]  # type: ignore[union-attr]
    j.send(member, book, Taken.REFUSED, day=date(2025, 6, 9))
    assert MisconductCase.objects.count() == 1
    assert may_serve(member, Post.ASSESSOR, TODAY)
    decide(case, book)
    assert not may_serve(member, Post.ASSESSOR, TODAY)


def test_elsewhere_refusals_open_no_case() -> None:
    book = j.filed("henan")
    member = j.assessor()
    for month in range(1, 5):
        j.send(member, book, Taken.REFUSED, day=date(2025, month, 8))
    assert not MisconductCase.objects.exists()


@pytest.mark.parametrize(
    ("code", "act", "group", "chosen", "measures", "kinds"),
    [
        ("henan", "AF-1", "assessor", ["lose_post"], ["lose_post"], ["dismissed"]),
        ("henan", "AF-1", "assessor", ["criticise"], ["criticise"], []),
        ("henan", "SU-3", "supervisor", [], ["lose_post"], ["dismissed"]),
        ("henan", "AV-1", "assessor", [], ["lose_session"], ["session"]),
        ("chongqing", "AS-2", "assessor", [], ["cancel_card", "end_duty"], ["dismissed", "session"]),
        ("chongqing", "E-8", "proctor", ["notice"], ["end_duty", "lose_post", "notice"],
         ["dismissed", "session"]),
        ("jilin", "SU-7", "supervisor", ["lose_post"], ["lose_post", "bar_for_good"], ["barred"]),
        ("fujian", "PR-1", "proctor", [], ["replace"], ["session"]),
    ],
)  # fmt: skip
def test_each_rulebooks_own_consequence(
    code: str, act: str, group: str, chosen: list[str], measures: list[str], kinds: list[str]
) -> None:
    book = j.filed(code) if code != "fujian" else j.rules(code)
    grades = {
        "assessor": Grade.ASSESSOR,
        "supervisor": Grade.SUPERVISOR_INTERNAL,
        "proctor": Grade.PROCTOR,
    }
    member, session = f.make_member(grades[group]), uuid4()
    case = enter(member, book, act, group, session_id=session, session="春季认定")
    done = decide(case, book, *chosen)
    assert done.measures == measures
    assert sorted(Exclusion.objects.values_list("kind", flat=True)) == kinds
    post = {"assessor": Post.PANEL_LEADER, "supervisor": Post.SUPERVISOR, "proctor": Post.PROCTOR}
    lost = {"dismissed", "barred"} & set(kinds)
    assert bool(may_serve(member, post[group], TODAY)) is not bool(lost)
    assert bool(may_serve(member, post[group], TODAY, session=session)) is not bool(kinds)
    live = live_qualifications(TODAY).filter(member=member)
    assert live.exists() is not bool(lost)
    if "for_good" in measures[-1]:
        assert not may_serve(member, Post.SUPERVISOR, date(2999, 1, 1))


def test_a_pause_ends_on_its_day_and_a_correction_has_its_deadline() -> None:
    book = j.filed("jilin")
    member = f.make_member(Grade.SUPERVISOR_INTERNAL)
    case = enter(member, book, "SU-1", "supervisor")
    with pytest.raises(RefusedError, match="至少选择一种处理"):
        decide(case, book)
    with pytest.raises(RefusedError, match="须写明到哪一天"):
        decide(case, book, "pause_duty", pause_until=date(2025, 6, 9))
    decide(case, book, "pause_duty", pause_until=date(2025, 12, 31))
    assert not may_serve(member, Post.SUPERVISOR, date(2025, 12, 31))
    assert may_serve(member, Post.SUPERVISOR, date(2026, 1, 1))
    book = j.rules("chongqing")
    mild = enter(j.assessor(), book, "AS-1")
    with pytest.raises(RefusedError, match="限期改正须写明期限"):
        decide(mild, book)
    decide(mild, book, correct_by=date(2025, 6, 30))
    specs = {each.kind: each for each in judging_deadlines(f.make_centre())}
    assert specs["personnel.case_correct"].due == date(2025, 6, 30)
    clerk = j.clerk().as_actor()
    with pytest.raises(RefusedError, match="在决定之日和今天之间"):
        conduct.note_correction(actor=clerk, case=mild, on=date(2025, 6, 11))
    conduct.note_correction(actor=clerk, case=mild, on=TODAY)
    specs = {each.kind: each for each in judging_deadlines(f.make_centre())}
    assert specs["personnel.case_correct"].done


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"act": "SU-1"}, "没有这类人员的这项"),
        ({"act": "Z-9"}, "没有这类人员的这项"),
        ({"group": "institution", "act": "IR-1"}, "没有这类人员的这项"),
        ({"happened_on": date(2025, 6, 11)}, "不能晚于今天"),
        ({"description": " "}, "请写明经过和证据"),
    ],
)
def test_what_cannot_be_entered(more: dict[str, Any], words: str) -> None:
    with pytest.raises(RefusedError, match=words):
        enter(j.assessor(), j.rules("jilin"), **more)
    assert not MisconductCase.objects.exists()


def test_who_enters_does_not_decide_nor_through_a_deputy() -> None:
    book = j.filed("jilin")
    member = j.assessor()
    both = f.make_user(Role.CLERK, Role.HEAD)
    deputy = f.make_user(Role.ARCHIVIST)
    acting = replace(
        deputy.as_actor(),
        permissions=both.as_actor().permissions,
        in_name_of=both.subject,
    )
    decision = conduct.Decision("属实。")
    for one, two in ((both.as_actor(), acting), (acting, both.as_actor())):
        case = conduct.enter_case(
            actor=one,
            member=member,
            group="assessor",
            act_code="A-3",
            rules=book,
            happened_on=TODAY,
            description="评分失实",
        )
        for settle in (
            lambda who, case=case: conduct.decide_case(
                actor=who, case=case, decision=decision, rules=book
            ),
            lambda who, case=case: conduct.reject_case(actor=who, case=case, reason="无"),
        ):
            for who in (one, two):
                with pytest.raises(RefusedError, match="登记和决定不能是同一人"):
                    settle(who)
            with pytest.raises(RefusedError, match="您的角色不能处理"):
                settle(j.clerk().as_actor())
    with pytest.raises(RefusedError, match="您的角色不能登记"):
        conduct.enter_case(
            actor=j.head().as_actor(),
            member=member,
            group="assessor",
            act_code="A-3",
            rules=book,
            happened_on=TODAY,
            description="评分失实",
        )
    member.person.user = f.make_user(Role.HEAD)
    member.person.save()
    with pytest.raises(RefusedError, match="不能处理自己的违规"):
        conduct.decide_case(
            actor=member.person.user.as_actor(), case=case, decision=decision, rules=book
        )


def test_the_result_is_reported_within_its_days_and_an_appeal_lifts() -> None:
    book = j.filed("jilin")
    member, clerk = j.assessor(), j.clerk().as_actor()
    case = enter(member, book)
    with pytest.raises(RefusedError, match="处理以后才能报送"):
        conduct.report_case(actor=clerk, case=case, on=TODAY, receipt="")
    with pytest.raises(RefusedError, match="没有处理决定"):
        conduct.record_appeal(
            actor=j.head().as_actor(), case=case, on=TODAY, note="不服", upheld=True
        )
    case = decide(case, book)
    assert (case.must_report, case.report_due) == (True, date(2025, 6, 17))
    spec = next(x for x in judging_deadlines(f.make_centre()) if x.kind == "personnel.case_report")
    assert (spec.due, spec.done, spec.subject) == (case.report_due, False, case.subject)
    conduct.report_case(actor=clerk, case=case, on=TODAY, receipt="报字 1 号")
    conduct.record_appeal(
        actor=j.head().as_actor(), case=case, on=TODAY, note="申诉成立，撤销处理", upheld=True
    )
    assert may_serve(member, Post.ASSESSOR, TODAY)
    assert may_qualify(member, Grade.ASSESSOR, TODAY)
    old, new = member.qualifications.order_by("valid_from", "created_at")
    assert (old.revoked_on, old.revoked_source, new.revoked_on) == (TODAY, case.pk, None)
    assert (new.valid_from, new.valid_until, new.levels) == (TODAY, old.valid_until, old.levels)
    assert new.card_number != old.card_number
    assert list(new.occupations.all()) == list(old.occupations.all())


def test_an_appeal_gives_no_card_back_while_another_decision_stands() -> None:
    book = j.filed("jilin")
    member = j.assessor()
    first, second = enter(member, book), enter(member, book)
    first, second = decide(first, book), decide(second, book)
    facts = {"actor": j.head().as_actor(), "on": TODAY, "note": "申诉成立", "upheld": True}
    conduct.record_appeal(case=first, **facts)
    assert not may_serve(member, Post.ASSESSOR, TODAY)
    assert member.qualifications.get().revoked_source == first.pk
    conduct.record_appeal(case=second, **facts)
    assert member.qualifications.filter(revoked_on=None).count() == 0, "it took no card itself"


def test_a_lost_appeal_changes_nothing() -> None:
    book = j.filed("jilin")
    case = decide(enter(j.assessor(), book), book)
    conduct.record_appeal(
        actor=j.head().as_actor(), case=case, on=TODAY, note="维持原处理", upheld=False
    )
    assert case.member.qualifications.get().revoked_on == TODAY


def test_an_unfounded_case_leaves_nothing() -> None:
    book = j.filed("jilin")
    member = j.assessor()
    case = conduct.reject_case(
        actor=j.head().as_actor(), case=enter(member, book), reason="查无实据", rules=book
    )
    assert (case.status, case.measures) == (CaseStatus.UNFOUNDED, [])
    assert not Exclusion.objects.exists()
    with pytest.raises(RefusedError, match="已经处理"):
        decide(case, book)
    with pytest.raises(RefusedError, match="没有规定这种处理"):
        decide(enter(member, book), book, "discipline")


def test_the_database_keeps_cases_and_exclusions() -> None:
    book = j.filed("jilin")
    member = j.assessor()
    case = enter(member, book)
    rows = MisconductCase.objects.filter(pk=case.pk)
    wrong = (
        ({"decided_by": case.entered_by}, "case_two_hands"),
        ({"status": "decided"}, "case_decided_by"),
        ({"measures": ["notice"]}, "case_measures_when"),
        ({"reported_on": TODAY}, "case_reported_after"),
    )
    for facts, name in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            rows.update(**facts)
    decide(case, book)
    for do, words in (
        (lambda: rows.update(decision="改"), "已处理，不能改动"),
        (rows.delete, "不能删除"),
        (lambda: Exclusion.objects.update(until=TODAY), "停任记录不能改动"),
        (lambda: Exclusion.objects.all().delete(), "停任记录不能删除"),
    ):
        with pytest.raises(IntegrityError, match=words), transaction.atomic():
            do()
    facts = {
        "actor": SYSTEM,
        "member": member,
        "grades": ["assessor"],
        "reason": "试",
        "starts": TODAY,
        "source": case,
    }
    for kind, name in (
        (ExclusionKind.PAUSED, "exclusion_pause_ends"),
        (ExclusionKind.SESSION, "exclusion_session_named"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            exclude(kind=kind, **facts)
    Exclusion.objects.update(lifted_on=TODAY, lifted_reason="申诉成立")
    with pytest.raises(IntegrityError, match="已撤销"), transaction.atomic():
        Exclusion.objects.update(lifted_on=None)
    assert kept_from([member.pk], Post.ASSESSOR, TODAY) == {}
