"""A candidate's own sign-in: opened with the identity document, throttled fairly."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessment_center.accounts import guard
from assessment_center.accounts.enums import GuardScope, Kind
from assessment_center.accounts.models import User
from assessment_center.accounts.passwords import set_candidate_password
from assessment_center.audit.services import record
from assessment_center.people import services as people
from assessment_center.people.crypto import lookups
from assessment_center.people.models import Person
from assessment_center.people.rules.id_document import normalise
from assessment_center.people.selectors import find_by_id
from assessment_center.personnel.selectors import is_own_staff
from assessment_center.registry import SYSTEM, RefusedError
from candidates import selectors
from candidates.services.contact_codes import Proof


def open_account(
    *,
    name: str,
    id_kind: str,
    id_number: str,
    phone: str,
    password: str,
    proof: Proof | None,
    address: str | None,
) -> User:
    """Open an account as `register_account` does; who guesses at numbers is slowed down.

    Not atomic: the count stays when the try fails.
    """
    try:
        validate_password(password, User(display_name=name, phone=phone, kind=Kind.CANDIDATE))
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages)) from faults
    key = lookups(normalise(id_number))[0].hex()
    claims = guard.claims_of(GuardScope.CODE, f"open:{key}", user=None, address=address)
    left = _counted(claims)
    try:
        user = register_account(
            name=name,
            id_kind=id_kind,
            id_number=id_number,
            phone=phone,
            password=password,
            proof=proof,
        )
    except RefusedError:
        guard.failed(claims, left)
        raise
    guard.passed(claims)
    return user


def _counted(claims: Sequence[guard.Claim]) -> int:
    """Count one try; here it is not a code that was tried too often."""
    try:
        return guard.take(claims)
    except RefusedError as blocked:
        reason = _("这个证件号码试的次数太多，为保护账号，暂停办理。")
        raise RefusedError(reason, remedy=blocked.refusal.remedy) from blocked


@transaction.atomic
def register_account(
    *,
    name: str,
    id_kind: str,
    id_number: str,
    phone: str,
    password: str,
    proof: Proof | None = None,
) -> User:
    """Open the sign-in of a person who holds this document.

    Whom the college has entered opens his account with a code sent to the address it has of him,
    or with a slip or the campus account: else anybody who knows name and number could take it.
    """
    known = find_by_id(id_kind, id_number)
    if known is not None:
        _his_own(known, phone, proof)
    person = people.ensure_person(
        actor=SYSTEM,
        name=name,
        id_kind=id_kind,
        id_number=id_number,
        phone=phone,
        email=proof.as_email() if proof else "",
    )
    user = people.open_candidate_account(actor=SYSTEM, person=person, password=password)
    if person.email:
        user.email = person.email
        user.save(update_fields=["email"])
    if proof is not None:
        payload = {"channel": proof.channel.value}
        record(actor=user.as_actor(), verb="account.prove", subject=user.subject, payload=payload)
    return user


def _his_own(known: Person, phone: str, proof: Proof | None) -> None:
    """Refuse unless the address proves, or at least fits, the person the college knows."""
    if proof is not None:
        if proof.target not in {known.phone, known.email}:
            raise RefusedError(
                _("验证的手机号码或邮箱与学校登记的不一致。"),
                remedy=_("请用登记的手机号或邮箱，或用激活条开通，或联系考务员更改。"),
            )
        return
    if selectors.student_of(known) is not None or is_own_staff(known):
        raise RefusedError(
            _("学校已登记了您，账号不能只凭证件号码开通。"),
            remedy=_("请用班里发的激活条或校园账号开通；都没有的，请联系考务员。"),
        )
    if known.phone and known.phone != phone:
        raise RefusedError(
            _("手机号码与学校登记的不一致。"), remedy=_("请用登记的手机号，或联系考务员更改。")
        )


def set_forgotten_password(
    *, id_number: str, password: str, proof: Proof, address: str | None
) -> User:
    """A new password for the account whose registered address has just been proven.

    Not atomic: the count stays when the try fails.
    """
    names = [key.hex() for key in lookups(normalise(id_number))]
    claims = guard.claims_of(GuardScope.CODE, f"forgot:{names[0]}", user=None, address=address)
    left = _counted(claims)
    user = User.objects.filter(username__in=names, kind=Kind.CANDIDATE, is_active=True).first()
    person = getattr(user, "person", None)
    if user is None or person is None or proof.target not in {person.phone, person.email}:
        guard.failed(claims, left)
        raise RefusedError(
            _("证件号码与验证的手机号码或邮箱对不上。"), remedy=guard.remaining(left)
        )
    set_candidate_password(user=user, password=password)
    guard.passed(claims)
    return user


@transaction.atomic
def save_profile(*, user: User, person: Person, facts: Mapping[str, Any]) -> None:
    """Keep how a candidate is reached, and a birth and sex that his document does not tell."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    for name in ("birth", "sex"):
        if name in facts and getattr(locked, name):
            raise RefusedError(_("出生日期和性别已登记，更改请联系考务员。"))
    changed = {name: facts[name] for name in ("phone", "email", "birth", "sex") if name in facts}
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    reached = {name: changed[name] for name in ("phone", "email") if name in changed}
    for name, value in reached.items():
        setattr(user, name, value)
    user.save(update_fields=list(reached))
    payload = {"fields": sorted(changed)}
    record(actor=user.as_actor(), verb="account.profile", subject=user.subject, payload=payload)


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


def confirm(*, user: User, password: str, address: str | None) -> None:
    """Prove once more who sits there; counted like a sign-in, and the count stays."""
    claims = guard.claims_of(GuardScope.ACCOUNT, user.username, user=user, address=address)
    left = guard.take(claims)
    if not user.check_password(password):
        guard.failed(claims, left)
        raise RefusedError(_("现在的密码不对。"), remedy=guard.remaining(left))
    guard.passed(claims)
