"""The first day of an office in a browser: nothing there, then files, slips, an announcement."""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.urls import reverse

from assessment_center.batches.models import Announcement, AnnualPlan
from assessment_center.first_day.models import SheetUpload
from assessment_center.first_day.services import opening_code
from assessment_center.organization.models import FiledScope
from tests.e2e.desk import Desk, Desks
from tests.factories.foundation import at
from tests.first_day import days, workbooks

pytestmark = [pytest.mark.e2e]
PICTURES = os.environ.get("FIRST_DAY_PICTURES", "")


@pytest.fixture
def desks(
    browser: Any,
    live_server: Any,
    transactional_db: None,
    settings: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desks]:
    """Windows before a site without any data, on a working day in spring."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.SITE_URL = "https://jn.example.edu.cn"
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    with time_machine.travel(at(2026, 3, 2), tick=True):
        made = Desks(browser, live_server.url)
        yield made
        made.close()


def look(desk: Desk, name: str) -> None:
    """Open to everybody's tools; a picture for the eye, when pictures are wanted."""
    desk.accessible()
    if PICTURES:
        desk.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def test_the_first_day(desks: Desks) -> None:
    head = desks.at()
    found_the_office(head)
    clerk = desks.at()
    codes = staff_slips(head)
    come_in(clerk, codes["zhouxm"])
    bring_everybody(clerk)
    head.go("first_day:guide").sees("可以发布公告了")
    look(head, "guide-ready")
    activate(desks, clerk)
    announce(head, clerk)
    phone = desks.at(phone=True)
    phone.visit("/").sees("2026年第一批")
    assert desks.barriers == []


def found_the_office(head: Desk) -> None:
    head.visit(reverse("admin:login")).sees("首次启用", "首次启用码")
    look(head, "begin")
    head.fill(
        code="AAAA-BBBB-CCCC",
        display_name="陈明远",
        username="chenmy",
        password=days.PASSWORD,
        again=days.PASSWORD,
    )
    head.refused("开通并进入指引").sees("首次启用码不对")
    head.fill(code=opening_code(), password=days.PASSWORD, again=days.PASSWORD)
    head.press("开通并进入指引").sees("首日指引", "还没有选定规程", "已完成 0 / ")
    look(head, "guide-empty")
    head.follow("去办理").sees("选定规程")
    look(head, "rulebook")
    head.fill(code="chongqing").press("选定").sees("规程已选定")
    bring(head, "centre", workbooks.centre())
    by_hand(head)
    wrong = [{**row} for row in workbooks.scope()]
    wrong[0]["职业"], wrong[1]["职业"] = "6-31-01-30", "化学检验师"
    upload(head, "scope", wrong).sees("是否为“电工”（6-31-01-03）", "是否为“化学检验员”")
    look(head, "problems")
    bring(head, "scope", workbooks.scope())
    bring(head, "accounts", workbooks.accounts())


def by_hand(head: Desk) -> None:
    """The filing, typed: first a date that must be guessed, then a plain one."""
    head.go("first_day:record", "filing")
    head.fill(number="Y000050012345", valid_from="3/4/25", valid_until="2027年12月")
    head.refused("保存").sees("“3/4/25”分不清年、月、日")
    look(head, "record")
    head.fill(valid_from="2025.1").press("保存").sees("已登记")


def upload(desk: Desk, key: str, rows: workbooks.Rows) -> Desk:
    desk.go("first_day:step", key)
    template = desk.download("下载模板")
    desk.fill(file=(f"{key}.xlsx", workbooks.fill(template, rows)))
    return desk.press("上传并核对")


def bring(desk: Desk, key: str, rows: workbooks.Rows) -> None:
    upload(desk, key, rows).sees("没有发现问题").press("确认导入").sees("已导入：新增")


def staff_slips(head: Desk) -> dict[str, str]:
    head.go("first_day:slips").sees("工作人员，首次登录", "周晓梅")
    with head.page.expect_download() as waiting:
        head.page.get_by_role("button", name="打印 9 张", exact=True).click()
    content = Path(waiting.value.path()).read_bytes()
    keep("staff-slips", content)
    return days.slips_of(content)


