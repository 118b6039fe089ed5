"""A candidate's own sign-in: opened with the identity document, throttled fairly."""

from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.people import services as people
from assessment_center.people.crypto import lookup
from assessment_center.people.rules.id_document import normalise
from assessment_center.people.selectors import find_by_id
from assessment_center.registry import SYSTEM, RefusedError
from candidates.models import SignInTries

MAX_CHECKS = 5
WINDOW = timedelta(minutes=15)


@transaction.atomic
def register_account(*, name: str, id_kind: str, id_number: str, phone: str, password: str) -> User:
    """Open the sign-in of a person who holds this document.

    Where the college has entered the person with a phone number, it must be the same one: else
    anybody who knows name and number could take the account.
    """
    known = find_by_id(id_kind, id_number)
    if known is not None and known.phone and known.phone != phone:
        raise RefusedError(
            _("手机号码与学校登记的不一致。"), remedy=_("请用登记的手机号，或联系考务员更改。")
        )
    person = people.ensure_person(
        actor=SYSTEM, name=name, id_kind=id_kind, id_number=id_number, phone=phone
    )
    try:
        validate_password(password, User(display_name=name, phone=phone))
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages)) from faults
    return people.open_candidate_account(actor=SYSTEM, person=person, password=password)


def sign_in(*, id_number: str, password: str) -> User:
    """The user of this document and password; refuses after five checks in a quarter hour.

    The check is counted, under a lock, before the password is looked at, so that no number of
    simultaneous tries gets more than five. Not atomic: the count stays when the try fails.
    """
    key = lookup(normalise(id_number))
    left = _count(key)
    user = User.objects.filter(username=key.hex(), is_active=True).first()
    if user is None:
        User().set_password(password)
        raise _wrong(left)
    if not user.check_password(password):
        raise _wrong(left)
    with transaction.atomic():
        SignInTries.objects.filter(key=key).delete()
        record(actor=user.as_actor(), verb="account.sign_in", subject=user.subject)
    return user


def _wrong(left: int) -> RefusedError:
    remedy = _("还可以再试 %(n)d 次。") % {"n": left} if left else _("请 15 分钟后再试。")
    return RefusedError(_("证件号码或密码不对。"), remedy=remedy)


@transaction.atomic
def _count(key: bytes) -> int:
    """Count one check; the number left in this window, or `RefusedError` when none is."""
    now = timezone.now()
    SignInTries.objects.filter(since__lt=now - 2 * WINDOW).delete()
    locked = SignInTries.objects.select_for_update()
    row, _new = locked.get_or_create(key=key, defaults={"since": now})
    if row.since + WINDOW <= now:
        row.since, row.checks = now, 0
    if row.checks >= MAX_CHECKS:
        raise RefusedError(
            _("密码试错太多，为保护您的账号，暂时不能登录。"),
            remedy=_("请在 %(at)s 以后再试。") % {"at": _clock(row.since + WINDOW)},
        )
    row.checks += 1
    row.save(update_fields=["since", "checks"])
    return MAX_CHECKS - row.checks


def _clock(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
