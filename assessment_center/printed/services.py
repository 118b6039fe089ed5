"""Registering what is printed, so that every sheet on paper can be told from an older one."""

import secrets
from uuid import UUID

from django.db import connection, transaction

from assessment_center.audit.services import record
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import Actor, SubjectRef

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10


def new_code() -> str:
    """A code for the sheet's corner without letters that read like figures."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


@transaction.atomic
def register_sheet(
    *,
    actor: Actor,
    form_code: str,
    slug: str,
    title: str,
    subject: SubjectRef,
    content_digest: str,
    batch_id: UUID | None = None,
) -> PrintedSheet:
    """The sheet of this content: the same digest is the same version, a new one the next.

    `content_digest` is 64 hexadecimal digits over what is printed. The older versions of a
    changed sheet are marked out of date.
    """
    _lock(slug, subject)
    sheets = PrintedSheet.objects.filter(
        slug=slug, subject_kind=subject.kind, subject_id=subject.uuid
    )
    last = sheets.order_by("-version").first()
    if last is not None and last.digest == content_digest:
        if last.is_outdated:
            last.is_outdated = False
            last.save(update_fields=["is_outdated"])
        return last
    sheets.filter(is_outdated=False).update(is_outdated=True)
    sheet = PrintedSheet.objects.create(
        form_code=form_code,
        slug=slug,
        title=title[:160],
        code=new_code(),
        version=last.version + 1 if last else 1,
        subject_kind=subject.kind,
        subject_id=subject.uuid,
        batch_id=batch_id,
        digest=content_digest,
        printed_by=actor.user_id,
    )
    payload = {"form": form_code, "code": sheet.code, "version": sheet.version}
    record(actor=actor, verb="sheet.print", subject=subject, payload=payload)
    return sheet


def _lock(slug: str, subject: SubjectRef) -> None:
    """One printing of one sheet at a time; the sheet itself may not exist yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"sheet:{slug}:{subject}"]
        )


@transaction.atomic
def mark_outdated(*, subject: SubjectRef, slug: str = "") -> int:
    """What stood behind these sheets has changed; returns how many are now out of date."""
    sheets = PrintedSheet.objects.filter(
        subject_kind=subject.kind, subject_id=subject.uuid, is_outdated=False
    )
    if slug:
        sheets = sheets.filter(slug=slug)
    return sheets.update(is_outdated=True)
