"""Assembling papers, approving and voiding them before they are sealed."""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from questionbank.enums import PaperStatus
from questionbank.labels import ITEM_KIND_LABELS
from questionbank.lifecycle import PAPER
from questionbank.models import Blueprint, Item, Paper
from questionbank.rules.assembly import (
    AssemblyImpossibleError,
    BankItem,
    Demand,
)
from questionbank.rules.assembly import assemble as draw_forms
from questionbank.secrecy import require_admitted
from questionbank.selectors import accepted, bank_for
from questionbank.services.opening import earlier_uses, refuse_repeated

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_FORMS = 8


@transaction.atomic
def assemble(
    *,
    actor: Actor,
    batch: AssessmentBatch,
    offering: Offering,
    subject: str,
    forms: int = 2,
    draw_key: str = "",
) -> list[Paper]:
    """Draw parallel forms for one offering's subject; of several the last one is the spare.

    Items that stood in earlier papers come last (BANK-09). Raises `RefusedError` that names what
    the bank lacks, with quantities.
    """
    if not actor.may(Act.PAPER_ASSEMBLE):
        raise RefusedError(_("您的角色不能组卷。"))
    require_admitted(actor, batch.rules)
    if not 1 <= forms <= MOST_FORMS:
        raise RefusedError(_("一次可组 1 至 %(n)s 套卷。") % {"n": MOST_FORMS})
    if offering.batch_id != batch.pk or subject not in offering.subjects:
        raise RefusedError(_("这个批次的认定项目没有这一科目。"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    blueprint = _blueprint(offering, subject)
    live = Paper.objects.filter(offering=offering, subject=subject)
    if live.exclude(status=PaperStatus.VOID).exists():
        raise RefusedError(_("这一科目已经组卷；要重组请先作废原卷。"))
    key = draw_key or secrets.token_hex(16)
    drawn = _draw(blueprint, forms, f"{key}:{offering.pk}:{subject}")
    made = [
        Paper.objects.create(
            batch=batch,
            offering=offering,
            subject=subject,
            blueprint=blueprint,
            form=LETTERS[place],
            code=f"{batch.code}-{secrets.token_hex(4).upper()}",
            is_spare=forms > 1 and place == forms - 1,
            draw_key=hashlib.sha256(key.encode()).hexdigest(),
            content=_content(blueprint, items),
            assembled_by_id=actor.user_id,
        )
        for place, items in enumerate(drawn)
    ]
    for paper in made:
        payload = {**_trace(paper), "form": paper.form}
        record(actor=actor, verb="paper.assemble", subject=paper.ref, payload=payload)
    return made


def _draw(blueprint: Blueprint, forms: int, key: str) -> list[list[Item]]:
    """The items of each form; a shortage becomes a refusal that names it."""
    items = {str(item.pk): item for item in accepted(blueprint.bank)}
    bank = [_bank_item(item) for item in items.values()]
    try:
        drawn = draw_forms(bank, _demand(blueprint), forms=forms, draw_key=key)
    except AssemblyImpossibleError as fault:
        raise RefusedError(_explain(fault)) from fault
    forms_of_items = [[items[pk] for pk in form] for form in drawn]
    refuse_repeated(blueprint.bank, forms_of_items)
    return forms_of_items


def _blueprint(offering: Offering, subject: str) -> Blueprint:
    bank = bank_for(offering, subject)
    if bank is None:
        raise RefusedError(_("%(what)s 还没有题库。") % {"what": offering})
    blueprint = bank.blueprints.order_by("-created_at").first()
    if blueprint is None:
        raise RefusedError(_("题库“%(bank)s”还没有组卷方案。") % {"bank": bank})
    return blueprint


def _bank_item(item: Item) -> BankItem:
    return BankItem(
        str(item.pk), item.kind, item.point.area, str(item.point_id), float(item.difficulty)
    )


def _demand(blueprint: Blueprint) -> Demand:
    weights: dict[str, float] = {}
    for point in blueprint.bank.points.all():
        weights[point.area] = weights.get(point.area, 0.0) + float(point.weight)
    return Demand(
        counts=blueprint.counts,
        weights=weights,
        difficulty=float(blueprint.difficulty),
        tolerance=float(blueprint.tolerance),
        used=_earlier_uses(blueprint),
    )


def _earlier_uses(blueprint: Blueprint) -> dict[str, int]:
    """Uses in papers of ours, and in those of the time before, which are known by their stems."""
    before = earlier_uses(blueprint.bank)
    rows = accepted(blueprint.bank).annotate(n=Count("uses")).values_list("pk", "n", "fingerprint")
    found = {str(pk): n + before.get(mark, 0) for pk, n, mark in rows}
    return {pk: n for pk, n in found.items() if n}


def _explain(fault: AssemblyImpossibleError) -> str:
    if any(not each.area for each in fault.shortages):
        return _("题库还没有要素细目表，请先录入鉴定点。")
    if fault.difficulty:
        return _("题库中的难度分布达不到组卷方案的目标难度，请补充试题或放宽难度允差。")
    lacks = "；".join(
        _("“%(area)s”的%(kind)s缺 %(n)s 题（需要 %(wanted)s，可用 %(have)s）")
        % {
            "area": each.area,
            "kind": ITEM_KIND_LABELS.get(each.kind, each.kind),
            "n": each.wanted - each.available,
            "wanted": each.wanted,
            "have": each.available,
        }
        for each in fault.shortages
    )
    return _("题库不够组卷：%(lacks)s。") % {"lacks": lacks}


def _content(blueprint: Blueprint, items: Sequence[Item]) -> dict[str, Any]:
    return {
        "minutes": blueprint.minutes,
        "marks": blueprint.marks,
        "items": [
            {
                "id": str(item.pk),
                "kind": item.kind,
                "stem": item.stem,
                "options": item.options,
                "answer": item.answer,
            }
            for item in items
        ],
    }


@transaction.atomic
def approve(*, actor: Actor, paper: Paper) -> Paper:
    """Approve a form; the approver is not its author (kept by the table as well)."""
    require_admitted(actor, paper.batch.rules)
    return advance(
        machine=PAPER,
        subject=paper,
        move="approve",
        actor=actor,
        updates={"approved_by_id": actor.user_id},
        payload=_trace(paper),
    )


@transaction.atomic
def void(*, actor: Actor, paper: Paper, reason: str) -> Paper:
    """Put an unsealed form out of use; its content goes, so that nothing drawn lies about."""
    return advance(
        machine=PAPER,
        subject=paper,
        move="void",
        actor=actor,
        reason=reason,
        updates={"content": None},
        payload=_trace(paper),
    )


def _trace(paper: Paper) -> dict[str, str]:
    return {"batch": paper.batch.code, "code": paper.code}
