"""From the sealed papers to the archive: the second half of the walk."""

import io
import re
from typing import Any

import pypdfium2
from django.urls import reverse

from archives.models import Volume
from assessment_center.audit.verify import verify_trail
from assessment_center.batches.demo_facts import moment
from assessment_center.registry import SYSTEM
from candidates.models import Application
from certificates.models import Certificate
from exams import demo as exam_steps
from exams.models import Packet, Sitting, SittingRoom
from exams.selectors import staff_on_duty
from questionbank import demo as bank_steps
from questionbank.models import Paper
from questionbank.policies import own_bank_demands
from scoring.policies import final_from
from scoring.selectors import publicity_of
from tests.e2e.desk import Desk, Desks, keep_picture, pictures_wanted
from tests.e2e.world import CODE, STUDENTS, Office, work_off
from tests.factories.candidates import picture

PASSPHRASES = {"bank_manager": "the bank manager's words", "head": "the words of the head"}


def seal_papers(office: Office, desks: Desks) -> None:
    """Two holders set their keys; papers are drawn by one, approved by another, and sealed."""
    demands = own_bank_demands(office.batch)
    for offering, subject in demands:
        bank_steps._bank(office.demo, offering, subject)
    for key, words in PASSPHRASES.items():
        holder = desks.at(office.user(key))
        holder.go("questionbank_office:keys").fill(passphrase=words, again=words).press("设置钥匙")
    manager, head = desks.at(office.user("bank_manager")), desks.at(office.user("head"))
    for _demand in demands:
        manager.go("questionbank_office:papers", CODE).press("组卷")
    for _paper in Paper.objects.all():
        head.go("questionbank_office:papers", CODE).press("审定")
    manager.go("questionbank_office:papers", CODE).press("封存").shot("papers-sealed")
    assert not Paper.objects.exclude(status="sealed").exists()


def examine(office: Office, desks: Desks, clock: Any) -> None:
    """The morning of the examination: papers opened, handed over, everybody's presence kept."""
    paper = Paper.objects.first()
    clock.move_to(max(moment(5, 22, 18), paper.not_before))
    pack(office, desks)
    clock.move_to(moment(5, 23, 7, 55))
    release(office, desks, paper)
    clerk = desks.at(office.user("clerk"))
    clerk.go("exams_office:custody", CODE).fill(giver=3, receiver=4).press("领出")
    clock.move_to(moment(5, 23, 8, 27))
    clerk.fill(giver=3, receiver=4, witnesses="考生甲、考生乙").press("启封")
    clock.move_to(moment(5, 23, 8, 31))
    bring_papers(Sitting.objects.get(number=1))
    clerk.go("exams_office:day", CODE).press("开考")
    clock.move_to(moment(5, 23, 10, 15))
    record_first_room(clerk)
    clerk.go("exams_office:custody", CODE).fill(giver=3, receiver=4).press("交回")
    record_the_others(office, clock)
    clerk.go("exams_office:day", CODE).shot("office-day")


def pack(office: Office, desks: Desks) -> None:
    clerk = desks.at(office.user("clerk"))
    clerk.go("exams_office:custody", CODE).fill(giver=1, receiver=2, count=1).press("封装")
    assert Packet.objects.exists()


def release(office: Office, desks: Desks, paper: Paper) -> None:
    desk = desks.at(office.user("bank_manager")).go("questionbank_office:papers", CODE)
    words = {
        place: PASSPHRASES[getattr(paper, f"{place}_holder").user.username]
        for place in ("first", "second")
    }
    desk.fill("/release/", **words)
    assert desk.download("启封并下载").startswith(b"PK")
    assert Paper.objects.filter(status="released").exists()


def record_first_room(clerk: Desk) -> None:
    room = SittingRoom.objects.filter(sitting__number=1).order_by("number").first()
    seated = room.seats.count()
    clerk.go("exams_office:room", room.pk).press("登记到考情况")
    clerk.fill(
        "/submit/",
        present=seated,
        absent=0,
        late_refused=0,
        papers_collected=seated,
        proctors="、".join(exam_steps._signers(room)),
        notes="考场秩序良好。",
    )
    clerk.press("提交").shot("office-room")


def bring_papers(sitting: Sitting) -> None:
    """The papers of the sitting's other rooms, in the same way, without the browser."""
    first, second = staff_on_duty()[:2]
    hands = exam_steps.services.Hands(first, second)
    rooms = sitting.rooms.filter(seats__isnull=False).distinct()
    for room in rooms.filter(packets=None):
        exam_steps.services.pack_papers(actor=SYSTEM, sitting_room=room, hands=hands)
    for packet in Packet.objects.filter(sitting_room__in=rooms, state="packed"):
        exam_steps.services.hand_over(actor=SYSTEM, packet=packet, hands=hands)


def record_the_others(office: Office, clock: Any) -> None:
    """The other rooms are recorded in the same way, without the browser."""
    for sitting in Sitting.objects.order_by("starts_at"):
        clock.move_to(sitting.starts_at)
        if sitting.status == "ticketed":
            bring_papers(sitting)
            exam_steps.accept_rooms(office.demo, sitting)
            exam_steps.services.start_sitting(actor=office.demo.actor("clerk"), sitting=sitting)
        clock.move_to(sitting.ends_at)
        for room in sitting.rooms.filter(seats__isnull=False, record__status="draft").distinct():
            count = room.seats.count()
            actor = office.demo.actor("clerk")
            exam_steps.services.record_attendance(actor=actor, room=room)
            exam_steps.services.submit_room_record(
                actor=actor,
                room=room,
                present=count,
                absent=0,
                papers_collected=count,
                proctors=exam_steps._signers(room),
            )


