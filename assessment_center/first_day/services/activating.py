"""A student opens his account with the code on his slip, or sets a new password with it."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts import codes, guard
from assessment_center.accounts.enums import GuardScope, Kind
from assessment_center.accounts.models import User
from assessment_center.accounts.passwords import set_candidate_password
from assessment_center.audit.services import record
from assessment_center.first_day.models import ActivationCode
from assessment_center.first_day.services.slips import ACTIVATION
from assessment_center.people.models import StudentRecord
from assessment_center.people.services import open_candidate_account
from assessment_center.registry import SYSTEM, RefusedError


def activate(*, number: str, code: str, password: str, address: str | None) -> User:
    """The account of the student of this number, open from now on with this password.

    A wrong number and a wrong code get the same answer and are counted alike, under a lock, before
    anything is looked at. Not atomic: the count stays when the try fails.
    """
    wanted = "".join(number.split())
    _refuse_weak(password, User(kind=Kind.CANDIDATE))
    claims = guard.claims_of(GuardScope.CODE, f"slip:{wanted}", user=None, address=address)
    left = guard.take(claims)
    with transaction.atomic():
        found = _live(wanted, code)
        if found is not None:
            user = _open(found, password)
            guard.passed(claims)
            return user
    guard.failed(claims, left)
    raise RefusedError(
        _("学号或激活码不对，或者激活码已用过、已过期。"), remedy=guard.remaining(left)
    )


def _live(number: str, code: str) -> ActivationCode | None:
    student = StudentRecord.objects.filter(student_number=number).first()
    if student is None:
        return None
    live = ActivationCode.objects.select_for_update(of=("self",)).filter(
        person=student.person_id,
        used_at=None,
        cancelled_at=None,
        expires_at__gt=timezone.now(),
        digest=codes.digest(ACTIVATION, student.person_id, code),
    )
    return live.select_related("person__user").first()


def _open(found: ActivationCode, password: str) -> User:
    person = found.person
    _refuse_weak(password, User(display_name=person.name, phone=person.phone))
    found.used_at = timezone.now()
    found.save(update_fields=["used_at"])
    if person.user is None:
        user = open_candidate_account(actor=SYSTEM, person=person, password=password)
    else:
        user = person.user
        if not user.is_active:
            raise RefusedError(_("这个账号已停用。"), remedy=_("请联系考务员。"))
        set_candidate_password(user=user, password=password)
    record(actor=user.as_actor(), verb="account.activate", subject=user.subject)
    return user


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages)) from faults
