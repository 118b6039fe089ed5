"""Reading certificates."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from assessment_center.accounts.models import User
from assessment_center.batches.enums import BatchStatus, ReportStatus
from assessment_center.batches.models import AssessmentBatch, AuthorityReport
from assessment_center.catalog.labels import LEVEL_LABELS, NO_LEVEL_LABEL
from assessment_center.organization.models import AssessmentCentre
from assessment_center.people.selectors import by_full_number, search
from candidates.models import Application
from certificates.enums import BLANKS_IN, UPLOAD, CertificateStatus, Origin
from certificates.models import (
    BlankMovement,
    Certificate,
    CertificateDelivery,
    CertificateRequest,
    EarlierCertificate,
    RequestLine,
)
from scoring.enums import ResultStatus
from scoring.models import FinalResult
from scoring.selectors import passed

S = CertificateStatus
OUT = (S.ISSUED, S.HANDED_OUT, S.REVOKED)
PEOPLE_SHOWN = 500


def unnumbered(batch: AssessmentBatch) -> QuerySet[FinalResult]:
    """Final, passed results that have no certificate yet, in the order of their numbers."""
    return (
        passed(batch)
        .filter(certificate=None)
        .select_related(
            "application__offering__occupation",
            "application__offering__job",
            "application__person",
        )
        .order_by("application__number")
    )


def unrequested(batch: AssessmentBatch) -> QuerySet[FinalResult]:
    """Final, passed results that the authority has not been asked about."""
    return unnumbered(batch).filter(certificate_line=None)


def requests_of(batch: AssessmentBatch) -> QuerySet[CertificateRequest]:
    """The lists sent to the authority, with how many they named and how many came back."""
    return (
        CertificateRequest.objects.filter(batch=batch)
        .select_related("sent_by", "batch__centre")
        .annotate(asked=Count("lines"), came=Count("lines__certificate"))
        .order_by("number")
    )


def _lines() -> QuerySet[RequestLine]:
    return RequestLine.objects.select_related(
        "result__application__person",
        "result__application__ticket",
        "result__application__offering__occupation",
        "result__application__offering__job",
    ).order_by("result__application__number")


def lines_of(request: CertificateRequest) -> QuerySet[RequestLine]:
    return _lines().filter(request=request)


def awaited(batch: AssessmentBatch) -> QuerySet[RequestLine]:
    """People asked for whose certificate has not come."""
    return _lines().filter(request__batch=batch, certificate=None)


def deliveries_of(batch: AssessmentBatch) -> QuerySet[CertificateDelivery]:
    return CertificateDelivery.objects.filter(batch=batch).select_related("received_by")


def own_files(batch: AssessmentBatch) -> QuerySet[Certificate]:
    """Issued certificates that the centre itself made, and so has the file of."""
    return issued_of(batch).filter(origin=Origin.OWN)


def all_certificates() -> QuerySet[Certificate]:
    """Certificates with all that a page or a print shows of them."""
    return Certificate.objects.select_related(
        "application__person",
        "application__offering__occupation",
        "application__offering__job",
        "basis",
        "issued_by",
        "batch__centre",
        "batch__rulebook_version",
    ).order_by("number")


def certificates_of(batch: AssessmentBatch) -> QuerySet[Certificate]:
    return all_certificates().filter(batch=batch)


def issued_of(batch: AssessmentBatch) -> QuerySet[Certificate]:
    return certificates_of(batch).filter(status__in=OUT)


def counts(batch: AssessmentBatch) -> dict[str, int]:
    """How many passed, were numbered, issued, handed out and revoked (each includes the later)."""
    told = Certificate.objects.filter(batch=batch).aggregate(
        numbered=Count("id"),
        issued=Count("id", filter=Q(status__in=OUT)),
        handed_out=Count("id", filter=Q(handed_out_at__isnull=False)),
        revoked=Count("id", filter=Q(status=S.REVOKED)),
    )
    return {"passed": passed(batch).count(), **told}


def final_day(batch: AssessmentBatch) -> date | None:
    """The day the last of the passed results became final; no certificate is older."""
    last = passed(batch).aggregate(at=Max("final_at"))["at"]
    return timezone.localdate(last) if last else None


def results_final(batch: AssessmentBatch) -> bool:
    """Whether the results of the batch are final, whoever passed."""
    return FinalResult.objects.filter(batch=batch, status=ResultStatus.FINAL).exists()


def issue_day(batch: AssessmentBatch) -> date | None:
    """The day of the latest certificate of the batch."""
    last: date | None = Certificate.objects.filter(batch=batch).aggregate(d=Max("issued_on"))["d"]
    return last


def ledger(words: str) -> QuerySet[Certificate]:
    """All certificates, or those of a number, a name, pinyin, initials or an ID number."""
    return (
        all_certificates()
        .filter(_named(words, "application__person"))
        .order_by("-created_at", "number")
    )


def earlier_ledger(words: str) -> QuerySet[EarlierCertificate]:
    """The same search among the certificates of the time before, the latest first."""
    found = earlier_certificates().filter(_named(words, "person"))
    return found.order_by("-issued_on", "number")


def _named(words: str, person: str) -> Q:
    text = words.strip()
    if not text:
        return Q()
    named = search(text) | by_full_number(text)
    people = list(named.values_list("pk", flat=True)[:PEOPLE_SHOWN])
    return (
        Q(number__istartswith=text)
        | Q(number__endswith=text.upper())
        | Q(**{f"{person}__in": people})
    )


def by_number(number: str) -> Certificate | None:
    """An issued certificate of this number; a number that is merely given is not public."""
    return all_certificates().filter(number=number.strip().upper(), status__in=OUT).first()


def by_digest(digest: str) -> Certificate | None:
    return all_certificates().filter(digest=digest, status__in=OUT).first()


def of_lookups(keys: Sequence[bytes]) -> Sequence[Certificate]:
    """The issued certificates of the holder of a document, by the keyed hashes of its number."""
    return list(all_certificates().filter(application__person__id_lookup__in=keys, status__in=OUT))


def earlier_certificates() -> QuerySet[EarlierCertificate]:
    """Certificates of the time before the centre's first day here."""
    return EarlierCertificate.objects.select_related(
        "person", "centre", "occupation", "job", "opening"
    ).order_by("number")


