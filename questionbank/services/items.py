"""Writing, reviewing and accepting items."""

import hashlib
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.personnel.models import StaffMember
from assessment_center.registry import Actor, RefusedError
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.workflow import advance
from questionbank.enums import ItemKind, ItemStatus
from questionbank.lifecycle import ITEM
from questionbank.models import Bank, BankAcceptance, Item, Point

TRUE_FALSE = ("正确", "错误")
LEAST_OPTIONS = 2


def fingerprint(stem: str) -> str:
    """Equal for stems that differ only in width, spaces and punctuation."""
    text = unicodedata.normalize("NFKC", stem).casefold()
    core = "".join(c for c in text if c.isalnum())
    return hashlib.sha256((core or text).encode()).hexdigest()


def check_item(*, kind: str, stem: str, options: Sequence[str], answer: Any) -> None:
    """Refuse an item that cannot be answered or marked."""
    if not stem.strip():
        raise RefusedError(_("请填写题干。"))
    if kind == ItemKind.PRACTICAL:
        return
    if kind == ItemKind.TRUE_FALSE:
        if not isinstance(answer, bool):
            raise RefusedError(_("判断题的答案应为“正确”或“错误”。"))
        return
    if len(options) < LEAST_OPTIONS or len(set(options)) != len(options):
        raise RefusedError(_("选择题至少要有两个不同的选项。"))
    picks = answer if isinstance(answer, list) else []
    if not picks or any(type(p) is not int or not 0 <= p < len(options) for p in picks):
        raise RefusedError(_("答案必须是所列选项之一。"))
    if kind == ItemKind.SINGLE and len(picks) != 1:
        raise RefusedError(_("单项选择题只能有一个答案。"))


@transaction.atomic
def write_item(
    *,
    actor: Actor,
    bank: Bank,
    point: Point,
    kind: str,
    stem: str,
    answer: Any,
    options: Sequence[str] = (),
    difficulty: Decimal = Decimal("0.5"),
) -> Item:
    """Write a draft item; the same stem twice in a bank is refused."""
    if not actor.may(Act.BANK_WRITE):
        raise RefusedError(_("您的角色不能命题。"))
    if point.bank_id != bank.pk:
        raise RefusedError(_("鉴定点不属于这个题库。"))
    check_item(kind=kind, stem=stem, options=options, answer=answer)
    mark = fingerprint(stem)
    if Item.objects.filter(bank=bank, fingerprint=mark).exists():
        raise RefusedError(_("题库里已有相同的题干：%(stem)s") % {"stem": stem[:30]})
    item = Item.objects.create(
        bank=bank,
        point=point,
        kind=kind,
        stem=stem.strip(),
        options=list(options),
        answer=answer,
        difficulty=difficulty,
        fingerprint=mark,
        writer_id=actor.user_id,
    )
    record(actor=actor, verb="item.write", subject=item.ref, payload={"bank": str(bank.pk)})
    return item


@transaction.atomic
def submit_item(*, actor: Actor, item: Item) -> Item:
    return advance(machine=ITEM, subject=item, move="submit", actor=actor)


@transaction.atomic
def review_item(*, actor: Actor, item: Item, passed: bool, reason: str = "") -> Item:
    """Pass an item or return it with a reason; the reviewer is never its writer (BANK-16)."""
    return advance(
        machine=ITEM,
        subject=item,
        move="review" if passed else "return",
        actor=actor,
        reason=reason,
        updates={"reviewer_id": actor.user_id},
    )


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

    Raises `RefusedError` when there are fewer experts than the rulebook's `accept_min`, or no
    reviewed item.
    """
    if not actor.may(Act.BANK_ACCEPT):
        raise RefusedError(_("您的角色不能验收入库。"))
    Bank.objects.select_for_update().get(pk=bank.pk)
    least = rules.settings.accept_min
    if least and len(set(experts)) < least.value:
        raise RefusedError(
            _("验收专家应不少于 %(n)s 人，现有 %(have)s 人。")
            % {"n": least.value, "have": len(set(experts))},
            least.citations,
        )
    reviewed = Item.objects.filter(bank=bank, status=ItemStatus.REVIEWED)
    now = timezone.now()
    count = reviewed.update(status=ItemStatus.ACCEPTED, accepted_at=now)
    if not count:
        raise RefusedError(_("没有已审题、待验收的试题。"))
    acceptance = BankAcceptance.objects.create(
        bank=bank, accepted_at=now, item_count=count, opinion=opinion[:300]
    )
    acceptance.experts.set(experts)
    record(
        actor=actor,
        verb="bank.accept",
        subject=bank.ref,
        payload={"count": count, "experts": [str(e.pk) for e in experts]},
    )
    return acceptance
