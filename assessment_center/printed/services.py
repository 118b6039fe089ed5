"""Registering what is printed, so that every sheet on paper can be told from an older one."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from assessment_center.audit.services import record, record_many
from assessment_center.printed.models import PrintedSheet
from assessment_center.registry import Actor, SubjectRef

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 10
LOT = 2000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A sheet to be registered: what it is, whose, and the digest of what is printed on it."""

    form_code: str
    slug: str
    title: str
    subject: SubjectRef
    digest: str

    @property
    def key(self) -> tuple[str, str, UUID]:
        return self.slug, self.subject.kind, self.subject.uuid


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
    _lock(slug, batch_id, subject)
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


@transaction.atomic
def register_sheets(
    *,
    actor: Actor,
    form: tuple[str, str, str],
    kind: str,
    wanted: Mapping[UUID, str],
    batch_id: UUID | None = None,
) -> dict[UUID, PrintedSheet]:
    """`register_sheet` for many subjects of one `kind` (their digests by key) in few statements.

    `form` is code, slug and title.
    """
    code, slug, title = form
    _lock(slug, batch_id, *(SubjectRef(kind, key) for key in wanted))
    sheets = PrintedSheet.objects.filter(slug=slug, subject_kind=kind, subject_id__in=wanted)
    last = {each.subject_id: each for each in sheets.order_by("version")}
    same = {key: last[key] for key in wanted if key in last and last[key].digest == wanted[key]}
    revived = [each for each in same.values() if each.is_outdated]
    for each in revived:
        each.is_outdated = False
    PrintedSheet.objects.bulk_update(revived, ["is_outdated"])
    changed = [key for key in wanted if key not in same]
    sheets.filter(subject_id__in=changed, is_outdated=False).update(is_outdated=True)
    made = PrintedSheet.objects.bulk_create(
        PrintedSheet(
            form_code=code,
            slug=slug,
            title=title[:160],
            code=new_code(),
            version=last[key].version + 1 if key in last else 1,
            subject_kind=kind,
            subject_id=key,
            batch_id=batch_id,
            digest=wanted[key],
            printed_by=actor.user_id,
        )
        for key in changed
    )
    told = ({"form": code, "code": each.code, "version": each.version} for each in made)
    subjects = [SubjectRef(kind, each.subject_id) for each in made]
    record_many(actor=actor, verb="sheet.print", subjects=zip(subjects, told, strict=True))
    return same | {each.subject_id: each for each in made}


@transaction.atomic
def register_set(*, actor: Actor, batch_id: UUID, wanted: Sequence[Wanted]) -> list[PrintedSheet]:
    """As `register_sheet` for many sheets of one batch in few statements, in the same order.

    A sheet that is wanted twice is registered once.
    """
    _lock_batch(batch_id, alone=True)
    kept = _latest(batch_id, wanted)
    found: dict[tuple[str, str, UUID], PrintedSheet] = {}
    fresh, again, older = [], [], []
    for each in wanted:
        if each.key in found:
            continue
        last = kept.get(each.key)
        if last is not None and last.digest == each.digest:
            found[each.key] = last
            if last.is_outdated:
                last.is_outdated = False
                again.append(last.pk)
            continue
        if last is not None:
            older.append(last.pk)
        found[each.key] = _next(actor, batch_id, each, last)
        fresh.append(found[each.key])
    PrintedSheet.objects.filter(pk__in=again).update(is_outdated=False)
    PrintedSheet.objects.filter(pk__in=older).update(is_outdated=True)
    PrintedSheet.objects.bulk_create(fresh, batch_size=LOT)
    record_many(actor=actor, verb="sheet.print", subjects=[_told(each) for each in fresh])
    return [found[each.key] for each in wanted]


def unchanged(*, batch_id: UUID, wanted: Sequence[Wanted]) -> set[tuple[str, str, UUID]]:
    """The keys of those sheets whose newest printing says the same and is not out of date."""
    kept = _latest(batch_id, wanted)
    return {
        each.key
        for each in wanted
        if (last := kept.get(each.key)) and last.digest == each.digest and not last.is_outdated
    }


def _latest(batch_id: UUID, wanted: Sequence[Wanted]) -> dict[tuple[str, str, UUID], PrintedSheet]:
    """The newest printing of every wanted sheet that was printed before."""
    sheets = (
        PrintedSheet.objects.filter(batch_id=batch_id, slug__in={each.slug for each in wanted})
        .order_by("slug", "subject_kind", "subject_id", "-version")
        .distinct("slug", "subject_kind", "subject_id")
    )
    return {(each.slug, each.subject_kind, each.subject_id): each for each in sheets}


def _next(actor: Actor, batch_id: UUID, wanted: Wanted, last: PrintedSheet | None) -> PrintedSheet:
    return PrintedSheet(
        form_code=wanted.form_code,
        slug=wanted.slug,
        title=wanted.title[:160],
        code=new_code(),
        version=last.version + 1 if last else 1,
        subject_kind=wanted.subject.kind,
        subject_id=wanted.subject.uuid,
        batch_id=batch_id,
        digest=wanted.digest,
        printed_by=actor.user_id,
    )


def _told(sheet: PrintedSheet) -> tuple[SubjectRef, dict[str, str | int]]:
    payload: dict[str, str | int] = {
        "form": sheet.form_code, "code": sheet.code, "version": sheet.version
    }  # fmt: skip
    return SubjectRef(sheet.subject_kind, sheet.subject_id), payload


def _lock(slug: str, batch_id: UUID | None, *subjects: SubjectRef) -> None:
    """One printing of one sheet at a time, and none beside a whole set of its batch.

    The sheet itself may not exist yet, hence no row is locked.
    """
    if batch_id is not None:
        _lock_batch(batch_id, alone=False)
    keys = sorted(f"sheet:{slug}:{subject}" for subject in subjects)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) key",
            [keys],
        )


def _lock_batch(batch_id: UUID, *, alone: bool) -> None:
    call = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {call}(hashtextextended(%s, 0))", [f"sheets:{batch_id}"])


@transaction.atomic
def mark_outdated(*, subject: SubjectRef, slug: str = "") -> int:
    """What stood behind these sheets has changed; returns how many are now out of date."""
    sheets = PrintedSheet.objects.filter(
        subject_kind=subject.kind, subject_id=subject.uuid, is_outdated=False
    )
    if slug:
        sheets = sheets.filter(slug=slug)
    return sheets.update(is_outdated=True)
