"""The way of one batch, walked in the browser: from the announcement to its archive."""

from random import Random
from typing import Any

import pytest
from django.test import override_settings

from assessment_center.batches.demo_facts import moment
from assessment_center.people.selectors import id_number
from candidates.demo_portraits import portrait
from candidates.models import Application, SampleDraw
from exams.models import Sitting
from tests.candidates.sheets import workbook
from tests.e2e.desk import Desk, Desks
from tests.e2e.later_stages import (
    certify,
    enter_scores,
    examine,
    file_away,
    publish,
    seal_papers,
    verify,
)
from tests.e2e.world import CODE, STUDENTS, Office, sent_code, sheet_rows, work_off

pytestmark = [pytest.mark.e2e]
PASSWORD = "Mountain-2026"


def test_a_batch_from_announcement_to_archive(office: Office, desks: Desks, clock: Any) -> None:
    announce(office, desks)
    clock.move_to(moment(3, 17))
    phone = register_on_the_phone(office, desks)
    import_the_department(office, desks)
    clock.move_to(moment(4, 13))
    review(office, desks)
    collect_fees(office, desks)
    report(office, desks, clock)
    clock.move_to(moment(5, 11))
    arrange(office, desks)
    clock.move_to(moment(5, 18))
    issue_tickets(office, desks, phone)
    seal_papers(office, desks)
    examine(office, desks, clock)
    clock.move_to(moment(5, 25))
    enter_scores(office, desks)
    publish(office, desks, clock)
    certify(office, desks)
    verify(office, desks, phone)
    file_away(office, desks)
    assert desks.barriers == []


def announce(office: Office, desks: Desks) -> None:
    clerk = desks.at()
    clerk.go("admin:login").fill(username="clerk", password="demo-2026").press("登录")
    clerk.shot("office-home").go("batches_process:batch_new")
    clerk.fill(
        code=CODE,
        name="2026年第一批职业技能等级认定",
        plan=1,
        registration_opens="2026-03-16T09:00",
        registration_closes="2026-04-10T17:00",
        exam_starts="2026-05-23",
        exam_ends="2026-05-24",
        exam_place="江州化院实训中心和第一教学楼",
    ).press("开设")
    clerk.go("batches_process:offerings", CODE).fill(line=1, level="4", fee="240").press("添加")
    clerk.sees("电工").go("batches_process:announcements", CODE).press("起草公告")
    head = desks.at(office.user("head"))
    head.go("batches_process:announcements", CODE).fill(document_number="江化院认〔2026〕1号")
    head.press("发布公告").sees("已发布")
    head.go("batches_office:batch", CODE).shot("office-batch-announced")


def register_on_the_phone(office: Office, desks: Desks) -> Desk:
    person = office.candidate().person
    phone = desks.at(phone=True)
    phone.visit("/").sees("2026年第一批职业技能等级认定").shot("public-home")
    with override_settings(CODE_CHANNELS=["sms"], SMS_GATEWAY="tests.e2e.world.gateway"):
        phone.go("portal:register").fill(target=person.phone).press("获取验证码")
        phone.fill(code=sent_code()).press("下一步")
        account = {"name": person.name, "id_number": id_number(person)}
        phone.fill(**account, password=PASSWORD, again=PASSWORD).press("开通账号")
    phone.follow("报名").shot("portal-choose").press("申报这一项")
    phone.shot("portal-tasks").follow("个人情况")
    phone.fill(
        ethnicity="汉族", education="college", address="学府大道88号", condition_id="ELIG-L4-3"
    ).shot("portal-form")
    phone.fill(intends_to_work="on").press("保存并继续")
    phone.send_photo(portrait(Random(3), long_hair=False)).follow("继续")
    phone.follow("继续").fill(agreed="on", typed_name=person.name).press("签署")
    phone.follow("核对并提交").shot("portal-check").press("提交")
    phone.sees("已提交", f"{CODE}-00001").shot("portal-receipt").follow("看进度")
    return phone.shot("portal-status")


