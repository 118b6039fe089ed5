"""Plans, opening under a frozen rulebook, and offerings inside the filed scope."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.models import AnnualPlan, AnnualPlanLine, AssessmentBatch
from assessment_center.batches.selectors import batch_by_code, in_scope, public_batches
from assessment_center.registry import SYSTEM, Refused, RefusedError
from assessment_center.rulebooks.services import override_setting
from tests.factories.foundation import (
    announced,
    at,
    make_batch,
    make_centre,
    make_filing,
    make_job,
    make_occupation,
    make_offering,
    make_plan,
    make_rulebook,
    make_scope,
    make_user,
)

pytestmark = pytest.mark.django_db


def refusal(caught: pytest.ExceptionInfo[RefusedError]) -> Refused:
    return caught.value.refusal


def test_a_plan_is_made_approved_and_then_stands() -> None:
    plan = services.create_plan(actor=SYSTEM, centre=make_centre(), year=2026)
    with pytest.raises(RefusedError, match="还没有项目"):
        services.approve_plan(actor=SYSTEM, plan=plan)
    facts: dict[str, Any] = {"forecast": 5, "planned_month": 5, "level": 4}
    lines = [
        services.add_plan_line(actor=SYSTEM, plan=plan, occupation=make_occupation(name), **facts)
        for name in ("电工", "焊工")
    ]
    services.remove_plan_line(actor=SYSTEM, line=lines[1])
    with pytest.raises(RefusedError, match="2026 年的计划已经有了"):
        services.create_plan(actor=SYSTEM, centre=make_centre(), year=2026)
    services.approve_plan(actor=SYSTEM, plan=plan, at=at(2026, 1, 10))
    assert (plan.approved_at, plan.lines.count(), str(plan)) == (
        at(2026, 1, 10),
        1,
        "2026 年度认定计划",
    )
    with pytest.raises(RefusedError, match="计划已批准"):
        services.add_plan_line(actor=SYSTEM, plan=plan, occupation=make_occupation(), **facts)
    with pytest.raises(RefusedError, match="计划已批准"):
        services.remove_plan_line(actor=SYSTEM, line=lines[0])


def test_roles_of_planning() -> None:
    clerk, reviewer = make_user(Role.CLERK).as_actor(), make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="编制年度计划"):
        services.create_plan(actor=reviewer, centre=make_centre(), year=2026)
    with pytest.raises(RefusedError, match="批准计划"):
        services.approve_plan(actor=clerk, plan=make_plan(approved=False))


def test_the_database_keeps_plans_and_batches_in_order() -> None:
    plan = make_plan()
    with pytest.raises(IntegrityError, match="one_plan_a_year"), transaction.atomic():
        AnnualPlan.objects.create(centre=plan.centre, year=plan.year)
    with pytest.raises(IntegrityError, match="plan_line_month"), transaction.atomic():
        AnnualPlanLine.objects.update(planned_month=13)
    batch = make_batch()
    rows = AssessmentBatch.objects.filter(pk=batch.pk)
    with pytest.raises(IntegrityError, match="batch_registration_ordered"), transaction.atomic():
        rows.update(registration_closes=batch.registration_opens)
    with pytest.raises(IntegrityError, match="batch_exam_ordered"), transaction.atomic():
        rows.update(exam_ends=date(2026, 5, 1))
    offering = make_offering(batch)
    with pytest.raises(IntegrityError, match="offering_once"), transaction.atomic():
        type(offering).objects.create(
            batch=batch,
            occupation=offering.occupation,
            level=4,
            standard=offering.standard,
            subjects=["theory"],
        )


def test_a_batch_keeps_the_rules_of_its_opening() -> None:
    batch = make_batch()
    override_setting(
        actor=SYSTEM,
        version=batch.rulebook_version,
        key="ban_years",
        value=5,
        reason="试验",
        article="会议纪要",
    )
    later = make_batch()
    assert batch_by_code(batch.code).rules.settings.ban_years.value == 3  # type: ignore[union-attr]
    assert later.rules.settings.ban_years.value == 5  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"registration_closes": at(2026, 5, 23)}, "报名须在考试之前截止"),
        ({"registration_closes": at(2026, 3, 1)}, "报名截止须晚于报名开始"),
        ({"exam_ends": date(2026, 5, 1)}, "考试结束日不能早于开始日"),
        ({"rulebook": "atlantis"}, "没有安装"),
    ],
)
def test_what_cannot_be_a_batch_is_refused(facts: dict[str, Any], words: str) -> None:
    make_rulebook()
    book = facts.pop("rulebook", "chongqing") if "rulebook" in facts else "chongqing"
    given = {
        "name": "x",
        "plan": make_plan(),
        "registration_opens": at(2026, 4, 1),
        "registration_closes": at(2026, 4, 20),
        "exam_starts": date(2026, 5, 23),
        "exam_ends": date(2026, 5, 24),
        "exam_place": "x",
        **facts,
    }
    with pytest.raises(RefusedError, match=words):
        services.open_batch(actor=SYSTEM, code="B1", rulebook_code=book, **given)


def test_numbers_are_taken_once_and_a_centre_is_needed() -> None:
    batch = make_batch("B1")
    with pytest.raises(RefusedError, match="已被使用"):
        make_batch("B1")
    assert str(batch_by_code("B1")) == batch.name
    with pytest.raises(RefusedError, match="没有批次号为“B9”的批次"):
        batch_by_code("B9")


def test_without_a_centre_nothing_is_opened() -> None:
    make_rulebook()
    with pytest.raises(RefusedError, match="还没有设立认定中心"):
        services.open_batch(
            actor=SYSTEM,
            code="B1",
            name="x",
            rulebook_code="chongqing",
            registration_opens=at(2026, 4, 1),
            registration_closes=at(2026, 4, 20),
            exam_starts=date(2026, 5, 23),
            exam_ends=date(2026, 5, 24),
            exam_place="x",
        )


def test_occupation_outside_the_scope_is_refused_with_its_article() -> None:
    batch = make_batch()
    make_scope(make_occupation())
    with pytest.raises(RefusedError, match="不在备案范围内") as caught:
        services.add_offering(
            actor=SYSTEM, batch=batch, occupation=make_occupation("焊工"), level=4
        )
    assert "证书管理办法" in str(refusal(caught).citations[0])


def test_level_outside_the_scope_is_refused() -> None:
    batch = make_batch()
    make_scope(make_occupation(), levels=(5, 4))
    with pytest.raises(RefusedError, match="没有备案 3 级"):
        services.add_offering(actor=SYSTEM, batch=batch, occupation=make_occupation(), level=3)


def test_scope_on_a_day_without_filing_is_refused() -> None:
    batch = make_batch()
    make_scope(make_occupation(), filing=make_filing(valid_until=date(2026, 5, 22)))
    with pytest.raises(RefusedError, match="没有有效的备案") as caught:
        services.add_offering(actor=SYSTEM, batch=batch, occupation=make_occupation(), level=4)
    assert "证书管理办法" in str(refusal(caught).citations[0])


def test_a_line_without_job_covers_every_job() -> None:
    occupation = make_occupation("焊工")
    job = make_job(occupation, "电焊工")
    make_scope(occupation, levels=(4,))
    assert in_scope(make_centre(), occupation, job, 4, date(2026, 5, 1))
    make_scope(occupation, job=job, levels=(3,))
    assert not in_scope(make_centre(), occupation, job, 4, date(2026, 5, 1))


def test_route_the_rulebook_lacks_is_refused() -> None:
    batch = make_batch()
    make_scope(make_occupation())
    with pytest.raises(RefusedError, match="不设这种评价方式"):
        make_offering(batch, route="direct")


def test_level_the_rulebook_lacks_is_refused() -> None:
    batch = make_batch(rulebook="fujian")
    make_scope(make_occupation())
    with pytest.raises(RefusedError, match="没有这个等级"):
        make_offering(batch, level=4)


def test_papers_come_from_where_the_rulebook_says() -> None:
    own = make_batch(rulebook="henan")
    assert make_offering(own).paper_source == "own_bank"
    batch = make_batch(rulebook="shandong")
    assert make_offering(batch).paper_source == "authority"
    with pytest.raises(RefusedError, match="试卷不能出自本机构题库") as told:
        make_offering(batch, level=3, paper_source="own_bank")
    assert told.value.refusal.citations
    assert "主管部门" in told.value.refusal.remedy
    with pytest.raises(RefusedError, match="不能出自主管部门"):
        make_offering(own, level=3, paper_source="authority")
    both = make_batch(rulebook="chongqing")
    assert make_offering(both, paper_source="authority").paper_source == "authority"
    assert make_offering(both, level=3).paper_source == "own_bank"


def test_subjects_are_the_rulebooks_and_an_optional_one_only_when_chosen() -> None:
    batch = make_batch(rulebook="shandong")
    assert make_offering(batch).subjects == ["theory", "practical"]
    wanted = ["language", "theory", "practical"]
    assert make_offering(batch, level=3, subjects=wanted).subjects[-1] == "language"
    special = make_batch(rulebook="fujian")
    assert make_offering(special, level=None).subjects == ["practical"]
    with pytest.raises(RefusedError, match="没有这个科目：外语考试") as told:
        make_offering(special, "焊工", level=None, subjects=wanted)
    assert told.value.refusal.citations


def test_technicians_have_a_review_besides() -> None:
    batch = make_batch()
    assert make_offering(batch, level=4).subjects == ["theory", "practical"]
    assert make_offering(batch, level=2).subjects == ["theory", "practical", "review"]


def test_offerings_stand_once_the_batch_is_announced() -> None:
    batch = make_batch()
    kept, dropped = make_offering(batch), make_offering(batch, level=3)
    services.remove_offering(actor=SYSTEM, offering=dropped)
    with pytest.raises(RefusedError, match="已有相同"):
        make_offering(batch)
    assert list(public_batches()) == []
    announced(batch)
    with pytest.raises(RefusedError, match="不能再改"):
        services.remove_offering(actor=SYSTEM, offering=kept)
    with pytest.raises(RefusedError, match="不能再改"):
        make_offering(batch, level=3)
    (shown,) = public_batches()
    assert [each.number for each in shown.published] == [1]  # type: ignore[attr-defined]
    assert str(kept) == "电工 四级/中级工"
