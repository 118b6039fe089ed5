"""What the guide of the first days asks of departments, classes, students and teaching."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessment_center.accounts.enums import Act
from assessment_center.people.models import (
    Department,
    SchoolClass,
    StudentRecord,
    TeachingAssignment,
)
from assessment_center.people.sheets.places import CLASSES, DEPARTMENTS
from assessment_center.people.sheets.students import STUDENTS
from assessment_center.people.sheets.teaching import TEACHING
from assessment_center.registry.entries import setup_steps
from assessment_center.registry.setup import SetupState, SetupStep

SHOWN = 3


def departments(_rules: Any) -> SetupState:
    count = Department.objects.filter(is_active=True).count()
    return SetupState(count, [] if count else [_("还没有院系。")])


def classes(_rules: Any) -> SetupState:
    count = SchoolClass.objects.count()
    empty = Department.objects.filter(is_active=True, classes=None).values_list("name", flat=True)
    advice = [_("没有班级的院系：%(names)s。") % {"names": _some(list(empty))}] if empty else []
    return SetupState(count, [] if count else [_("还没有班级。")], advice if count else [])


def students(_rules: Any) -> SetupState:
    count = StudentRecord.objects.count()
    empty = SchoolClass.objects.filter(students=None).values_list("name", flat=True)
    advice = [_("没有学生的班级：%(names)s。") % {"names": _some(list(empty))}] if empty else []
    return SetupState(count, [] if count else [_("还没有学生。")], advice if count else [])


def teaching(_rules: Any) -> SetupState:
    count = TeachingAssignment.objects.count()
    missing = [_("还没有任课关系：排监考和考评时无法避开本班教师。")]
    return SetupState(count, [] if count else missing)


def _some(names: list[str]) -> str:
    shown = "、".join(names[:SHOWN])
    more = len(names) - SHOWN
    return shown + (_("等 %(n)d 个") % {"n": len(names)} if more > 0 else "")


def _register(model: str) -> Callable[[], str]:
    return lambda: reverse(f"admin:people_{model}_changelist")


setup_steps.register(
    "departments",
    SetupStep(
        key="departments",
        title=gettext_lazy("院系"),
        purpose=gettext_lazy("申报先由院系收齐、初审。"),
        unit=gettext_lazy("个"),
        state=departments,
        permission=Act.PEOPLE_MANAGE,
        shown_at=_register("department"),
        sheet=DEPARTMENTS,
    ),
    order=60,
)
setup_steps.register(
    "classes",
    SetupStep(
        key="classes",
        title=gettext_lazy("班级"),
        purpose=gettext_lazy("专业和毕业年份决定学生能报什么。"),
        unit=gettext_lazy("个"),
        state=classes,
        permission=Act.PEOPLE_MANAGE,
        shown_at=_register("schoolclass"),
        sheet=CLASSES,
        needs=("departments",),
    ),
    order=70,
)
setup_steps.register(
    "students",
    SetupStep(
        key="students",
        title=gettext_lazy("学生"),
        purpose=gettext_lazy("学籍是申报条件的依据；学生凭激活条开通自己的账号。"),
        unit=gettext_lazy("人"),
        state=students,
        permission=Act.PEOPLE_MANAGE,
        shown_at=_register("studentrecord"),
        sheet=STUDENTS,
        needs=("classes",),
    ),
    order=80,
)
setup_steps.register(
    "teaching",
    SetupStep(
        key="teaching",
        title=gettext_lazy("任课"),
        purpose=gettext_lazy("任课教师不监考、不考评自己的学生。"),
        unit=gettext_lazy("条"),
        state=teaching,
        permission=Act.PEOPLE_MANAGE,
        sheet=TEACHING,
        needs=("classes",),
    ),
    order=110,
)
