"""The year's summary and statistics (R-05)."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from assessment_center.accounts.enums import Role
from assessment_center.batches import services
from assessment_center.batches.annual_report import annual_report, annual_workbook, year_rows
from assessment_center.batches.models import AnnualPlan
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import SYSTEM, RefusedError
from tests.factories import candidates as c
from tests.factories.foundation import make_job, make_occupation, make_plan, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_figures_stand_beside_the_plan() -> None:
    row = c.make_confirmed()
    plan = AnnualPlan.objects.get(year=2026)
    heads, rows = year_rows(plan)
    assert heads == ["项目", "计划人数", "报名人数", "审核通过", "合格人数", "发证人数"]
    mine = next(line for line in rows if line[0].startswith(row.offering.occupation.name))
    assert mine[2:] == ("1", "1", "0", "0")
    assert rows[-1][0] == "合计"
    for at in range(1, len(heads)):
        assert int(rows[-1][at]) == sum(int(line[at]) for line in rows[:-1])
    sheet = load_workbook(io.BytesIO(annual_workbook(plan))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == heads


def test_a_plan_for_the_occupation_counts_what_is_offered_in_its_jobs() -> None:
    offering = c.make_open_offering(job=make_job(make_occupation("电工"), "维修电工"))
    plan = AnnualPlan.objects.get(year=2026)
    c.make_confirmed(offering)
    _heads, rows = year_rows(plan)
    mine = [line for line in rows if line[0].startswith("电工")]
    assert [line[:4] for line in mine] == [("电工 四级/中级工", "60", "1", "1")]


def test_the_printed_report_is_registered_by_its_content() -> None:
    plan = make_plan()
    assert annual_report(plan, SYSTEM).startswith(b"%PDF")
    annual_report(plan, SYSTEM)
    assert PrintedSheet.objects.filter(slug="annual-report").count() == 1
    written = services.write_summary(actor=SYSTEM, plan=plan, summary="全年平稳。")
    annual_report(written, SYSTEM)
    assert PrintedSheet.objects.filter(slug="annual-report").count() == 2


def test_a_reported_summary_stays() -> None:
    plan = make_plan()
    with pytest.raises(RefusedError, match="请填写工作总结"):
        services.write_summary(actor=SYSTEM, plan=plan, summary=" ")
    with pytest.raises(RefusedError, match="不能晚于今天"):
        services.write_summary(actor=SYSTEM, plan=plan, summary="x", reported_on=date(2026, 12, 31))
    reviewer = make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="填写年度总结"):
        services.write_summary(actor=reviewer, plan=plan, summary="x")
    services.write_summary(
        actor=SYSTEM, plan=plan, summary="x", reported_on=c.NOW.date(), receipt_number="1"
    )
    with pytest.raises(RefusedError, match="已经报送"):
        services.write_summary(actor=SYSTEM, plan=plan, summary="y")
    draft = make_plan(2030, approved=False)
    with pytest.raises(RefusedError, match="还没有批准"):
        services.write_summary(actor=SYSTEM, plan=draft, summary="y")
