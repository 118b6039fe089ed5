"""The demo centre before its first batch, and what a department would bring to it."""

import random
import re
from dataclasses import dataclass
from typing import Any

from assessment_center.accounts.models import User
from assessment_center.batches import demo as steps
from assessment_center.batches import demo_opening
from assessment_center.batches.demo_facts import moment
from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.packaged import CATALOGUE, EDITION
from assessment_center.catalog.services import import_occupations
from assessment_center.demo import Demo
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from assessment_center.people.models import StudentRecord
from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM
from assessment_center.rulebooks.services import install_rulebooks
from exams import services as exams

OPENING = moment(3, 9)
MESSAGES: list[str] = []
CODE = "CQ202601"
MAJOR = "电气自动化技术"
STUDENTS = 35


@dataclass
class Office:
    demo: Demo
    students: list[StudentRecord]

    @property
    def batch(self) -> AssessmentBatch:
        return AssessmentBatch.objects.get(code=CODE)

    def user(self, key: str) -> User:
        return self.demo.users[key]

    def candidate(self) -> StudentRecord:
        """The one who applies with a telephone; the department reports the others."""
        return self.students[STUDENTS]

    def candidate_user(self) -> User:
        """His account, once he has opened it."""
        return User.objects.get(person=self.candidate().person)


def open_office() -> Office:
    """Centre, people, staff, plan and rooms, through the same steps as `load_demo`."""
    install_rulebooks()
    if not Occupation.objects.exists():
        import_occupations(file=CATALOGUE, edition=EDITION, actor=SYSTEM)
    demo = Demo("chongqing", 1, lambda _text: None, random.Random(1))
    first = (steps.accounts, steps.centre, demo_opening.begin, demo_opening.sign)
    for step in (*first, steps.people, steps.staff, steps.plan):
        step(demo)
    site = exams.enter_site(actor=SYSTEM, name="第一教学楼与实训中心", address="学府大道88号")
    for name in ("101教室", "102教室"):
        exams.enter_room(
            actor=SYSTEM, site=site, name=name, kind="theory", rows=5, columns=6, spacing_cm=90
        )
    exams.enter_room(
        actor=SYSTEM, site=site, name="电工实训室", kind="practical", rows=4, columns=6
    )
    found = StudentRecord.objects.filter(school_class__major=MAJOR).select_related(
        "person", "school_class"
    )
    return Office(demo, list(found.order_by("student_number")))


def sheet_rows(office: Office) -> list[dict[str, Any]]:
    """What the department writes into the template."""
    return [
        {
            "姓名": student.person.name,
            "证件类型": "居民身份证",
            "证件号码": id_number(student.person),
            "手机号码": student.person.phone,
            "学号": student.student_number,
            "班级": student.school_class.name,
            "职业": "电工",
            "等级": "四级/中级工",
            "文化程度": "大学专科和专科学校",
            "民族": "汉族",
            "通讯地址": "江州市学府大道88号",
        }
        for student in office.students[:STUDENTS]
    ]


def work_off() -> list[Job]:
    """Do what waits in the queue, as the worker would: it has no part in a moved clock."""
    done = []
    for job in Job.objects.filter(status="queued").order_by("created_at"):
        run_job(job.pk)
        job.refresh_from_db()
        assert job.status == "done", job.error
        done.append(job)
    return done


def gateway(*, phone: str, text: str) -> None:
    """What the school's SMS gateway is handed."""
    MESSAGES.append(f"{phone} {text}")


def sent_code() -> str:
    """The code in the last message, as its reader types it."""
    found = re.search(r"验证码 (\d{6})", MESSAGES[-1])
    assert found is not None
    return found[1]
