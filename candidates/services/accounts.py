"""A candidate's own sign-in: opened with the identity document, throttled fairly."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts import guard
from assessment_center.accounts.enums import GuardScope, Kind
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.people import services as people
from assessment_center.people.crypto import lookups
from assessment_center.people.rules.id_document import normalise
from assessment_center.people.selectors import find_by_id
from assessment_center.registry import SYSTEM, RefusedError


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


def sign_in(*, id_number: str, password: str, address: str | None = None) -> User:
    """The user of this document and password; refuses after five checks in a quarter hour.

    The check is counted, under a lock, before the password is looked at, so that no number of
    simultaneous tries gets more than five. Not atomic: the count stays when the try fails.
    """
    names = [key.hex() for key in lookups(normalise(id_number))]
    user = User.objects.filter(username__in=names, kind=Kind.CANDIDATE, is_active=True).first()
    claims = guard.claims_of(GuardScope.ACCOUNT, names[0], user=user, address=address)
    left = guard.take(claims)
    if user is None:
        User().set_password(password)  # takes as long as a check
    if user is None or not user.check_password(password):
        guard.failed(claims, left)
        raise RefusedError(_("证件号码或密码不对。"), remedy=guard.remaining(left))
    with transaction.atomic():
        guard.passed(claims)
        record(actor=user.as_actor(), verb="account.sign_in", subject=user.subject)
    return user
