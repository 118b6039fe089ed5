"""Revoking what was issued, here or before the first day: nothing later rests on it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from assessment_center.registry import Actor
from assessment_center.workflow import advance
from candidates.services.standing import withdraw_certificate
from certificates.lifecycle import CERTIFICATE, EARLIER
from certificates.models import Certificate, EarlierCertificate


@transaction.atomic
def revoke(
    *, actor: Actor, certificate: Certificate, reason: str, at: datetime | None = None
) -> Certificate:
    """Revoke a certificate; the number stays used and the verification page says so."""
    revoked = advance(
        machine=CERTIFICATE,
        subject=certificate,
        move="revoke",
        actor=actor,
        reason=reason,
        updates={"revoked_reason": reason.strip()[:200], "revoked_at": at or timezone.now()},
        payload={"number": certificate.number},
    )
    withdraw_certificate(actor=actor, number=certificate.number)
    return revoked


@transaction.atomic
def revoke_earlier(
    *, actor: Actor, certificate: EarlierCertificate, reason: str
) -> EarlierCertificate:
    """Revoke a certificate of the time before, or one that the opening list named wrongly."""
    revoked = advance(
        machine=EARLIER,
        subject=certificate,
        move="revoke",
        actor=actor,
        reason=reason,
        updates={"revoked_reason": reason.strip()[:200], "revoked_on": timezone.localdate()},
        payload={"number": certificate.number},
    )
    withdraw_certificate(actor=actor, number=certificate.number)
    return revoked
