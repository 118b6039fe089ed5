"""Writing, reviewing and accepting items."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.hands import alike
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.workflow import advance
from questionbank.lifecycle import ITEM
from questionbank.models import Bank, BankAcceptance, Item, Point
from questionbank.secrecy import require_admitted
from questionbank.validators import check_item, fingerprint

CHUNK = 500
MIDDLE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as it is written: indices of right options, True/False, or a task's marking."""

    point: Point
    kind: str
    stem: str
    answer: Any
    options: tuple[str, ...] = ()
    difficulty: Decimal = MIDDLE


@transaction.atomic
def write_items(*, actor: Actor, bank: Bank, drafts: Sequence[ItemDraft]) -> list[Item]:
    """Write many draft items at once, all or none; the same stem twice in a bank is refused.

    Items without a writer (brought in by the system) belong to whoever submits them.
    """
    if not actor.may(Act.BANK_WRITE):
        raise RefusedError(_("您的角色不能命题。"))
    require_admitted(actor)
    Bank.objects.select_for_update().get(pk=bank.pk)
    known = set(Item.objects.filter(bank=bank).values_list("fingerprint", flat=True))
    made = [_item(actor, bank, draft, known) for draft in drafts]
    Item.objects.bulk_create(made, batch_size=CHUNK)
    payload = {"count": len(made), "items": [str(item.pk) for item in made]}
    record(actor=actor, verb="item.write", subject=bank.ref, payload=payload)
    return made


def _item(actor: Actor, bank: Bank, draft: ItemDraft, known: set[str]) -> Item:
    if draft.point.bank_id != bank.pk:
        raise RefusedError(_("鉴定点不属于这个题库。"))
    check_item(
        kind=draft.kind,
        stem=draft.stem,
        options=draft.options,
        answer=draft.answer,
        difficulty=draft.difficulty,
    )
    mark = fingerprint(draft.stem)
    if mark in known:
        raise RefusedError(_("题库里已有相同的题干：%(stem)s") % {"stem": draft.stem[:30]})
    known.add(mark)
    return Item(
        bank=bank,
        point=draft.point,
        kind=draft.kind,
        stem=draft.stem.strip(),
        options=[text.strip() for text in draft.options],
        answer=draft.answer,
        difficulty=draft.difficulty,
        fingerprint=mark,
        writer_id=actor.user_id,
    )


def write_item(*, actor: Actor, bank: Bank, draft: ItemDraft) -> Item:
    """Write one draft item; refusals as in `write_items`."""
    return write_items(actor=actor, bank=bank, drafts=[draft])[0]


@transaction.atomic
def revise_item(*, actor: Actor, item: Item, draft: ItemDraft) -> Item:
    """Change an item that is a draft or was returned; only its writer may."""
    if not actor.may(Act.BANK_WRITE) or item.writer_id not in (None, actor.user_id):
        raise RefusedError(_("只有命题人本人可以修改这道题。"))
    require_admitted(actor)
    Bank.objects.select_for_update().get(pk=item.bank_id)
    held = Item.objects.select_for_update().get(pk=item.pk)
    if held.status not in ITEM["submit"].sources:
        raise RefusedError(_("这道题已提交，不能再改。"), remedy=_("如需修改，请审题人退回。"))
    others = Item.objects.filter(bank=item.bank_id).exclude(pk=item.pk)
    new = _item(actor, item.bank, draft, set(others.values_list("fingerprint", flat=True)))
    for name in ("point", "kind", "stem", "options", "answer", "difficulty", "fingerprint"):
        setattr(held, name, getattr(new, name))
    held.save()
    record(actor=actor, verb="item.revise", subject=held.ref, payload={"bank": str(held.bank_id)})
    return held


@transaction.atomic
def submit_item(*, actor: Actor, item: Item) -> Item:
    """Hand an item in for review; one without a writer becomes the submitter's."""
    require_admitted(actor)
    updates = {"writer_id": item.writer_id or actor.user_id, "reviewer_id": None}
    return advance(machine=ITEM, subject=item, move="submit", actor=actor, updates=updates)


@transaction.atomic
def review_item(*, actor: Actor, item: Item, passed: bool, reason: str = "") -> Item:
    """Pass an item or return it with a reason; the reviewer is never its writer (BANK-16)."""
    require_admitted(actor)
    return advance(
        machine=ITEM,
        subject=item,
        move="review" if passed else "return",
        actor=actor,
        reason=reason,
        updates={"reviewer_id": actor.user_id},
    )


@transaction.atomic
def retire_item(*, actor: Actor, item: Item, reason: str) -> Item:
    """Take an accepted item out of the draws."""
    return advance(machine=ITEM, subject=item, move="retire", actor=actor, reason=reason)


@transaction.atomic
def submit_all(*, actor: Actor, bank: Bank) -> int:
    """Hand in all of the actor's own drafts of a bank; returns how many."""
    mine = Item.objects.filter(bank=bank, writer_id=actor.user_id)
    return _move_all(actor, bank, mine, "submit", {"reviewer_id": None})


@transaction.atomic
def review_all(*, actor: Actor, bank: Bank) -> int:
    """Pass all submitted items of a bank that others wrote; returns how many (BANK-16)."""
    mine = alike(actor, bank.ref, "item.write", "item.submit")
    others = Item.objects.filter(bank=bank).exclude(writer_id__in=mine)
    return _move_all(actor, bank, others, "review", {"reviewer_id": actor.user_id})


def _move_all(actor: Actor, bank: Bank, rows: Any, move: str, updates: dict[str, Any]) -> int:
    """One move for many items in one statement, with the machine's own states and permission."""
    step = ITEM[move]
    if not actor.may(step.permission):
        raise RefusedError(_("您的角色不能%(move)s。") % {"move": step.label})
    require_admitted(actor)
    Bank.objects.select_for_update().get(pk=bank.pk)
    found = rows.filter(status__in=step.sources)
    keys = [str(pk) for pk in found.values_list("pk", flat=True)]
    if not keys:
        raise RefusedError(_("没有可以%(move)s的试题。") % {"move": step.label})
    found.update(status=step.target, **updates)
    payload = {"to": step.target, "count": len(keys), "items": keys}
    record(actor=actor, verb=f"item.{move}", subject=bank.ref, payload=payload)
    return len(keys)


@transaction.atomic
def accept_items(
    *,
    actor: Actor,
    bank: Bank,
    experts: Sequence[StaffMember],
    opinion: str,
    rules: Rulebook,
) -> BankAcceptance:
    """Accept every reviewed item of the bank, signed by the experts (BANK-18).

    Raises `RefusedError` when there are fewer experts than the rulebook's `accept_min`, none at
    all, or no reviewed item.
    """
    chosen = set(experts)
    least = rules.settings.accept_min
    if not chosen or (least and len(chosen) < least.value):
        raise RefusedError(
            _("验收专家应不少于 %(n)s 人，现有 %(have)s 人。")
            % {"n": least.value if least else 1, "have": len(chosen)},
            least.citations if least else (),
        )
    if not opinion.strip():
        raise RefusedError(_("请填写验收意见。"))
    now = timezone.now()
    rows = Item.objects.filter(bank=bank)
    count = _move_all(actor, bank, rows, "accept", {"accepted_at": now})
    acceptance = BankAcceptance.objects.create(
        bank=bank, accepted_at=now, item_count=count, opinion=opinion.strip()[:300]
    )
    acceptance.experts.set(chosen)
    record(
        actor=actor,
        verb="bank.accept",
        subject=bank.ref,
        payload={"count": count, "experts": sorted(str(e.pk) for e in chosen)},
    )
    return acceptance
