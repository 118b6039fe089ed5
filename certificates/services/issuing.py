"""Issuing and handing out."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from candidates.enums import ApplicationStatus
from candidates.services.standing import record_certificate
from certificates.documents.face import face_of, render
from certificates.enums import CertificateStatus
from certificates.keys import signing_key
from certificates.lifecycle import CERTIFICATE
from certificates.models import Certificate
from certificates.rules.token import CertificateFacts, sign
from certificates.selectors import certificates_of
from certificates.services.numbering import assign_numbers


def _no_progress(_done: int, _total: int) -> None:
    return None


def issue_batch(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    on: date,
    progress: Callable[[int, int], None] = _no_progress,
) -> int:
    """Number what is not numbered and issue what is not issued; returns how many were issued.

    Each certificate is issued in a transaction of its own: interrupted, the next run goes on
    where this one stopped, and no number is given twice. The day of numbered certificates must
    lie in the year of their numbers.
    """
    assign_numbers(actor=actor, batch=batch, on=on)
    waiting = list(
        certificates_of(batch).filter(
            status=CertificateStatus.NUMBERED, application__status=ApplicationStatus.CONFIRMED
        )
    )
    for done, certificate in enumerate(waiting, start=1):
        certificate.batch = batch
        issue(actor=actor, certificate=certificate, on=on)
        progress(done, len(waiting))
    return len(waiting)


@transaction.atomic
def issue(*, actor: Actor, certificate: Certificate, on: date) -> Certificate:
    """Fix the face, sign the code, print the PDF and set the date (CERT-03, CERT-23).

    Raises `RefusedError` when the certificate is not merely numbered, when the number belongs to
    another year, or when a character of the name cannot be printed (it says whose and which).
    """
    if not actor.may(Act.CERTIFICATE_ISSUE):
        raise RefusedError(_("您的角色不能发证。"))
    locked = Certificate.objects.select_for_update(of=("self",))
    now = locked.values_list("status", "series__year", "application__status")
    status, year, standing = now.get(pk=certificate.pk)
    certificate.status = status
    if standing != ApplicationStatus.CONFIRMED:
        raise RefusedError(_("这份申报已取消，不能发证。"))
    if status == CertificateStatus.NUMBERED and year != on.year:
        raise RefusedError(
            _("编号 %(number)s 属于 %(year)s 年，发证日期须在同一年。")
            % {"number": certificate.number, "year": year}
        )
    face = face_of(certificate)
    token = sign(_facts(face, on), signing_key())
    certificate.face, certificate.token, certificate.issued_on = face, token, on
    try:
        data = render([certificate], site=settings.SITE_URL)
    except pdf.GlyphMissing as missing:
        raise RefusedError(str(missing), remedy=_("请联系系统管理员补充字库。")) from missing
    issued = advance(
        machine=CERTIFICATE,
        subject=certificate,
        move="issue",
        actor=actor,
        updates={
            "face": face,
            "token": token,
            "issued_on": on,
            "digest": hashlib.sha256(data).hexdigest(),
            "pdf": _keep(certificate, data) if status == CertificateStatus.NUMBERED else "",
            "issued_by_id": actor.user_id,
        },
        payload={"number": certificate.number, "issued_on": on.isoformat()},
    )
    record_certificate(
        actor=actor, application=certificate.application, number=certificate.number, issued_on=on
    )
    return issued


def _facts(face: dict[str, str], on: date) -> CertificateFacts:
    keys = ("number", "name", "id_masked", "occupation", "job", "level", "centre")
    return CertificateFacts(issued_on=on, **{key: face[key] for key in keys})


def _keep(certificate: Certificate, data: bytes) -> str:
    """Write the file under the certificate's own name; one left by a broken run is replaced."""
    storage, field = certificate.pdf.storage, certificate.pdf.field
    name = field.generate_filename(certificate, f"{certificate.pk}.pdf")
    storage.delete(name)
    return str(storage.save(name, ContentFile(data)))


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
        updates={"handed_to": to.strip()[:80], "handed_out_at": at or timezone.now()},
        payload={"to": to.strip()[:80]},
    )
