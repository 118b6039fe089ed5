"""Slips with one-time codes: how students and staff come to their accounts without SMS or mail.

Printing makes new codes and cancels the former: of two slips of one person only the later works.
The codes themselves are kept nowhere; what is kept is who printed them, when, for whom.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts import codes, passwords
from assessment_center.accounts.enums import Act, Kind
from assessment_center.accounts.models import User
from assessment_center.audit.services import record, record_many
from assessment_center.first_day.enums import Audience
from assessment_center.first_day.models import ActivationCode, SlipPrint
from assessment_center.first_day.slip_sheet import render
from assessment_center.organization.selectors import active_centre
from assessment_center.pdf import GlyphMissing
from assessment_center.pdf.layouts.slips import Slip
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import SchoolClass, StudentRecord
from assessment_center.registry import Actor, RefusedError

ACTIVATION = "activation"
LASTS = timedelta(days=30)
STAFF_LASTS = timedelta(days=7)


def awaiting(school_class: SchoolClass) -> list[StudentRecord]:
    """The students of a class who have no account yet, in the order of their numbers."""
    waiting = school_class.students.filter(person__user=None).exclude(status=StudentStatus.LEFT)
    return list(waiting.select_related("person", "school_class").order_by("student_number"))


def staff_awaiting() -> list[User]:
    """The staff who have never signed in, in the order of their names."""
    waiting = User.objects.filter(
        kind=Kind.STAFF, is_active=True, last_login=None, must_change_password=True
    )
    return list(waiting.order_by("display_name", "username"))


@transaction.atomic
def print_class_slips(*, actor: Actor, school_class: SchoolClass) -> tuple[SlipPrint, bytes]:
    """New slips for everybody of a class without an account; who has one is left out."""
    _require(actor, Act.PEOPLE_MANAGE)
    locked = SchoolClass.objects.select_for_update().get(pk=school_class.pk)
    students = awaiting(locked)
    if not students:
        raise RefusedError(
            _("“%(name)s”没有需要激活的学生。") % {"name": locked},
            remedy=_("都已有账号的，不必再打印；忘记密码的学生请单独补打。"),
        )
    return _print_students(actor, students, locked.name, locked)


@transaction.atomic
def print_person_slip(
    *, actor: Actor, student: StudentRecord, reason: str
) -> tuple[SlipPrint, bytes]:
    """One student's slip: lost, or the password forgotten; it then sets a new one."""
    _require(actor, Act.PEOPLE_MANAGE)
    if not reason.strip():
        raise RefusedError(_("请写明补打的原因。"))
    title = _("补打：%(reason)s") % {"reason": reason.strip()}
    return _print_students(actor, [student], title, student.school_class)


def _print_students(
    actor: Actor, students: Sequence[StudentRecord], title: str, school_class: SchoolClass
) -> tuple[SlipPrint, bytes]:
    expires = timezone.now() + LASTS
    printed = _print_of(actor, Audience.STUDENTS, title, len(students), expires, school_class)
    fresh = {student.pk: codes.new_code() for student in students}
    people = [student.person_id for student in students]
    live = ActivationCode.objects.filter(person__in=people, used_at=None, cancelled_at=None)
    live.select_for_update().update(cancelled_at=timezone.now())
    ActivationCode.objects.bulk_create(
        ActivationCode(
            person_id=student.person_id,
            slip_print=printed,
            digest=codes.digest(ACTIVATION, student.person_id, fresh[student.pk]),
            expires_at=expires,
        )
        for student in students
    )
    record_many(
        actor=actor,
        verb="slip.print",
        subjects=[(student.person.ref, {"kind": Audience.STUDENTS}) for student in students],
    )
    slips = [
        Slip(
            name=student.person.name,
            number=student.student_number,
            number_label="学号",
            code=fresh[student.pk],
            group=student.school_class.name,
        )
        for student in students
    ]
    return printed, _rendered(slips, Audience.STUDENTS, expires)


@transaction.atomic
def print_staff_slips(*, actor: Actor) -> tuple[SlipPrint, bytes]:
    """New slips for the staff who have never signed in; the one-time code sets the password."""
    _require(actor, Act.ACCOUNT_MANAGE)
    waiting = [user for user in staff_awaiting() if user.pk != actor.user_id]
    if not waiting:
        raise RefusedError(_("没有等待首次登录的工作人员。"))
    expires = timezone.now() + STAFF_LASTS
    title = "首次登录"
    printed = _print_of(actor, Audience.STAFF, title, len(waiting), expires, None)
    slips = [
        Slip(
            name=user.display_name,
            number=user.username,
            number_label="登录名",
            code=passwords.issue_reset(actor=actor, user=user, lasts=STAFF_LASTS),
        )
        for user in waiting
    ]
    return printed, _rendered(slips, Audience.STAFF, expires)


def _print_of(
    actor: Actor,
    audience: Audience,
    title: str,
    count: int,
    expires: datetime,
    school_class: SchoolClass | None,
) -> SlipPrint:
    printed = SlipPrint.objects.create(
        audience=audience,
        title=title[:120],
        school_class=school_class,
        count=count,
        expires_at=expires,
        printed_by_id=actor.user_id,
    )
    payload = {"title": printed.title, "count": count, "kind": audience}
    record(actor=actor, verb="slip.print", subject=printed.subject, payload=payload)
    return printed


def _rendered(slips: Sequence[Slip], audience: Audience, expires: datetime) -> bytes:
    page = {
        Audience.STUDENTS: "portal:activate",
        Audience.STAFF: "accounts_office:redeem",
    }[audience]
    centre = active_centre()
    try:
        return render(
            slips,
            audience=audience,
            centre=centre.short_name if centre else "",
            address=settings.SITE_URL + reverse(page),
            until=timezone.localdate(expires),
        )
    except GlyphMissing as missing:
        raise RefusedError(str(missing)) from missing


def _require(actor: Actor, act: Act) -> None:
    if not actor.may(act):
        raise RefusedError(_("您的角色不能打印账号条。"))