def import_the_department(office: Office, desks: Desks) -> None:
    desk = desks.at(office.user("department"))
    desk.go("candidates_office:import", CODE)
    desk.fill(file=("电气.xlsx", workbook(sheet_rows(office)))).press("上传并试读")
    work_off()
    desk.page.reload()
    desk.sees("没有发现问题").shot("office-import").press("确认导入")
    work_off()
    desk.page.reload()
    desk.sees("已全部导入").follow("看申报名单").shot("office-queue")
    assert Application.objects.filter(status="submitted").count() == STUDENTS + 1


def review(office: Office, desks: Desks) -> None:
    """One application is looked at by itself, the others pass together; two people sign."""
    one = Application.objects.get(person=office.candidate().person)
    department = desks.at(office.user("department"))
    department.go("candidates_office:application", one.pk).shot("office-review")
    department.fill("first-review", note="学籍由院系核对。").press("初审通过")
    pass_by_sample(department, "初审通过")
    reviewer = desks.at(office.user("reviewer"))
    reviewer.go("candidates_office:application", one.pk)
    reviewer.fill("confirm", note="同意。").press("复核通过")
    pass_by_sample(reviewer, "复核通过")
    assert Application.objects.filter(status="confirmed").count() == STUDENTS + 1


def pass_by_sample(desk: Desk, label: str) -> None:
    """A tenth is drawn and looked at one by one; the rest passes with one button."""
    desk.go("candidates_office:bulk", CODE).press("抽取")
    drawn = SampleDraw.objects.first()
    assert drawn is not None
    for key in drawn.sampled:
        desk.go("candidates_office:application", key).press(label)
    left = STUDENTS - len(drawn.sampled)
    desk.go("candidates_office:bulk", CODE).press(f"通过所选（共 {left} 份）")


def collect_fees(office: Office, desks: Desks) -> None:
    clerk = desks.at(office.user("clerk"))
    clerk.go("candidates_office:fees", CODE).fill("/fee/", receipt_number="PJ0000").press("登记")
    due = Application.objects.filter(fee_state="due").order_by("number")
    lines = "\n".join(f"{row.number} PJ{place:04d}" for place, row in enumerate(due, start=1))
    clerk.fill(lines=lines).press("登记", nth=-1).sees("没有待缴费的申报").shot("office-fees")


def report(office: Office, desks: Desks, clock: Any) -> None:
    clerk = desks.at(office.user("clerk"))
    clerk.go("batches_office:batch", CODE, query="?stage=report").press("截止报名")
    clerk.go("batches_process:report", CODE).press("生成材料并上报")
    clerk.go("batches_process:report", CODE).sees(f"{STUDENTS + 1} 人")
    clock.move_to(moment(4, 20))
    desk = desks.at(office.user("clerk"))
    desk.go("batches_process:report", CODE)
    desk.fill(decision="approve", receipt_number="HZ-2026-1").press("登记批复")
    assert office.batch.status == "approved"


def arrange(office: Office, desks: Desks) -> None:
    clerk = desks.at(office.user("clerk"))
    clerk.go("exams_office:batch", CODE)
    clerk.fill(
        "/written/", subject="theory", starts_at="2026-05-23T08:30", ends_at="2026-05-23T10:00"
    )
    clerk.tick_all("/written/", "rooms").press("安排")
    clerk.fill("/practical/", starts_at="2026-05-23T10:30", minutes=120)
    clerk.tick_all("/practical/", "rooms").press("分组")
    clerk.press("全部排座").press("全部确认").sees("排座已确认").shot("office-timetable")
    first = Sitting.objects.get(number=1)
    clerk.go("exams_office:sitting", first.pk).shot("office-sitting")
    clerk.go("exams_office:chart", first.rooms.first().pk).shot("seating")


def issue_tickets(office: Office, desks: Desks, phone: Desk) -> None:
    clerk = desks.at(office.user("clerk"))
    clerk.go("exams_office:tickets", CODE).press("发放准考证").shot("office-tickets")
    for sitting in Sitting.objects.all():
        clerk.go("exams_office:duties", sitting.pk).press("重新拟定")
    clerk.shot("office-duties")
    phone.sit_down(office.candidate_user())
    phone.go("portal:home").follow("电工 四级/中级工").sees("准考证已发放").shot("portal-status")
    phone.follow("出示准考证").shot("portal-ticket")
