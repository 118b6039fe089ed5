"""Whom a campus account stands for here: somebody who is known already, or nobody."""

import secrets
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Kind
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.campus.config import Campus, Protocol
from assessment_center.people.models import Person, StudentRecord
from assessment_center.people.services import open_candidate_account
from assessment_center.registry import SYSTEM, RefusedError

LONGEST = 80


class Who(StrEnum):
    """By which door the browser went out: the office's or the portal's."""

    STAFF = "staff"
    STUDENT = "student"


def number_of(campus: Campus, who: Who, claims: Mapping[str, Any]) -> str:
    """The staff or student number in the answer of the campus; empty where it has none."""
    claim = campus.staff_claim if who is Who.STAFF else campus.student_claim
    own = "sub" if campus.protocol is Protocol.OIDC else "user"
    found = claims.get(claim or own)
    return found.strip()[:LONGEST] if isinstance(found, str) else ""


@transaction.atomic
def user_of(*, campus: Campus, who: Who, number: str) -> User:
    """The account of this number, with its use in the trail.

    A member of staff has the account that bears the number as its name; a student the one of his
    person, opened now where the college has entered him and he has none. Refuses a number that is
    not known, and an account that was closed. Gives no role and makes no staff account.
    """
    user = _staff(number) if who is Who.STAFF else _student(number)
    if not user.is_active:
        raise RefusedError(_("这个账号已停用。"), remedy=_("请联系认定中心。"))
    payload = {"method": str(campus.protocol)}
    record(actor=user.as_actor(), verb="account.campus", subject=user.subject, payload=payload)
    return user


def _staff(number: str) -> User:
    found = User.objects.filter(username=number, kind=Kind.STAFF).first() if number else None
    if found is None:
        raise RefusedError(
            _("您的工号没有开通本系统的工作人员账号。"),
            remedy=_("请联系系统管理员，以工号为登录名开通。"),
        )
    return found


def _student(number: str) -> User:
    rows = StudentRecord.objects.select_related("person__user")
    student = rows.filter(student_number=number).first() if number else None
    if student is None:
        raise RefusedError(
            _("没有找到您的学籍记录。"), remedy=_("请用身份证件开通账号，或联系认定中心核对学号。")
        )
    person: Person = student.person
    if person.user is not None:
        return person.user
    return open_candidate_account(actor=SYSTEM, person=person, password=secrets.token_urlsafe(32))
