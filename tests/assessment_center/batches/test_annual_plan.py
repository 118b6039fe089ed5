"""The plan of a year: on paper by its rulebook, handed in once, with its receipt (R-04)."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdfium2 import PdfDocument

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.annual_plan import plan_part
from assessment_center.batches.models import AnnualPlan
from assessment_center.batches.panels import plans_to_file
from assessment_center.catalog.selectors import standard_names
from assessment_center.catalog.services import record_job, record_standard
from assessment_center.deadlines.services import sync_centre
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks import load
from assessment_center.rulebooks.models import RuleOverride
from tests.factories.foundation import (
    at,
    make_filing,
    make_occupation,
    make_plan,
    make_rulebook,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def november(frozen: Callable[..., Any]) -> Any:
    return frozen(2026, 11, 20, 9)


def plan_under(rulebook: str, year: int = 2026) -> AnnualPlan:
    make_filing(rulebook_version=make_rulebook(rulebook), valid_until=date(2028, 1, 1))
    plan = make_plan(year, approved=False)
    return services.approve_plan(actor=SYSTEM, plan=plan, at=at(2026, 1, 15))


def text_of(content: bytes) -> str:
    pages = PdfDocument(io.BytesIO(content))
    told = "".join(page.get_textpage().get_text_range() for page in pages)
    return told.replace("\r", "").replace("\n", "")


TOLD = {
    "chongqing": (
        ("年度认定计划", "预计人数", "计划月份", "考评人员", "命题来源", "考评人员培训"),
        ("评价标准", "报名对象"),
    ),
    "henan": (
        ("评价标准", "电工", "认定地点", "报名对象：本校学生、本校教职工", "申报条件", "报名地点",
         "评价方式：考试考核、直接认定"),
        ("命题来源", "咨询电话"),
    ),
    "shandong": (
        ("全年计划组织 1 次，分别在 5月", "报名对象", "申报条件", "咨询电话"), ("评价标准",)
    ),
    "fujian": (("考核项目", "预计人数"), ("等级", "职业（工种）")),
    "jilin": (("命题来源", "预计人数"), ("报名对象",)),
}  # fmt: skip


@pytest.mark.parametrize("rulebook", TOLD)
def test_the_plan_tells_what_its_rulebook_asks_for(rulebook: str) -> None:
    text = text_of(plan_part(make_plan(), load(rulebook), SYSTEM)[1])
    told, untold = TOLD[rulebook]
    assert [words for words in told if words not in text] == []
    assert [words for words in untold if words in text] == []


def test_a_plan_is_printed_before_any_batch_and_says_the_same_next_month(
    november: Any, client: Any
) -> None:
    plan_under("chongqing")
    clerk = make_user(Role.CLERK)
    client.force_login(clerk)
    address = reverse("batches_process:plan_print", args=[2026])
    assert client.get(address).status_code == 200
    november.move_to(at(2026, 12, 20))
    client.force_login(clerk)
    assert client.get(address)["Content-Type"] == "application/pdf"
    assert PrintedSheet.objects.filter(slug="annual-plan").count() == 1


def test_it_is_handed_in_once_and_its_receipt_may_come_later(november: Any) -> None:
    plan = plan_under("chongqing")
    file = services.file_plan
    with pytest.raises(RefusedError, match="晚于今天"):
        file(actor=SYSTEM, plan=plan, filed_on=date(2026, 11, 21))
    with pytest.raises(RefusedError, match="早于计划批准"):
        file(actor=SYSTEM, plan=plan, filed_on=date(2026, 1, 14))
    file(actor=SYSTEM, plan=plan, filed_on=date(2026, 1, 20))
    with pytest.raises(RefusedError, match="只能补登回执"):
        file(actor=SYSTEM, plan=plan, filed_on=date(2026, 1, 21))
    kept = file(
        actor=SYSTEM, plan=plan, filed_on=date(2026, 1, 20), receipt_number=" 备〔2026〕1号 "
    )
    assert (kept.filed_on, kept.filing_receipt) == (date(2026, 1, 20), "备〔2026〕1号")
    with pytest.raises(RefusedError, match="不能再改"):
        file(actor=SYSTEM, plan=plan, filed_on=date(2026, 1, 20), receipt_number="另一号")


def test_only_an_approved_plan_is_handed_in_and_only_by_who_reports(november: Any) -> None:
    plan = make_plan(2027, approved=False)
    with pytest.raises(RefusedError, match="还没有批准"):
        services.file_plan(actor=SYSTEM, plan=plan, filed_on=date(2026, 11, 20))
    with pytest.raises(IntegrityError, match="plan_filed_once_approved"), transaction.atomic():
        AnnualPlan.objects.filter(pk=plan.pk).update(filing_receipt="X")
    reviewer = make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError):
        services.file_plan(actor=reviewer, plan=make_plan(2026), filed_on=date(2026, 11, 20))


@pytest.mark.parametrize(
    ("rulebook", "waiting"), [("chongqing", 1), ("jilin", 1), ("henan", 0), ("fujian", 0)]
)
def test_the_home_page_says_so_until_it_is_done(november: Any, rulebook: str, waiting: int) -> None:
    plan = plan_under(rulebook)
    lines = plans_to_file(SYSTEM)
    assert len(lines) == waiting
    assert all(line.citations for line in lines)
    services.file_plan(actor=SYSTEM, plan=plan, filed_on=date(2026, 2, 1))
    assert plans_to_file(SYSTEM) == []


def test_where_the_office_has_a_day_the_calendar_counts_to_it(november: Any) -> None:
    plan = plan_under("chongqing", 2027)
    assert not [row for row in sync_centre(plan.centre) if "plan" in row.kind]
    RuleOverride.objects.create(
        rulebook_version=make_rulebook("chongqing"), key="annual_plan_due", value="12-15",
        reason="市中心通知", article="渝职鉴〔2026〕9号",
    )  # fmt: skip
    rows = {row.kind: row for row in sync_centre(plan.centre)}
    row = rows["batches.file_plan_2027"]
    assert (row.due, row.done_at, row.responsible) == (date(2026, 12, 15), None, "batches.report")
    assert "第四条" in row.citations[0]
    services.file_plan(actor=SYSTEM, plan=plan, filed_on=date(2026, 11, 19))
    done = {row.kind: row for row in sync_centre(plan.centre)}["batches.file_plan_2027"]
    assert done.done_at is not None


def test_the_page_files_and_shows_the_receipt(november: Any, client: Any) -> None:
    plan = plan_under("chongqing")
    client.force_login(make_user(Role.CLERK))
    here = reverse("batches_process:plan", args=[2026])
    assert "未报送" in client.get(here).content.decode()
    address = reverse("batches_process:plan_file", args=[2026])
    client.post(address, {"filed_on": "xx"})
    assert "请填写报送日期" in client.get(here).content.decode()
    client.post(address, {"filed_on": "2026-02-02", "receipt_number": "备案12号"})
    text = client.get(here).content.decode()
    assert "备案12号" in text
    assert "登记报送" not in text
    plan.refresh_from_db()
    assert plan.filed_on == date(2026, 2, 2)


def test_a_whole_occupation_is_judged_by_the_standards_of_its_jobs() -> None:
    occupation = make_occupation("焊工")
    assert standard_names(occupation) == []
    for name in ("电焊工", "气焊工"):
        record_standard(
            actor=SYSTEM, occupation=occupation, edition="2022", name=f"{name}标准",
            job=record_job(actor=SYSTEM, occupation=occupation, name=name),
            durations={}, ratios={}, related_majors=[],
        )  # fmt: skip
    assert set(standard_names(occupation)) == {"气焊工标准", "电焊工标准"}
    assert standard_names(occupation, occupation.jobs.get(name="电焊工")) == ["电焊工标准"]


def test_a_long_plan_keeps_every_project(november: Any) -> None:
    plan = make_plan(2027, approved=False)
    for number in range(60):
        occupation = make_occupation(f"新职业{number:02d}号加长名称的操作员")
        services.add_plan_line(
            actor=SYSTEM, plan=plan, occupation=occupation, level=4, forecast=1, planned_month=5
        )
    text = text_of(plan_part(plan, load("henan"), SYSTEM)[1])
    assert all(f"新职业{number:02d}号加长名称的操作员" in text for number in range(60))
    assert "61 个" in text
