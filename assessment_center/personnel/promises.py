"""Whether the person behind an account has given a promise that binds today.

An account is tied to a person by “账号本人”, a person to his file by the register of staff; where
either tie is missing nobody can tell that he signed, and he is told which one.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from assessment_center.people.models import StaffIdentity
from assessment_center.personnel.enums import UndertakingKind
from assessment_center.personnel.labels import UNDERTAKING_LABELS
from assessment_center.personnel.models import Undertaking
from assessment_center.personnel.selectors import undertaken
from assessment_center.registry import ALLOWED, Citation, Outcome, Refused


def promised(user: UUID, kind: UndertakingKind, on: date, citations: Iterable[Citation]) -> Outcome:
    """Allowed where the account's person is on duty and his undertaking of this kind holds."""
    signed = undertaken(on, kind).filter(member__person__staff_identity__user=user)
    if signed.filter(member__is_active=True).exists():
        return ALLOWED
    return Refused(_why(user, kind, on), tuple(citations), _remedy(user))


def _why(user: UUID, kind: UndertakingKind, on: date) -> str:
    paper = str(UNDERTAKING_LABELS[kind])
    identity = StaffIdentity.objects.filter(user=user).select_related("person").first()
    if identity is None:
        return _("这个账号还没有登记本人，查不到本人的%(paper)s。") % {"paper": paper}
    told = {"person": identity.person, "paper": paper}
    rows = Undertaking.objects.filter(member__person=identity.person, kind=kind)
    last = rows.order_by("-valid_until", "-signed_on").first()
    if last is None:
        return _("%(person)s还没有签订%(paper)s。") % told
    if not last.member.is_active:
        return _("%(person)s已不在岗。") % told
    if last.signed_on > on:
        return _("%(person)s的%(paper)s自 %(day)s 起才有效。") % {**told, "day": last.signed_on}
    return _("%(person)s的%(paper)s已于 %(day)s 到期。") % {**told, "day": last.valid_until}


def _remedy(user: UUID) -> str:
    if not StaffIdentity.objects.filter(user=user).exists():
        return _("请主任或系统管理员在“账号本人”中登记。")
    return _("请本人签署后，在“考务人员”中登记。")
