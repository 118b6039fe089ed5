"""The first account of an empty installation, opened with a code that stands on the console.

Whoever reads the console of the server may open it, nobody else; and only while nobody of the staff
is registered. The code is derived from the site's secret key, so nothing is kept that could leak.
"""

import hmac

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from assessment_center.accounts import guard
from assessment_center.accounts.codes import GROUPS, LENGTH, LETTERS
from assessment_center.accounts.enums import GuardScope, Kind, Role
from assessment_center.accounts.models import User
from assessment_center.accounts.services import create_staff
from assessment_center.audit.services import record
from assessment_center.catalog.models import Occupation
from assessment_center.catalog.packaged import install_catalogue
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.rulebooks.services import install_rulebooks

ROLES = (Role.HEAD, Role.ADMINISTRATOR)


def is_empty() -> bool:
    """Whether nobody of the staff is registered yet."""
    return not User.objects.filter(kind=Kind.STAFF).exists()


def opening_code() -> str:
    """The code for the first account; refused once somebody is registered."""
    if not is_empty():
        raise RefusedError(
            _("这里已有工作人员账号，不再需要首次启用码。"), remedy=_("请从登录页登录。")
        )
    digest = hmac.digest(settings.SECRET_KEY.encode(), b"first-run", "sha256")
    letters = [LETTERS[byte % len(LETTERS)] for byte in digest[: GROUPS * LENGTH]]
    return "-".join("".join(letters[i : i + LENGTH]) for i in range(0, GROUPS * LENGTH, LENGTH))


def begin(
    *, code: str, username: str, display_name: str, password: str, address: str | None
) -> User:
    """Open the first account: head and administrator at once, until others are registered.

    Not atomic as a whole: a wrong code is counted like a wrong password. Of two who come at the
    same time one is refused.
    """
    expected = opening_code()
    claims = guard.claims_of(GuardScope.CODE, "first-run", user=None, address=address)
    left = guard.take(claims)
    if not hmac.compare_digest(_plain(code), _plain(expected)):
        guard.failed(claims, left)
        raise RefusedError(_("首次启用码不对。"), remedy=guard.remaining(left))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('first-run', 0))")
        opening_code()
        _refuse_weak(username, display_name, password)
        guard.passed(claims)
        user = create_staff(
            actor=SYSTEM,
            username=username,
            display_name=display_name,
            password=password,
            roles=ROLES,
        )
        prepare()
        record(actor=user.as_actor(), verb="first_day.begin", subject=user.subject)
    return user


def prepare() -> None:
    """What every installation stands on: the rulebooks and the classification of occupations."""
    install_rulebooks()
    if not Occupation.objects.exists():
        install_catalogue(actor=SYSTEM)


def _refuse_weak(username: str, display_name: str, password: str) -> None:
    try:
        validate_password(
            password, User(kind=Kind.STAFF, username=username, display_name=display_name)
        )
    except ValidationError as faults:
        raise RefusedError(" ".join(faults.messages)) from faults


def _plain(code: str) -> bytes:
    return "".join(c for c in code.upper() if c.isalnum()).encode()
