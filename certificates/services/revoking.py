"""Revoking what was issued, here or before the first day: nothing later rests on it."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from assessment_center.registry import Actor
from assessment_center.workflow import Machine, advance
from candidates.services.standing import withdraw_certificate
from certificates.lifecycle import CERTIFICATE, EARLIER
from certificates.models import Certificate, EarlierCertificate

T = TypeVar("T", Certificate, EarlierCertificate)


@transaction.atomic
def revoke(
    *, actor: Actor, certificate: Certificate, reason: str, at: datetime | None = None
) -> Certificate:
    """Revoke a certificate; the number stays used and the verification page says so."""
    return _revoke(CERTIFICATE, actor, certificate, reason, {"revoked_at": at or timezone.now()})


@transaction.atomic
def revoke_earlier(
    *, actor: Actor, certificate: EarlierCertificate, reason: str
) -> EarlierCertificate:
    """Revoke a certificate of the time before, or one that the opening list named wrongly."""
    return _revoke(EARLIER, actor, certificate, reason, {"revoked_on": timezone.localdate()})


def _revoke(
    machine: Machine, actor: Actor, certificate: T, reason: str, when: Mapping[str, object]
) -> T:
    revoked = advance(
        machine=machine,
        subject=certificate,
        move="revoke",
        actor=actor,
        reason=reason,
        updates={"revoked_reason": reason.strip()[:200], **when},
        payload={"number": certificate.number},
    )
    withdraw_certificate(actor=actor, number=certificate.number)
    return revoked
