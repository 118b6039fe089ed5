"""Issuing, handing out and revoking."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from candidates.services.standing import record_certificate
from certificates.documents import face_of, render
from certificates.enums import CertificateStatus
from certificates.keys import signing_key
from certificates.lifecycle import CERTIFICATE
from certificates.models import Certificate
from certificates.rules.token import CertificateFacts, sign
from certificates.selectors import certificates_of
from certificates.services.numbering import assign_numbers


def issue_batch(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    on: date,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Number what is not numbered and issue what is not issued; returns how many were issued.

    Each certificate is issued in a transaction of its own: interrupted, the next run goes on
    where this one stopped, and no number is given twice.
    """
    assign_numbers(actor=actor, batch=batch, on=on)
    waiting = list(certificates_of(batch).filter(status=CertificateStatus.NUMBERED))
    for done, certificate in enumerate(waiting, start=1):
        certificate.batch = batch
        issue(actor=actor, certificate=certificate, on=on)
        progress(done, len(waiting))
    return len(waiting)


@transaction.atomic
def issue(*, actor: Actor, certificate: Certificate, on: date) -> Certificate:
    """Fix the face, sign the code, print the PDF and set the date (CERT-03, CERT-23).

    Raises `GlyphMissing` naming the person if a character cannot be printed, and
    `RefusedError` when the certificate is not merely numbered.
    """
    certificate.face = face_of(certificate)
    certificate.issued_on = on
    face = certificate.face
    certificate.token = sign(
        CertificateFacts(
            number=face["number"],
            name=face["name"],
            id_masked=face["id_masked"],
            occupation=face["occupation"],
            job=face["job"],
            level=face["level"],
            issued_on=on,
            centre=face["centre"],
        ),
        signing_key(),
    )
    data = render([certificate], site=settings.SITE_URL)
    name = certificate.pdf.field.generate_filename(certificate, f"{certificate.id}.pdf")
    stored = certificate.pdf.storage.save(name, ContentFile(data))
    issued = advance(
        machine=CERTIFICATE,
        subject=certificate,
        move="issue",
        actor=actor,
        updates={
            "face": certificate.face,
            "token": certificate.token,
            "issued_on": on,
            "digest": hashlib.sha256(data).hexdigest(),
            "pdf": stored,
            "issued_by_id": actor.user_id,
        },
        payload={"number": certificate.number},
    )
    record_certificate(
        actor=actor, application=certificate.application, number=certificate.number, issued_on=on
    )
    return issued


@transaction.atomic
def hand_out(
    *, actor: Actor, certificate: Certificate, to: str, at: datetime | None = None
) -> Certificate:
    """Record who received the certificate and when (CERT-26, F-703)."""
    if not to.strip():
        raise RefusedError(_("请填写领取人姓名。"))
    return advance(
        machine=CERTIFICATE,
        subject=certificate,
        move="hand_out",
        actor=actor,
        updates={"handed_to": to.strip(), "handed_out_at": at or timezone.now()},
        payload={"to": to.strip()},
    )


@transaction.atomic
def revoke(*, actor: Actor, certificate: Certificate, reason: str) -> Certificate:
    """Revoke a certificate; the number stays used and the verification page says so."""
    return advance(
        machine=CERTIFICATE,
        subject=certificate,
        move="revoke",
        actor=actor,
        reason=reason,
        updates={"revoked_reason": reason[:200]},
    )
