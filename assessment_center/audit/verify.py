"""Reading the whole trail against its log and telling every fault by its entry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from cryptography.exceptions import InvalidSignature

from assessment_center.audit.keys import mac_key, signing_key
from assessment_center.audit.models import AuditEntry, SealedHead, SealedLeaf
from assessment_center.audit.rules import log
from assessment_center.audit.services import content, leaf_of, stamp


@dataclass(frozen=True)
class TrailReport:
    """`faults` name what was edited, deleted or inserted; `unsealed` is the tail's length."""

    entries: int
    sealed: int
    unsealed: int
    head: str
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        return {"sound": self.sound, **self.__dict__}


def verify_trail(*, known_head: str = "") -> TrailReport:
    """Check every entry, leaf, block and signature.

    `known_head` is a head exported earlier ("number:hex"): a log that no longer contains it has
    lost its tail, which the chain alone cannot see.
    """
    faults = list(_entry_faults())
    faults += _chain_faults()
    faults += _known_faults(known_head)
    last = SealedHead.objects.order_by("-number").first()
    entries, sealed = AuditEntry.objects.count(), SealedLeaf.objects.count()
    unsealed = AuditEntry.objects.exclude(id__in=SealedLeaf.objects.values("entry_id")).count()
    head = f"{last.number}:{bytes(last.head).hex()}" if last else ""
    return TrailReport(entries, sealed, unsealed, head, faults)


def _entry_faults() -> Iterator[str]:
    leaves = dict(SealedLeaf.objects.values_list("entry_id", "leaf"))
    key = mac_key()
    seen = set()
    for entry in AuditEntry.objects.order_by("id").iterator(chunk_size=2000):
        seen.add(entry.id)
        genuine = bytes(entry.mac) == log.entry_mac(key, content(entry))
        leaf = leaves.get(entry.id)
        if leaf is None and not genuine:
            yield f"审计记录 {entry.id} 不是系统写入的（插入或改动）"
        elif leaf is not None and bytes(leaf) != leaf_of(entry):
            yield f"审计记录 {entry.id} 被改动"
    for missing in sorted(leaves.keys() - seen):
        yield f"审计记录 {missing} 被删除"


def _chain_faults() -> list[str]:
    faults: list[str] = []
    previous, size, number = log.GENESIS, 0, 0
    rows = SealedLeaf.objects.order_by("head_id", "position").values_list(
        "head_id", "position", "leaf"
    )
    blocks = {n: list(g) for n, g in groupby(rows.iterator(), key=lambda row: row[0])}
    for head in SealedHead.objects.order_by("number"):
        number += 1
        block = blocks.get(head.number, [])
        size += len(block)
        if head.number != number or head.size != size:
            faults.append(f"封存 {head.number} 的次序或条数不对")
        number = head.number
        if not _block_sound(head, previous, [bytes(row[2]) for row in block]):
            faults.append(f"封存 {head.number} 的摘要或签名不对")
        previous = bytes(head.head)
    return faults


def _block_sound(head: SealedHead, previous: bytes, leaves: list[bytes]) -> bool:
    if not leaves or log.merkle_root(leaves) != bytes(head.root):
        return False
    expected = log.head_hash(
        previous=previous,
        root=bytes(head.root),
        size=head.size,
        number=head.number,
        at=stamp(head.at),
    )
    try:
        signing_key().public_key().verify(bytes(head.signature), expected)
    except InvalidSignature:
        return False
    return expected == bytes(head.head)


def _known_faults(known_head: str) -> list[str]:
    if not known_head:
        return []
    number, _, digest = known_head.partition(":")
    found = SealedHead.objects.filter(number=int(number)).first() if number.isdigit() else None
    if found is None or bytes(found.head).hex() != digest:
        return [f"导出过的封存 {number} 已不在日志中：尾部被截去或改写"]
    return []
