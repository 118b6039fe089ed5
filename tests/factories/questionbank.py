"""Banks, items and papers for tests; the keys of the two holders open with `FIRST` and `SECOND`."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import User
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.catalog.enums import Subject
from assessment_center.people.posts import identify
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import SYSTEM
from questionbank.enums import ItemKind, ItemStatus
from questionbank.models import Bank, Blueprint, Item, KeyHolder, Paper, Point
from questionbank.rules import sealing as keys
from questionbank.services import banks, items, papers, sealing
from tests.factories import foundation as f
from tests.remembered import remembered

FIRST = "first holder secret"
SECOND = "second holder secret"
_identities: dict[str, tuple[str, bytes]] = {}


@remembered
def make_bank(subject: str = Subject.THEORY, level: int | None = 4, **more: Any) -> Bank:
    occupation = more.pop("occupation", None) or f.make_occupation()
    return banks.create_bank(
        actor=SYSTEM, occupation=occupation, level=level, subject=subject, **more
    )


@remembered
def make_points(bank: Bank, areas: int = 2, each: int = 3) -> list[Point]:
    weight = (Decimal(100) / (areas * each)).quantize(Decimal("0.01"), rounding="ROUND_DOWN")
    rows = [
        banks.PointRow(f"{a}-{p}", f"范围{a}", f"鉴定点{a}-{p}", weight)
        for a in range(areas)
        for p in range(each)
    ]
    return banks.add_points(actor=SYSTEM, bank=bank, rows=rows)


def draft(point: Point, stem: str, kind: str = ItemKind.SINGLE, **more: Any) -> items.ItemDraft:
    facts: dict[str, Any] = {"answer": True}
    if kind == ItemKind.SINGLE:
        facts = {"options": ("甲", "乙", "丙", "丁"), "answer": [1]}
    if kind == ItemKind.MULTIPLE:
        facts = {"options": ("甲", "乙", "丙", "丁"), "answer": [0, 2]}
    if kind == ItemKind.PRACTICAL:
        facts = {"answer": "按评分表逐项评分"}
    return items.ItemDraft(point=point, kind=kind, stem=stem, **{**facts, **more})


@remembered
def make_item(bank: Bank | None = None, *, writer: User | None = None, **more: Any) -> Item:
    bank = bank or make_bank()
    point = bank.points.first() or make_points(bank)[0]
    who = writer or f.make_user(Role.ITEM_WRITER)
    stem = more.pop("stem", f"第 {Item.objects.count() + 1} 道题的题干是")
    return items.write_item(actor=who.as_actor(), bank=bank, draft=draft(point, stem, **more))


@remembered
def stock(
    bank: Bank, points: Sequence[Point], *, per_point: int = 4, kind: str = ItemKind.SINGLE
) -> list[Item]:
    """Accepted items, `per_point` of each point."""
    drafts = [
        draft(point, f"{kind} {point.code} 的第 {n} 问", kind)
        for point in points
        for n in range(per_point)
    ]
    made = items.write_items(actor=SYSTEM, bank=bank, drafts=drafts)
    Item.objects.filter(pk__in=[i.pk for i in made]).update(status=ItemStatus.ACCEPTED)
    return made


@remembered
def make_blueprint(bank: Bank, singles: int = 5, **more: Any) -> Blueprint:
    """`singles` must divide 100."""
    facts = {"counts": {"single": singles}, "marks": {"single": 100 // singles}, "minutes": 90}
    return banks.create_blueprint(
        actor=SYSTEM, bank=bank, name=f"方案{singles}", **{**facts, **more}
    )


@remembered
def ready_offering(batch: AssessmentBatch | None = None, **more: Any) -> Offering:
    """An offering whose theory bank holds items enough for three forms of five."""
    offering = f.make_offering(batch, **more)
    bank = make_bank(occupation=offering.occupation, level=offering.level)
    stock(bank, make_points(bank, areas=5, each=2), per_point=2)
    make_blueprint(bank, singles=5)
    return offering


@remembered
def promise(user: User) -> StaffMember:
    """Tie the account to a member of the staff who signed the promise of secrecy in 2024."""
    member = f.make_member()
    identify(actor=SYSTEM, user=user, person=member.person)
    return member


def _house(offering: Offering, role: Role) -> User:
    """Somebody of this role who may handle the papers of the offering's batch."""
    user = f.make_user(role)
    if offering.batch.rules.settings.bank_secrecy.value:
        promise(user)
    return user


@remembered
def make_paper(offering: Offering | None = None, *, author: User | None = None) -> Paper:
    offering = offering or ready_offering()
    who = author or _house(offering, Role.BANK_MANAGER)
    return papers.assemble(
        actor=who.as_actor(),
        batch=offering.batch,
        offering=offering,
        subject=Subject.THEORY,
        forms=1,
        draw_key="test",
    )[0]


@remembered
def make_approved(offering: Offering | None = None) -> Paper:
    paper = make_paper(offering)
    return papers.approve(actor=_house(paper.offering, Role.HEAD).as_actor(), paper=paper)


@remembered
def make_holder(passphrase: str = FIRST, role: Role = Role.BANK_MANAGER) -> KeyHolder:
    """A holder whose identity is made once for the test run: its scrypt takes two seconds."""
    if passphrase not in _identities:
        _identities[passphrase] = keys.new_identity(passphrase)
    recipient, identity = _identities[passphrase]
    user = f.make_user(role)
    return KeyHolder.objects.create(user=user, recipient=recipient, identity_sealed=identity)


@remembered
def make_sealed(offering: Offering | None = None, *, not_before: datetime | None = None) -> Paper:
    paper = make_approved(offering)
    first, second = make_holder(FIRST), make_holder(SECOND, Role.HEAD)
    if paper.batch.rules.settings.bank_secrecy.value:
        for holder in (first, second):
            promise(holder.user)
    return sealing.seal(
        actor=first.user.as_actor(),
        paper=paper,
        first=first,
        second=second,
        not_before=not_before or f.at(2026, 5, 20),
    )
