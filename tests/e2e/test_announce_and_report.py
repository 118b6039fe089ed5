"""Announced, changed, reported, sent back, approved: the clerk, the head and the public."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.services import close_registration
from assessment_center.registry import SYSTEM
from candidates.demo_portraits import portrait
from tests.e2e.desk import Desk, Desks
from tests.factories import candidates as c
from tests.factories import foundation as f

pytestmark = [pytest.mark.e2e]
PLACE = "江州市职业技能公共实训基地三号楼"


@pytest.fixture
def office(transactional_db: None, clock: Any, settings: Any, tmp_path: Path) -> None:
    """No demo: a batch, a clerk and a head are enough."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    clock.move_to(f.at(2026, 3, 20))


@pytest.mark.parametrize("rulebook", ["chongqing", "fujian"])
def test_from_the_announcement_to_the_approval(
    rulebook: str, desks: Desks, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(c, "picture", lambda: portrait(Random(3), long_hair=False))
    batch = f.make_batch(rulebook=rulebook)
    offering = f.make_offering(batch, level=None if rulebook == "fujian" else 4)
    offering.standard.related_majors = [c.MAJOR]
    offering.standard.save()
    clerk, head = desks.at(f.make_user(Role.CLERK)), desks.at(f.make_user(Role.HEAD))
    announce(batch, clerk, head)
    change(batch, clerk, head)
    read_on_the_phone(batch, desks)
    take_one(offering, clock)
    report(batch, desks, clock)
    assert desks.barriers == []


def announce(batch: AssessmentBatch, clerk: Desk, head: Desk) -> None:
    """Where the rulebook wants the plan reported first, nothing is public before."""
    code = batch.code
    clerk.go("batches_process:announcements", code).press("起草公告").shot("announcement-draft")
    if batch.rules.form("F-203"):
        clerk.sees("专项职业能力考核计划》还没有上报")
        clerk.go("batches_process:report", code).press("生成材料并登记报送")
        clerk.sees("考核计划", "已报送", "报出")
    head.go("batches_process:announcements", code).fill(document_number="认〔2026〕1号")
    head.press("发布公告").sees("已发布")


def change(batch: AssessmentBatch, clerk: Desk, head: Desk) -> None:
    clerk.go("batches_process:announcements", batch.code).follow("起草变更公告")
    clerk.fill(exam_place=PLACE, reason="实训中心检修", consent_number="核准〔2026〕9号")
    clerk.shot("announcement-change").press("生成草稿").sees(PLACE, "发布后生效的变更")
    head.go("batches_process:announcements", batch.code)
    head.fill("/publish/", document_number="认〔2026〕1号之一").press("发布公告")
    assert AssessmentBatch.objects.get(pk=batch.pk).exam_place == PLACE


def read_on_the_phone(batch: AssessmentBatch, desks: Desks) -> None:
    """The original says that it was changed and how; the change leads back to it."""
    first, second = batch.announcements.order_by("number")
    phone = desks.at(phone=True).visit(f"/announcements/{first.pk}/")
    phone.sees("本公告有 1 份变更", f"变更为“{PLACE}”", "认〔2026〕1号", "报名时间")
    phone.shot("public-announcement").follow(second.title).sees("同一批次的公告", "原公告")
    desks.at().visit(f"/announcements/{first.pk}/").shot("public-announcement-wide")


def take_one(offering: Offering, clock: Any) -> None:
    clock.move_to(f.at(2026, 4, 10))
    offering.refresh_from_db()
    c.make_admitted(offering)
    clock.move_to(f.at(2026, 4, 21))
    close_registration(actor=SYSTEM, batch=offering.batch)


def report(batch: AssessmentBatch, desks: Desks, clock: Any) -> None:
    clerk = desks.at(f.make_user(Role.CLERK))
    clerk.go("batches_process:report", batch.code).press("生成材料并上报").sees("1 人", "报出")
    batch.refresh_from_db()
    assert batch.status == "reported"
    sent = batch.reports.get(kind="plan")
    assert {"考生花名册.pdf", "考生报名数据.xlsx"} <= set(sent.packages.get().manifest)
    clock.move_to(f.at(2026, 4, 22))
    clerk = desks.at(f.make_user(Role.CLERK))
    clerk.go("batches_process:report", batch.code)
    clerk.page.locator("summary", has_text="登记平台回执").last.click()
    form = f"/{sent.pk}/receive/"
    clerk.fill(form, number="SL-2026-1", happened_at="2026-04-22T00:30").press("登记回执", nth=-1)
    clerk.sees("SL-2026-1", "平台受理").shot("report-log")
    decide = f"/{sent.pk}/decide/"
    clerk.fill(decide, decision="return", note="照片不清，请更换。").press("登记批复", nth=-1)
    clerk.sees("已退回", "照片不清").press("生成材料并上报")
    clerk.fill(decide, decision="approve", receipt_number="HZ-2026-1").press("登记批复", nth=-1)
    clerk.sees("已核准", "HZ-2026-1")
    batch.refresh_from_db()
    assert batch.status == "approved"
    assert sent.packages.count() == 2
