"""A certificate got by fraud is revoked with the decision (REG-16)."""

from assessment_center.registry import Actor
from candidates.models import Application, FraudCase
from candidates.seams import fraud_consequences
from certificates.enums import CertificateStatus
from certificates.models import Certificate
from certificates.services.revoking import revoke

OUT = (CertificateStatus.ISSUED, CertificateStatus.HANDED_OUT)


def revoke_certificate(actor: Actor, case: FraudCase, application: Application) -> None:
    """Revoke what was issued; one merely numbered can no longer be issued."""
    if "revoke_certificate" not in case.effects:
        return
    found = Certificate.objects.filter(application=application, status__in=OUT).first()
    if found is not None:
        revoke(actor=actor, certificate=found, reason=f"{case.act}：{case.consequence}"[:200])


fraud_consequences.register("certificates.revoke", revoke_certificate, order=20)