def earlier_by_number(number: str) -> EarlierCertificate | None:
    return earlier_certificates().filter(number=number.strip().upper()).first()


def earlier_of_lookups(keys: Sequence[bytes]) -> list[EarlierCertificate]:
    return list(earlier_certificates().filter(person__id_lookup__in=keys))


def known_numbers(numbers: Iterable[str]) -> set[str]:
    """Those of the numbers that a certificate bears already, of ours or of the time before."""
    wanted = list(numbers)
    rows = (
        model._default_manager.filter(number__in=wanted).values_list("number", flat=True)  # noqa: SLF001
        for model in (Certificate, EarlierCertificate)
    )
    return {number for found in rows for number in found}


def blank_balance(centre: AssessmentCentre) -> list[tuple[str, int]]:
    """How many blanks of each kind lie in the cupboard: what came less what went (CERT-27)."""
    came = Sum("count", filter=Q(kind__in=[each.value for each in BLANKS_IN]), default=0)
    went = Sum("count", filter=~Q(kind__in=[each.value for each in BLANKS_IN]), default=0)
    rows = BlankMovement.objects.filter(centre=centre).values_list("blank").order_by("blank")
    return list(rows.annotate(left=came - went))


def own_certificate(user: User, application: UUID) -> Certificate | None:
    """The issued certificate of the person who signed in; nobody else's can be found here."""
    return (
        all_certificates()
        .filter(
            application=application,
            application__person__user=user,
            status__in=OUT,
            origin=Origin.OWN,
        )
        .first()
    )


def certificate_of(application: Application) -> Certificate | None:
    return Certificate.objects.filter(application=application).first()


def results_approved(batch: AssessmentBatch) -> bool:
    """Whether the authority has approved the results of the batch."""
    return batch.reports.filter(kind="results", status=ReportStatus.APPROVED).exists()


def upload_of(batch: AssessmentBatch) -> AuthorityReport | None:
    """The report by which the certificate data went to the national query system.

    One that came back does not count: the corrected data are reported anew.
    """
    sent = batch.reports.filter(kind=UPLOAD).exclude(submitted_at=None)
    return sent.exclude(status=ReportStatus.RETURNED).first()


def by_level() -> list[tuple[str, float]]:
    """Certificates issued this year by level, the highest last; revoked ones are left out."""
    rows = (
        Certificate.objects.filter(
            status__in=(S.ISSUED, S.HANDED_OUT), issued_on__year=timezone.localdate().year
        )
        .values_list("application__offering__level")
        .annotate(n=Count("id"))
        .order_by(F("application__offering__level").desc(nulls_first=True))
    )
    return [(str(LEVEL_LABELS.get(level, NO_LEVEL_LABEL)), float(n)) for level, n in rows]


def waiting_batches() -> list[tuple[AssessmentBatch, int]]:
    """Batches in which somebody passed whose certificate is not issued, and how many."""
    rows = (
        FinalResult.objects.filter(status=ResultStatus.FINAL, passed=True)
        .exclude(certificate__status__in=OUT)
        .exclude(batch__status__in=(BatchStatus.COMPLETED, BatchStatus.ARCHIVED))
        .values_list("batch")
        .annotate(n=Count("id"))
    )
    left = dict(rows)
    found = AssessmentBatch.objects.filter(pk__in=left).order_by("exam_ends", "code")
    return [(batch, left[batch.pk]) for batch in found]


def to_hand_out() -> int:
    """How many issued certificates nobody has collected yet."""
    return Certificate.objects.filter(status=S.ISSUED).count()
