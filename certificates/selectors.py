"""Reading certificates."""

from django.db.models import QuerySet

from assessment_center.batches.models import AssessmentBatch
from certificates.enums import CertificateStatus
from certificates.models import Certificate
from scoring.models import FinalResult
from scoring.selectors import passed

OUT = (CertificateStatus.ISSUED, CertificateStatus.HANDED_OUT, CertificateStatus.REVOKED)


def unnumbered(batch: AssessmentBatch) -> QuerySet[FinalResult]:
    """Final, passed results that have no certificate yet, in the order of their numbers."""
    return (
        passed(batch)
        .filter(certificate=None)
        .select_related("application__offering", "application__person")
        .order_by("application__number")
    )


def certificates_of(batch: AssessmentBatch) -> QuerySet[Certificate]:
    return (
        Certificate.objects.filter(batch=batch)
        .select_related(
            "application__person", "application__offering__occupation", "application__offering__job"
        )
        .order_by("number")
    )


def by_number(number: str) -> Certificate | None:
    """An issued certificate of this number; a number that is merely given is not public."""
    return (
        Certificate.objects.filter(number=number.strip().upper(), status__in=OUT)
        .select_related("application__person", "batch__centre")
        .first()
    )
