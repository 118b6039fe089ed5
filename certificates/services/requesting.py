"""Asking the authority for certificates (CERT-02): a list of everyone who passed, each once."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.outcomes import require
from certificates.models import CertificateRequest, RequestLine
from certificates.policies import request_allowed
from certificates.selectors import unrequested


@transaction.atomic
def request_certificates(
    *, actor: Actor, batch: AssessmentBatch, invoice: str = "", at: datetime | None = None
) -> CertificateRequest:
    """Put every final, passed result that is not asked for yet on a list for the authority.

    Refuses where the centre makes certificates itself, before the results are final and
    approved, and when nobody is left to ask for. `invoice` is the receipt of the fee paid.
    """
    if not actor.may(Act.CERTIFICATE_ISSUE):
        raise RefusedError(_("您的角色不能申领证书。"))
    locked = AssessmentBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    require(request_allowed(locked))
    results = list(unrequested(locked))
    if not results:
        raise RefusedError(_("没有待申领证书的合格人员。"))
    last = locked.certificate_requests.aggregate(last=Max("number"))["last"] or 0
    made = CertificateRequest.objects.create(
        batch=locked,
        number=last + 1,
        sent_at=at or timezone.now(),
        sent_by_id=actor.user_id,
        invoice=invoice.strip()[:60],
    )
    RequestLine.objects.bulk_create(RequestLine(request=made, result=each) for each in results)
    payload = {"number": made.number, "count": len(results), "invoice": made.invoice}
    record(actor=actor, verb="certificate.request", subject=made.subject, payload=payload)
    return made
