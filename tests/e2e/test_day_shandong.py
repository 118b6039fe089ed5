"""A clerk's day under 山东: 45 days' notice, a foreign language, papers and certificates from above."""

from datetime import date
from typing import Any

import pytest

from assessment_center.batches.demo_facts import moment
from candidates.models import Application
from certificates.models import Certificate
from exams.models import Sitting
from scoring.models import FinalResult
from tests.e2e.desk import Desks
from tests.e2e.special import SmallOffice, every_form, filled, hand_in_arranged, printed

pytestmark = [pytest.mark.e2e]
NEW = "SD202677"
SUBJECTS = ("theory", "practical", "language")
STAFF_FORM = "济南市职业技能鉴定考务人员安排备案表"
WITH_IT = {"考场编排.xlsx", "考场编排名单.pdf", "鉴定实施方案.pdf", f"{STAFF_FORM}.pdf"}


@pytest.fixture
def office(small: Any) -> SmallOffice:
    steps = ("candidates.registrations",)
    return small(moment(4, 24), "shandong", (("电工", 3, 300),), reach="fee", steps=steps)


def test_a_day_in_shandong(office: SmallOffice, desks: Desks, clock: Any) -> None:
    hand_in_arranged(office, desks, article="四1", papers=WITH_IT, outdated=STAFF_FORM)
    clock.move_to(moment(5, 18))
    office.go_on("ticket", ("exams.tickets",))
    announce_too_late(office, desks)
    sit_the_language(office, desks, clock)
    weak = enter_the_language(office, desks)
    clock.move_to(moment(6, 29))
    office.go_on("publicity", ("scoring.score", "scoring.publicity"))
    fetch_the_certificates(office, desks, weak)
    told = every_form(
        desks.at(office.user("head")), office.batch, "application-form", "candidate-roll",
        "room-distribution", "seat-table", "admission-tickets", "room-record", "certificate-roll",
    )  # fmt: skip
    assert "职业技能鉴定人员名册" in told["candidate-roll"]
    assert "考场座（工）位排列表" in told["seat-table"]
    assert "济南市职业技能鉴定监考记录" in told["room-record"]
    scorer = desks.at(office.user("score_clerk"))
    assert "考生成绩评分汇总表" in printed(scorer, office.batch, "score-summary")
    assert desks.barriers == []


def announce_too_late(office: SmallOffice, desks: Desks) -> None:
    """44 days are one too few; the article stands beside the refusal."""
    clerk = desks.at(office.user("clerk")).go("batches_process:batch_new")
    clerk.fill(
        code=NEW,
        name="2026年夏季职业技能鉴定",
        plan=1,
        rulebook_code="shandong",
        registration_opens="2026-05-19T09:00",
        registration_closes="2026-06-10T17:00",
        exam_starts="2026-07-01",
        exam_ends="2026-07-02",
        exam_place="江州化院实训中心",
        is_unified=True,
    ).press("开设")
    boxes = clerk.page.locator("[name='subjects']")
    for subject in SUBJECTS:
        boxes.and_(clerk.page.locator(f"[value='{subject}']")).check()
    assert clerk.page.locator("[name='paper_source'] option").all_inner_texts() == ["主管部门"]
    clerk.fill(line=1, level="3", fee="300").press("添加").sees("外语考试", "试卷：主管部门")
    clerk.shot("offerings-shandong").go("batches_process:announcements", NEW).press("起草公告")
    head = desks.at(office.user("head")).go("batches_process:announcements", NEW)
    head.sees("公告须在考试前 45 天发布，最迟 2026-05-17")
    head.page.get_by_text("依据", exact=True).first.click()
    head.sees("一2").shot("announcement-late")


def sit_the_language(office: SmallOffice, desks: Desks, clock: Any) -> None:
    """The language has a sitting of its own, on the ticket and in the authority's bags."""
    batch = office.batch
    sitting = batch.sittings.get(subject_code="language")
    assert (
        sitting.seats.count()
        == Application.objects.filter(batch=batch, ticket__isnull=False).count()
    )
    clerk = desks.at(office.user("clerk")).go("exams_office:batch", batch.code).sees("外语考试")
    assert "外语考试" in printed(clerk, batch, "arrangement-table")
    clerk.go("exams_office:supply", batch.code).press("提出试卷需求").sees("外语考试")
    assert "外语考试" in printed(clerk, batch, "paper-requisition")
    clock.move_to(moment(5, 25))
    office.go_on("exam", ("exams.day",))
    assert set(Sitting.objects.filter(batch=batch).values_list("status", flat=True)) == {"recorded"}


def enter_the_language(office: SmallOffice, desks: Desks) -> Application:
    """Entered twice by two people; one candidate of those who came fails the language."""
    batch = office.batch
    offering = batch.offerings.get()
    came = batch.sittings.get(subject_code="language").seats.filter(attendance__state="present")
    weak = came.order_by("seat_number").first().application
    for key in ("assessor", "second_assessor"):
        desk = desks.at(office.user(key))
        desk.go("scoring_office:entry", batch.code, offering.pk, "language").sees("外语考试")
        for field in desk.page.locator("[name^='m-']").all():
            own = field.get_attribute("name").endswith(str(weak.pk))
            field.fill("41" if own else "77")
        desk.press("保存")
    checker = desks.at(office.user("score_clerk"))
    checker.go("scoring_office:check", batch.code, offering.pk, "language").press("核分签字")
    return weak


def fetch_the_certificates(office: SmallOffice, desks: Desks, weak: Application) -> None:
    """Who failed the language is not asked for; the roll is the one the article names."""
    batch = office.batch
    result = FinalResult.objects.get(application=weak)
    marks = {fact["subject"]: fact["passed"] for fact in result.subjects}
    assert (result.passed, marks["language"]) == (False, False)
    clerk = desks.at(office.user("certificate_clerk")).go("certificates_office:batch", batch.code)
    clerk.fill(invoice="FP-2026-07").press("生成申领名册")
    told = printed(clerk, batch, "certificate-request")
    assert all(word in told for word in ("职业资格证书核发名册", "FP-2026-07", "外语考试77"))
    assert weak.person.name not in told
    sheet = clerk.download("下载名册")
    count = batch.certificate_requests.get().lines.count()
    assert count == FinalResult.objects.filter(batch=batch, passed=True).count() > 0
    rows = [{"证书编号": f"26SD{n:04d}", "发证日期": date(2026, 6, 26)} for n in range(count)]
    clerk.go("certificates_office:batch", batch.code)
    clerk.fill(
        "/receive/", file=("核发.xlsx", filled(sheet, *rows)), count=count + 1, giver="李科长"
    )
    clerk.refused("检查或登记").sees(f"实收证书 {count + 1} 份，清单有 {count} 行")
    clerk.fill("/receive/", file=("核发.xlsx", filled(sheet, *rows)), count=count, giver="李科长")
    clerk.page.locator("form[action*='/receive/'] [name='dry_run']").uncheck()
    clerk.press("检查或登记").sees("已全部领回")
    assert set(Certificate.objects.values_list("face__title", flat=True)) == {"职业资格证书"}
    assert "职业资格证书核发名册" in printed(clerk, batch, "certificate-roll")