def enter_scores(office: Office, desks: Desks) -> None:
    """Theory twice by two people, practical by three assessors; one candidate does not pass."""
    offering = office.batch.offerings.get()
    who = {
        "theory": ("assessor", "second_assessor"),
        "practical": ("assessor", "second_assessor", "third_assessor"),
    }
    failing = Application.objects.filter(batch=office.batch).order_by("number").last()
    for subject, people in who.items():
        for key in people:
            desk = desks.at(office.user(key))
            desk.go("scoring_office:entry", CODE, offering.pk, subject)
            for field in desk.page.locator("[name^='m-']").all():
                field.fill("52" if field.get_attribute("name").endswith(str(failing.pk)) else "84")
            if key == "assessor" and subject == "theory":
                desk.shot("office-score-entry")
            desk.press("保存")
    checker = desks.at(office.user("score_clerk"))
    for subject in who:
        checker.go("scoring_office:check", CODE, offering.pk, subject).press("核分签字")
    checker.go("scoring_office:batch", CODE).press("汇总成绩").shot("office-scores")


def publish(office: Office, desks: Desks, clock: Any) -> None:
    """Reported first, then public for the days of the rulebook, then final."""
    clerk = desks.at(office.user("clerk"))
    clerk.go("scoring_office:batch", CODE).press("上报成绩")
    clerk.go("scoring_office:batch", CODE).fill(receipt_number="CJ-2026-1").press("登记核准")
    head = desks.at(office.user("head"))
    head.go("scoring_office:publicity", CODE).fill(place="学院网站和公告栏").press("开始公示")
    head.fill(file=("seen.png", picture(form="PNG"))).press("上传").shot("publicity-office")
    anybody = desks.at(phone=True).visit(reverse("scoring_portal:publicity", args=[CODE]))
    anybody.shot("publicity")
    page = anybody.page.content()
    assert not re.search(r"\d{17}[\dX]", page)
    clock.move_to(final_moment(office))
    head = desks.at(office.user("head")).go("scoring_office:publicity", CODE)
    head.fill(objections="无异议").press("使成绩生效").sees("已生效")


def final_moment(office: Office) -> Any:
    day = final_from(publicity_of(office.batch)).day
    return moment(day.month, day.day, 10)


def certify(office: Office, desks: Desks) -> None:
    clerk = desks.at(office.user("certificate_clerk"))
    clerk.go("certificates_office:batch", CODE).press("编号并发证")
    work_off()
    clerk.go("certificates_office:batch", CODE).shot("office-certificates")
    assert Certificate.objects.filter(status="issued").count() == STUDENTS
    office_clerk = desks.at(office.user("clerk")).go("certificates_office:batch", CODE)
    office_clerk.fill("/upload/", receipt_number="ZS-2026-1").press("登记数据上传")
    office_clerk.press("完成批次")
    assert office.batch.status == "completed"


def verify(office: Office, desks: Desks, phone: Desk) -> None:
    """The candidate fetches his certificate; anybody may check it by facts and by the file."""
    person = office.candidate().person
    one = Certificate.objects.get(application__person=person)
    phone.sit_down(office.candidate_user()).go("portal:home").follow("电工 四级/中级工")
    phone.sees("证书已发放").shot("portal-done", whole=True)
    content = phone.download("下载电子证书")
    with pypdfium2.PdfDocument(content) as paper:
        drawn = io.BytesIO()
        paper[0].render(scale=1.4).to_pil().save(drawn, "PNG")
    if pictures_wanted():
        keep_picture("certificate", drawn.getvalue())
    anybody = desks.at(phone=True).go("verify:form").shot("verify-form")
    anybody.fill(number=one.number, name=person.name).press("查验")
    anybody.sees("证书有效", person.name).shot("verify")
    anybody.go("verify:form").page.get_by_text("选择 PDF 文件", exact=True).click()
    anybody.fill(file=("one.pdf", content)).press("比对文件").sees("文件与发证时完全相同")
    anybody.go("verify:form").page.get_by_text("选择 PDF 文件", exact=True).click()
    anybody.fill(file=("one.pdf", content[:-1] + b"x")).press("比对文件")
    anybody.sees("这个文件与发证时的不同")


def file_away(office: Office, desks: Desks) -> None:
    archivist = desks.at(office.user("archivist")).go("archives_office:batch", CODE)
    archivist.press("收集并归档")
    work_off()
    archivist.go("archives_office:batch", CODE)
    for _volume in Volume.objects.filter(items__isnull=False).distinct():
        archivist.press("封卷")
    archivist.press("核验")
    work_off()
    archivist.go("archives_office:batch", CODE).shot("archive").press("完成归档")
    assert office.batch.status == "archived"
    head = desks.at(office.user("head")).go("batches_office:batch", CODE)
    head.shot("office-batch").go("admin:index").shot("office-home")
    assert verify_trail().faults == []
