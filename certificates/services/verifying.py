"""The public's question whether a certificate is genuine; answers give nothing to guess from."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.organization.selectors import rules_on
from assessment_center.people import crypto
from assessment_center.people.models import Person
from assessment_center.people.rules.id_document import normalise
from assessment_center.registry import RefusedError
from assessment_center.rulebooks.rules.settings_fields import Settings
from certificates.enums import CertificateStatus, Origin
from certificates.keys import public_key
from certificates.models import Certificate, EarlierCertificate, VerifyTries
from certificates.rules.token import TokenError, bare, verify
from certificates.selectors import (
    by_digest,
    by_number,
    earlier_by_number,
    earlier_of_lookups,
    of_lookups,
)

WINDOW = timedelta(minutes=15)
MAX_QUERIES = 60
MIN_FACTS = 2


class Answer(StrEnum):
    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the public is told; an unknown certificate and a mismatch look alike.

    `outside`: the authority made it; this centre vouches for the examination alone, and
    `queries` says where the certificate itself is asked for.
    """

    answer: Answer
    face: dict[str, str] | None = None
    issued_on: date | None = None
    revoked_on: date | None = None
    queries: tuple[str, ...] = ()
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Facts as asked; at least two of the three (CERT-35)."""

    number: str = ""
    name: str = ""
    id_number: str = ""

    @property
    def given(self) -> int:
        return sum(bool(each.strip()) for each in (self.number, self.name, self.id_number))


UNKNOWN = Verdict(Answer.UNKNOWN)


def verdict_of(certificate: Certificate) -> Verdict:
    revoked = certificate.status == CertificateStatus.REVOKED
    when = certificate.revoked_at
    queries = certificate.batch.rules.settings.query_urls
    return Verdict(
        Answer.REVOKED if revoked else Answer.VALID,
        certificate.face,
        certificate.issued_on,
        timezone.localdate(when) if revoked and when else None,
        tuple(queries.value) if queries else (),
        certificate.origin == Origin.AUTHORITY,
    )


def verdict_of_earlier(certificate: EarlierCertificate) -> Verdict:
    """One of the time before: its face is on file, there is no code or file of ours to compare."""
    revoked = certificate.status == CertificateStatus.REVOKED
    settings = _settings_of(certificate)
    queries = settings.query_urls if settings else None
    return Verdict(
        Answer.REVOKED if revoked else Answer.VALID,
        certificate.face,
        certificate.issued_on,
        certificate.revoked_on,
        tuple(queries.value) if queries else (),
    )


def _settings_of(certificate: EarlierCertificate) -> Settings | None:
    rules = rules_on(certificate.centre, timezone.localdate())
    return rules.settings if rules else None


def _squeezed(name: str) -> str:
    return "".join(name.split()).replace("•", "·")


def _fits(certificate: Certificate, query: Query, lookups: list[bytes]) -> bool:
    """Every given fact agrees, and as many are given as the rulebook of the batch asks for."""
    wanted = certificate.batch.rules.settings.query_min_facts
    enough = query.given >= max(MIN_FACTS, wanted.value if wanted else 0)
    return enough and _agrees(certificate, certificate.application.person, query, lookups)


def _earlier_fits(certificate: EarlierCertificate, query: Query, lookups: list[bytes]) -> bool:
    """The same, by the rulebook that the centre is filed under today."""
    settings = _settings_of(certificate)
    wanted = settings.query_min_facts if settings else None
    enough = query.given >= max(MIN_FACTS, wanted.value if wanted else 0)
    return enough and _agrees(certificate, certificate.person, query, lookups)


def _agrees(
    certificate: Certificate | EarlierCertificate,
    person: Person,
    query: Query,
    lookups: list[bytes],
) -> bool:
    number = query.number.strip().upper()
    return (
        (not number or certificate.number == number)
        and (not query.name.strip() or _squeezed(certificate.face["name"]) == _squeezed(query.name))
        and (not lookups or any(hmac.compare_digest(bytes(person.id_lookup), k) for k in lookups))
    )


def verify_facts(*, query: Query, address: str) -> list[Verdict]:
    """The certificates that agree with all given facts; empty for unknown and mismatched alike.

    Refuses fewer than two facts, and an address that asks too often (CERT-35).
    """
    if query.given < MIN_FACTS:
        raise RefusedError(_("请填写证书编号、姓名、证件号码中的至少两项。"))
    count_query(address=address)
    given_id = query.id_number.strip()
    lookups = crypto.lookups(normalise(given_id)) if given_id else []
    if query.number.strip():
        own, before = by_number(query.number), earlier_by_number(query.number)
        found, earlier = [own] if own else [], [before] if before else []
    else:
        found, earlier = list(of_lookups(lookups)), earlier_of_lookups(lookups)
    return [
        *(verdict_of(each) for each in found if _fits(each, query, lookups)),
        *(verdict_of_earlier(each) for each in earlier if _earlier_fits(each, query, lookups)),
    ]


def verify_text(*, text: str) -> Verdict:
    """A scanned code: its signature, then what has become of the certificate since.

    A genuine signature over facts that are not (or no longer) those on file is unknown too.
    """
    try:
        facts = verify(bare(text), public_key())
    except TokenError:
        return UNKNOWN
    certificate = by_number(facts.number)
    if certificate is None or certificate.token != bare(text):
        return UNKNOWN
    return verdict_of(certificate)


def verify_file(*, content: bytes) -> Verdict:
    """A file is genuine only if it is byte for byte the one that was issued."""
    certificate = by_digest(hashlib.sha256(content).hexdigest())
    return verdict_of(certificate) if certificate else UNKNOWN


@transaction.atomic
def count_query(*, address: str) -> None:
    """Count one query under a row lock; refuses beyond `MAX_QUERIES` in a quarter of an hour.

    The address is kept as a keyed hash only, and for half an hour at most.
    """
    now = timezone.now()
    key = hmac.digest(settings.ADDRESS_KEY, b"verify" + address.encode(), "sha256")
    VerifyTries.objects.filter(since__lt=now - 2 * WINDOW).exclude(key=key).delete()
    locked = VerifyTries.objects.select_for_update()
    row, _new = locked.get_or_create(key=key, defaults={"since": now})
    if row.since + WINDOW <= now:
        row.since, row.count = now, 0
    if row.count >= MAX_QUERIES:
        raise RefusedError(_("查询太频繁，请稍后再试。"), remedy=_("扫描证书上的二维码不受限制。"))
    row.count += 1
    row.save(update_fields=["since", "count"])
