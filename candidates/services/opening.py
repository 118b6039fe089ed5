"""What a working centre knew of people before: certificates held, bans, passed subjects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from assessment_center.audit.services import record, record_many
from assessment_center.catalog.models import Job, Occupation
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.holders import enter_holders, key_of
from assessment_center.opening.trades import Trades, level_of
from assessment_center.organization.selectors import rules_on
from assessment_center.people.models import Person
from assessment_center.registry import Actor, Citation
from candidates.models import Ban, HeldCertificate, SubjectPass
from candidates.services.standing import impose_ban

CHUNK = 1000
BANS, PASSES = "candidates.bans", "candidates.passes"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A certificate that the centre issued before its first day here."""

    person: Person
    occupation: Occupation
    job: Job | None
    level: int | None
    number: str
    issued_on: date


@transaction.atomic
def record_certificates(*, actor: Actor, held: Sequence[Earlier]) -> None:
    """Keep certificates of the time before; later applications rest on them as on our own."""
    rows = [
        HeldCertificate(
            person=each.person,
            occupation=each.occupation,
            job=each.job,
            level=each.level,
            number=each.number,
            issued_on=each.issued_on,
        )
        for each in held
    ]
    HeldCertificate.objects.bulk_create(rows, batch_size=CHUNK)
    record_many(
        actor=actor,
        verb="person.certificate",
        subjects=[(each.person.ref, {"number": each.number}) for each in held],
    )


@transaction.atomic
def forget_certificates(*, actor: Actor, numbers: Sequence[str]) -> None:
    """They go with the declaration that brought them; our own stay."""
    rows = HeldCertificate.objects.filter(number__in=numbers, application=None)
    lost = [(row.person.ref, {"number": row.number}) for row in rows.select_related("person")]
    rows.delete()
    record_many(actor=actor, verb="person.forget_certificate", subjects=lost)


def impose_bans(actor: Actor, book: OpeningBook) -> int:
    """Bans that still hold, each resting on the signed declaration (ELIG-90)."""
    rows = book.rows(BANS)
    people = enter_holders(actor=actor, rows=rows)
    rules = rules_on(book.centre, timezone.localdate())
    short = rules.identity.short if rules else ""
    for row in rows:
        values = row.values
        impose_ban(
            actor=actor,
            person=people[key_of(values)],
            starts=values["starts"],
            until=values["until"],
            reason=f"{values['reason']}（{values['decision']}）",
            citations=[Citation(short, values["basis"])],
            source=book.ref,
        )
    return len(rows)


def lift_bans(actor: Actor, book: OpeningBook) -> None:
    """The bans that came with the declaration end with it."""
    rows = Ban.objects.filter(source_kind=book.ref.kind, source_id=book.ref.uuid)
    for ban in rows.select_related("person"):
        facts = {"source": str(book.ref)}
        record(actor=actor, verb="person.lift_ban", subject=ban.person.ref, payload=facts)
    rows.delete()


def grant_passes(actor: Actor, book: OpeningBook) -> int:
    """Subjects passed before that still count (VAL-01)."""
    rows, trades = book.rows(PASSES), Trades()
    people = enter_holders(actor=actor, rows=rows)
    made = []
    for row in rows:
        values = row.values
        occupation, job = trades.find(values)
        assert occupation is not None
        made.append(
            SubjectPass(
                person=people[key_of(values)],
                occupation=occupation,
                job=job,
                level=level_of(values),
                subject_code=values["subject"],
                passed_on=values["passed_on"],
                valid_until=values["valid_until"],
                source_kind=book.ref.kind,
                source_id=book.ref.uuid,
            )
        )
    SubjectPass.objects.bulk_create(made, batch_size=CHUNK)
    record_many(
        actor=actor,
        verb="person.subject_pass",
        subjects=[
            (each.person.ref, {"subject": each.subject_code, "passed_on": str(each.passed_on)})
            for each in made
        ],
    )
    return len(made)


def revoke_passes(_actor: Actor, book: OpeningBook) -> None:
    SubjectPass.objects.filter(source_kind=book.ref.kind, source_id=book.ref.uuid).delete()
