"""Writing and sealing the trail."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from assessment_center.audit.keys import mac_key, signing_key
from assessment_center.audit.models import AuditEntry, SealedHead, SealedLeaf
from assessment_center.audit.rules import log
from assessment_center.registry import Actor, SubjectRef
from assessment_center.registry.copying import copy_values

SEAL_LOCK = 0x5EA1
BLOCK = 10_000


def stamp(at: datetime) -> str:
    """The instant as it is hashed: UTC to the microsecond."""
    return at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds")


def content(entry: AuditEntry) -> bytes:
    """All that an entry says, without its number, which the database gives."""
    return _said(entry.__dict__)


def _said(line: Mapping[str, Any]) -> bytes:
    return log.canonical(
        {
            "at": stamp(line["at"]),
            "actor": [line["actor_kind"], str(line["actor_id"]), line["actor_label"]],
            "verb": line["verb"],
            "subject": [line["subject_kind"], str(line["subject_id"])],
            "payload": line["payload"],
        }
    )


def leaf_of(entry: AuditEntry) -> bytes:
    """The leaf binds the number, the content and the MAC of the entry."""
    return log.leaf_hash(entry.id.to_bytes(8, "big") + bytes(entry.mac) + content(entry))


def record(
    *,
    actor: Actor,
    verb: str,
    subject: SubjectRef,
    payload: Mapping[str, Any] | None = None,
) -> AuditEntry:
    """Append one act; call it inside the transaction of the change.

    `verb` is a dotted name such as "application.confirm"; `payload` holds JSON values only and
    never an ID number in clear text.
    """
    entry = AuditEntry(**_line(actor, verb, subject, payload or {}, timezone.now(), mac_key()))
    entry.save(force_insert=True)
    return entry


def record_many(
    *, actor: Actor, verb: str, subjects: Iterable[tuple[SubjectRef, Mapping[str, Any]]]
) -> int:
    """Append the same act for many subjects in few statements; returns how many."""
    at, key = timezone.now(), mac_key()
    lines = (_line(actor, verb, each, payload, at, key) for each, payload in subjects)
    return copy_values(AuditEntry, lines)


def _line(
    actor: Actor,
    verb: str,
    subject: SubjectRef,
    payload: Mapping[str, Any],
    at: datetime,
    key: bytes,
) -> dict[str, Any]:
    """The columns of one entry, with its MAC."""
    line = {
        "at": at,
        "actor_kind": actor.ref.kind,
        "actor_id": actor.ref.uuid,
        "actor_label": actor.label[:80],
        "verb": verb,
        "subject_kind": subject.kind,
        "subject_id": subject.uuid,
        "payload": {**payload, **_in_name_of(actor)},
    }
    return {**line, "mac": log.entry_mac(key, _said(line))}


def _in_name_of(actor: Actor) -> dict[str, str]:
    """Whom a deputy stands for, so that it is under the entry's MAC like all else."""
    return {"in_name_of": str(actor.in_name_of.uuid)} if actor.in_name_of else {}


@transaction.atomic
def seal_entries() -> int:
    """Append all committed, unsealed, genuine entries to the log; returns how many.

    One sealer runs at a time (advisory lock). Entries whose MAC is wrong are left out: they
    stay in the unsealed tail, where `verify_trail` names them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    sealed = SealedLeaf.objects.values("entry_id")
    tail = AuditEntry.objects.exclude(id__in=sealed).order_by("id")[:BLOCK]
    genuine = [e for e in tail if bytes(e.mac) == log.entry_mac(mac_key(), content(e))]
    if not genuine:
        return 0
    last = SealedHead.objects.order_by("-number").first()
    number, size = (last.number + 1, last.size) if last else (1, 0)
    previous = bytes(last.head) if last else log.GENESIS
    at = timezone.now()
    leaves = [leaf_of(entry) for entry in genuine]
    root = log.merkle_root(leaves)
    total = size + len(leaves)
    head = log.head_hash(previous=previous, root=root, size=total, number=number, at=stamp(at))
    block = SealedHead.objects.create(
        number=number,
        at=at,
        size=total,
        root=root,
        head=head,
        signature=signing_key().sign(head),
    )
    SealedLeaf.objects.bulk_create(
        SealedLeaf(position=size + i, entry_id=entry.id, leaf=leaf, head=block)
        for i, (entry, leaf) in enumerate(zip(genuine, leaves, strict=True), start=1)
    )
    return len(leaves)
