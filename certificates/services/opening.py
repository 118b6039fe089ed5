"""Taking over what two people signed for the first day, and taking it back before it is used."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.catalog.labels import LEVEL_LABELS
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.holders import enter_holders, key_of
from assessment_center.opening.trades import Trades, level_of
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import rules_on
from assessment_center.people.models import Person
from assessment_center.registry import ALLOWED, Actor, Outcome, Refused
from assessment_center.registry.language import in_chinese
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.settings_fields import (
    DEFAULT_CERTIFICATE_TITLE,
    DEFAULT_EMPTY_JOB_MARK,
)
from assessment_center.spreadsheets import Row
from candidates.labels import ID_KIND_LABELS
from candidates.services.opening import Earlier, forget_certificates, record_certificates
from certificates.enums import BlankMove, CertificateStatus
from certificates.models import BlankMovement, Certificate, EarlierCertificate, NumberSeries
from certificates.opening_checks import range_of

CHUNK = 1000
SERIALS, ISSUED, BLANKS = "certificates.serials", "certificates.issued", "certificates.blanks"


def changeable(centre: AssessmentCentre) -> Outcome:
    """Until the first certificate is numbered here or came from the authority."""
    if Certificate.objects.filter(batch__centre=centre).exists():
        return Refused(
            _("已发出第一份证书，期初数据不能再改动。"), remedy=_("登错的证书请在证书台账注销。")
        )
    return ALLOWED


def _told(actor: Actor, book: OpeningBook, kind: str, count: int) -> int:
    payload = {"kind": kind, "count": count}
    record(actor=actor, verb="opening.apply", subject=book.ref, payload=payload)
    return count


def start_series(actor: Actor, book: OpeningBook) -> int:
    """Every series goes on after the last serial that was given before (CERT-18)."""
    rows = book.rows(SERIALS)
    for row in rows:
        values = row.values
        NumberSeries.objects.update_or_create(
            filing_number=values["filing"].upper(),
            year=values["year"],
            level=values["level"],
            defaults={
                "centre": book.centre,
                "opening_serial": values["last_serial"],
                "last_serial": values["last_serial"],
            },
        )
    return _told(actor, book, SERIALS, len(rows))


def reset_series(_actor: Actor, book: OpeningBook) -> None:
    """The series stand at nothing again; the database allows it only while none was drawn from."""
    for row in book.rows(SERIALS):
        series = NumberSeries.objects.filter(
            filing_number=row.values["filing"].upper(),
            year=row.values["year"],
            level=row.values["level"],
        )
        series.update(opening_serial=0, last_serial=0)


def enter_certificates(actor: Actor, book: OpeningBook) -> int:
    """The public finds them, and valid ones count as held by their people (CERT-35)."""
    rows = book.rows(ISSUED)
    people, trades = enter_holders(actor=actor, rows=rows), Trades()
    rules = rules_on(book.centre, timezone.localdate())
    made = [_certificate(book, row, people[key_of(row.values)], trades, rules) for row in rows]
    EarlierCertificate.objects.bulk_create(made, batch_size=CHUNK)
    valid = [each for each in made if each.status == CertificateStatus.ISSUED]
    held = [Earlier(e.person, e.occupation, e.job, e.level, e.number, e.issued_on) for e in valid]
    record_certificates(actor=actor, held=held)
    return _told(actor, book, ISSUED, len(made))


def _certificate(
    book: OpeningBook, row: Row, person: Person, trades: Trades, rules: Rulebook | None
) -> EarlierCertificate:
    values = row.values
    occupation, job = trades.find(values)
    assert occupation is not None
    made = EarlierCertificate(
        centre=book.centre,
        opening=book.declaration,
        person=person,
        occupation=occupation,
        job=job,
        level=level_of(values),
        number=values["number"].upper(),
        issued_on=values["issued_on"],
        status=values["status"],
        revoked_on=values["revoked_on"],
        revoked_reason=values["revoked_reason"] or "",
    )
    made.face = _face(made, rules)
    return made


@in_chinese
def _face(made: EarlierCertificate, rules: Rulebook | None) -> dict[str, Any]:
    """What the public is told, in the words of the rulebook now in force."""
    settings = rules.settings if rules else None
    words = settings.level_label.value if settings and settings.level_label else {}
    title = settings.certificate_title if settings else DEFAULT_CERTIFICATE_TITLE
    no_job = settings.empty_job_mark if settings else DEFAULT_EMPTY_JOB_MARK
    level, person = made.level, made.person
    return {
        "title": title.value,
        "name": person.name,
        "id_type": str(ID_KIND_LABELS.get(person.id_kind, person.id_kind)),
        "id_masked": person.id_masked,
        "occupation": made.occupation.name,
        "job": made.job.name if made.job else no_job.value,
        "level": (words.get(level) or str(LEVEL_LABELS[level])) if level else "",
        "number": made.number,
        "centre": made.centre.name,
        "grade": "",
        "maker": made.centre.name,
    }


def remove_certificates(actor: Actor, book: OpeningBook) -> None:
    """They leave again with the declaration that brought them."""
    found = EarlierCertificate.objects.filter(opening=book.declaration)
    forget_certificates(actor=actor, numbers=list(found.values_list("number", flat=True)))
    found.delete()


def stock_blanks(actor: Actor, book: OpeningBook) -> int:
    """The counted blanks are the first rows of the stock ledger (CERT-27)."""
    rows = book.rows(BLANKS)
    BlankMovement.objects.bulk_create([_blank(actor, book, row) for row in rows], batch_size=CHUNK)
    return _told(actor, book, BLANKS, len(rows))


def _blank(actor: Actor, book: OpeningBook, row: Row) -> BlankMovement:
    found = range_of(row.values)
    numbered: dict[str, Any] = (
        {"prefix": found.prefix, "width": found.width, "first": found.first, "last": found.last}
        if found
        else {}
    )
    return BlankMovement(
        centre=book.centre,
        kind=BlankMove.OPENING,
        blank=row.values["blank"],
        count=row.values["count"],
        moved_on=row.values["counted_on"],
        note=row.values["note"] or "",
        opening=book.declaration,
        recorded_by_id=actor.user_id,
        **numbered,
    )


def unstock_blanks(_actor: Actor, book: OpeningBook) -> None:
    BlankMovement.objects.filter(opening=book.declaration).delete()
