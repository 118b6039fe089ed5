"""What later stages hand down: bans, passed subjects, certificates."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.people.models import Person
from assessment_center.registry import Actor, Citation, RefusedError, SubjectRef
from candidates.models import Application, Ban, HeldCertificate, SubjectPass


@transaction.atomic
def impose_ban(
    *,
    actor: Actor,
    person: Person,
    starts: date,
    until: date | None,
    reason: str,
    citations: Iterable[Citation],
    source: SubjectRef,
) -> Ban:
    """Refuse this person's applications from `starts`; without `until` to graduation (ELIG-90).

    The same decision bans once, however often it is handed down.
    """
    if until is not None and until < starts:
        raise RefusedError(_("禁考的止日不能早于起日。"))
    cited = tuple(citations)
    ban, created = Ban.objects.get_or_create(
        person=person,
        source_kind=source.kind,
        source_id=source.uuid,
        defaults={
            "starts": starts,
            "until": until,
            "reason": reason[:300],
            "citations": [str(citation) for citation in cited],
            "rulebook": cited[0].rulebook if cited else "",
        },
    )
    if created:
        record(
            actor=actor,
            verb="person.ban",
            subject=person.subject,
            payload={
                "from": starts.isoformat(),
                "until": until.isoformat() if until else None,
                "source": str(source),
                "cited": ban.citations,
            },
        )
    return ban


@transaction.atomic
def grant_subject_pass(
    *,
    actor: Actor,
    application: Application,
    subject: str,
    passed_on: date,
    valid_until: date | None,
    source: SubjectRef,
) -> SubjectPass:
    """Keep that a subject was passed, until when it counts (VAL-01); once per application."""
    if subject not in application.subjects:
        raise RefusedError(_("这份申报没有报考该科目。"))
    passed, created = SubjectPass.objects.get_or_create(
        application=application,
        subject_code=subject,
        defaults={
            "person_id": application.person_id,
            "occupation_id": application.occupation_id,
            "job_id": application.job_id,
            "level": application.level,
            "passed_on": passed_on,
            "valid_until": valid_until,
            "source_kind": source.kind,
            "source_id": source.uuid,
        },
    )
    if created:
        record(
            actor=actor,
            verb="application.subject_pass",
            subject=application.subject,
            payload={"subject": subject, "passed_on": passed_on.isoformat()},
        )
    return passed


@transaction.atomic
def withdraw_certificate(*, actor: Actor, number: str) -> None:
    """A revoked certificate is no longer held: no later application may rest on it."""
    held = HeldCertificate.objects.filter(number=number).select_related("person").first()
    if held is None:
        return
    record(
        actor=actor,
        verb="person.withdraw_certificate",
        subject=held.person.ref,
        payload={"number": number},
    )
    held.delete()


@transaction.atomic
def record_certificate(
    *, actor: Actor, application: Application, number: str, issued_on: date
) -> HeldCertificate:
    """Keep that this centre issued a certificate; later applications rest on it."""
    found = HeldCertificate.objects.filter(application=application).first()
    if found is not None and found.number == number:
        return found
    try:
        with transaction.atomic():
            held = HeldCertificate.objects.create(
                person_id=application.person_id,
                occupation_id=application.occupation_id,
                job_id=application.job_id,
                level=application.level,
                number=number,
                issued_on=issued_on,
                application=application,
            )
    except IntegrityError as clash:
        raise RefusedError(_("这份申报或这个证书编号已登记过证书。")) from clash
    record(
        actor=actor,
        verb="application.certificate",
        subject=application.subject,
        payload={"number": number, "issued_on": issued_on.isoformat()},
    )
    return held