def keep(name: str, content: bytes) -> None:
    if PICTURES:
        import pypdfium2

        Path(f"{PICTURES}/{name}.pdf").write_bytes(content)
        image = pypdfium2.PdfDocument(io.BytesIO(content))[0].render(scale=1.6).to_pil()
        image.save(f"{PICTURES}/{name}.png")


def come_in(clerk: Desk, code: str) -> None:
    clerk.go("accounts_office:redeem")
    clerk.fill(username="zhouxm", code=code, password=days.PASSWORD, again=days.PASSWORD)
    clerk.press("保存新密码").fill(username="zhouxm", password=days.PASSWORD).press("登录")
    clerk.sees("首日指引", "下一步")
    look(clerk, "home")


def bring_everybody(clerk: Desk) -> None:
    for key in ("departments", "classes", "students", "rooms", "staff", "teaching"):
        bring(clerk, key, getattr(workbooks, key)())
    moved = [{**row} for row in workbooks.students()]
    moved[0]["班级"], moved[1]["手机号码"] = "化工2301班", "13800138000"
    upload(clerk, "students", moved).sees("会更改", "电气2301班", "化工2301班", "13800138000")
    look(clerk, "changes")
    clerk.go("first_day:step", "students").sees("students.xlsx")
    look(clerk, "step")
    again = SheetUpload.objects.filter(step="students").latest("created_at")
    assert again.outcome["changed"] == 2


def activate(desks: Desks, clerk: Desk) -> None:
    """Slips of a class; a student opens his account with a telephone."""
    clerk.go("first_day:slips").sees("电气2301班", "3 人，已开通 0 人")
    with clerk.page.expect_download() as waiting:
        clerk.page.get_by_role("button", name="打印：电气2301班", exact=True).click()
    content = Path(waiting.value.path()).read_bytes()
    keep("class-slips", content)
    clerk.go("first_day:slips").sees("持有效激活条 3 人")
    look(clerk, "slips")
    code = days.slips_of(content)["2301003"]
    phone = desks.at(phone=True).go("portal:activate")
    look(phone, "activate-phone")
    phone.fill(number="2301003", code="AAAA-AAAA-AAAA", password="gulangyu-28", again="gulangyu-28")
    phone.refused("激活并登录").sees("学号或激活码不对", "还可以再试 4 次")
    phone.fill(code=code.replace("-", "").lower(), password="gulangyu-28", again="gulangyu-28")
    phone.press("激活并登录").sees("账号已激活")
    narrow = desks.at(phone=True)
    narrow.context.add_cookies(clerk.context.cookies())
    for name, page in (("guide", "first_day:guide"), ("slips", "first_day:slips")):
        look(narrow.go(page), f"{name}-phone")
    upload_page = SheetUpload.objects.filter(step="students").latest("created_at")
    look(narrow.go("first_day:upload", upload_page.pk), "changes-phone")
    look(narrow.go("first_day:record", "staff"), "record-phone")


def announce(head: Desk, clerk: Desk) -> None:
    clerk.go("batches_process:index").fill(year=2026).press("建立计划")
    line = FiledScope.objects.get(occupation__name="电工")
    clerk.fill(occupation=str(line.occupation_id), level="4", forecast=30, planned_month=6)
    clerk.press("加入计划")
    head.go("batches_process:plan", 2026).press("批准计划")
    plan = AnnualPlan.objects.get()
    clerk.go("batches_process:batch_new").fill(
        code="A202601",
        name="2026年第一批职业技能等级认定",
        plan=str(plan.pk),
        rulebook_code="chongqing",
        registration_opens="2026-03-01T08:00",
        registration_closes="2026-04-10T17:00",
        exam_starts="2026-06-06",
        exam_ends="2026-06-07",
        exam_place="第一教学楼",
    )
    clerk.press("开设").fill(line=str(line.pk), level="4", fee="0")
    clerk.press("添加").go("batches_process:announcements", "A202601").press("起草公告")
    head.go("batches_process:announcements", "A202601")
    head.fill("/publish/", document_number="江职院认〔2026〕1号").press("发布公告")
    assert Announcement.objects.get().status == "published"
