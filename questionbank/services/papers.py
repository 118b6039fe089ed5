"""Assembling, approving, sealing and releasing papers."""

import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import Actor, RefusedError
from assessment_center.workflow import advance
from questionbank.documents import answer_key, master_paper
from questionbank.enums import PaperStatus
from questionbank.labels import ITEM_KIND_LABELS
from questionbank.lifecycle import PAPER
from questionbank.models import Blueprint, Item, ItemUse, KeyHolder, Paper
from questionbank.rules import sealing
from questionbank.rules.assembly import (
    AssemblyImpossibleError,
    BankItem,
    Demand,
)
from questionbank.rules.assembly import assemble as draw_forms
from questionbank.selectors import accepted, bank_for

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAST_PASSPHRASE = 12


@transaction.atomic
def register_key(*, actor: Actor, user: User, passphrase: str) -> KeyHolder:
    """Make a key pair for a holder, sealed under his passphrase; the old key is kept inactive."""
    if actor.user_id != user.pk and not actor.is_system:
        raise RefusedError(_("只能为自己设置试卷钥匙。"))
    if not user.has_perm(Act.PAPER_KEY):
        raise RefusedError(_("该账号的角色不能持有试卷钥匙。"))
    if len(passphrase) < LEAST_PASSPHRASE:
        raise RefusedError(_("钥匙口令至少 %(n)s 个字符。") % {"n": LEAST_PASSPHRASE})
    if KeyHolder.objects.filter(user=user).exists():
        raise RefusedError(_("您已有试卷钥匙。"))
    recipient, identity = sealing.new_identity(passphrase)
    holder = KeyHolder.objects.create(user=user, recipient=recipient, identity_sealed=identity)
    record(actor=actor, verb="paper.register_key", subject=holder.ref)
    return holder


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
    """Draw parallel forms for one offering's subject; the last one is the spare.

    Raises `RefusedError` that names what the bank lacks, with quantities.
    """
    if not actor.may(Act.PAPER_ASSEMBLE):
        raise RefusedError(_("您的角色不能组卷。"))
    AssessmentBatch.objects.select_for_update().get(pk=batch.pk)
    blueprint = _blueprint(offering, subject)
    live = Paper.objects.filter(offering=offering, subject=subject)
    if live.exclude(status=PaperStatus.VOID).exists():
        raise RefusedError(_("这一科目已经组卷；要重组请先作废原卷。"))
    key = draw_key or secrets.token_hex(16)
    items = {str(item.pk): item for item in accepted(blueprint.bank)}
    try:
        drawn = draw_forms(
            [_bank_item(item) for item in items.values()],
            _demand(blueprint),
            forms=forms,
            draw_key=f"{key}:{offering.pk}:{subject}",
        )
    except AssemblyImpossibleError as fault:
        raise RefusedError(_explain(fault)) from fault
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
            content=_content(blueprint, [items[pk] for pk in pks]),
            assembled_by_id=actor.user_id,
        )
        for place, pks in enumerate(drawn)
    ]
    for paper in made:
        record(actor=actor, verb="paper.assemble", subject=paper.ref, payload={"form": paper.form})
    return made


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
    )


def _explain(fault: AssemblyImpossibleError) -> str:
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
    return advance(
        machine=PAPER,
        subject=paper,
        move="approve",
        actor=actor,
        updates={"approved_by_id": actor.user_id},
    )


@transaction.atomic
def void(*, actor: Actor, paper: Paper, reason: str) -> Paper:
    return advance(machine=PAPER, subject=paper, move="void", actor=actor, reason=reason)


def package(paper: Paper) -> bytes:
    """The master: paper and answer key as PDF, and the content, in one archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (
            ("paper.pdf", master_paper(paper)),
            ("answers.pdf", answer_key(paper)),
            ("content.json", json.dumps(paper.content, ensure_ascii=False).encode()),
        ):
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(info, data)
    return buffer.getvalue()


@transaction.atomic
def seal(
    *,
    actor: Actor,
    paper: Paper,
    first: KeyHolder,
    second: KeyHolder,
    not_before: datetime,
    at: datetime | None = None,
) -> Paper:
    """Seal an approved form for two holders; its clear content leaves the database.

    `not_before` is the earliest instant it may be opened (the caller reads the rulebook's
    pick-up rule).
    """
    if first.pk == second.pk:
        raise RefusedError(_("两把钥匙必须由两个人持有。"))
    if not (first.is_active and second.is_active):
        raise RefusedError(_("持钥人的钥匙已停用，请换人。"))
    data = package(paper)
    return advance(
        machine=PAPER,
        subject=paper,
        move="seal",
        actor=actor,
        updates={
            "sealed": sealing.seal(data, first=first.recipient, second=second.recipient),
            "digest": hashlib.sha256(data).hexdigest(),
            "content": None,
            "first_holder": first,
            "second_holder": second,
            "not_before": not_before,
            "sealed_at": at or timezone.now(),
        },
        payload={"holders": [str(first.user_id), str(second.user_id)]},
    )


def release(
    *,
    actor: Actor,
    papers: Sequence[Paper],
    first: tuple[User, str],
    second: tuple[User, str],
    at: datetime | None = None,
) -> dict[Paper, bytes]:
    """Open sealed papers with both holders' passphrases; returns the master of each.

    Refused before `not_before`, by one holder alone or twice, with a wrong passphrase (which is
    recorded), and when a master's digest is not the one that was sealed.
    """
    now = at or timezone.now()
    _check_release(papers, first[0], second[0], now)
    try:
        outer = sealing.open_identity(*_secret(first), holder=1)
        inner = sealing.open_identity(*_secret(second), holder=2)
        masters = {
            paper: sealing.unseal(bytes(paper.sealed or b""), first=outer, second=inner)
            for paper in papers
        }
    except sealing.KeyRefusedError as fault:
        for paper in papers:
            record(
                actor=actor,
                verb="paper.release_refused",
                subject=paper.ref,
                payload={"holder": fault.holder},
            )
        raise RefusedError(
            _("第 %(n)s 把钥匙的口令不对，试卷没有启封。") % {"n": fault.holder}
        ) from fault
    for paper, data in masters.items():
        if hashlib.sha256(data).hexdigest() != paper.digest:
            raise RefusedError(_("试卷 %(code)s 与封存时不一致。") % {"code": paper.code})
    with transaction.atomic():
        for paper in masters:
            advance(
                machine=PAPER,
                subject=paper,
                move="release",
                actor=actor,
                updates={"released_at": now},
                payload={"holders": [str(first[0].pk), str(second[0].pk)]},
            )
    return masters


def _secret(pair: tuple[User, str]) -> tuple[bytes, str]:
    holder = KeyHolder.objects.get(user=pair[0])
    return bytes(holder.identity_sealed), pair[1]


def _check_release(papers: Sequence[Paper], first: User, second: User, now: datetime) -> None:
    if first.pk == second.pk:
        raise RefusedError(_("启封需要两位持钥人，同一人不能用两次。"))
    for paper in papers:
        if paper.status != PaperStatus.SEALED:
            raise RefusedError(_("试卷 %(code)s 不在封存状态。") % {"code": paper.code})
        if paper.not_before and now < paper.not_before:
            raise RefusedError(
                _("试卷 %(code)s 不得早于 %(when)s 启封。")
                % {
                    "code": paper.code,
                    "when": timezone.localtime(paper.not_before).strftime("%Y-%m-%d %H:%M"),
                },
                _pickup(paper),
            )
        holders = (paper.first_holder, paper.second_holder)
        if [h.user_id if h else None for h in holders] != [first.pk, second.pk]:
            raise RefusedError(_("试卷 %(code)s 由另外的持钥人封存。") % {"code": paper.code})


def _pickup(paper: Paper) -> Any:
    cited = paper.batch.rules.settings.paper_pickup_earliest
    return cited.citations if cited else ()


@transaction.atomic
def record_item_usage(*, actor: Actor, paper: Paper, master: bytes) -> int:
    """After its examination, note which items a released paper used; returns how many."""
    with zipfile.ZipFile(io.BytesIO(master)) as archive:
        content = json.loads(archive.read("content.json"))
    day = timezone.localdate(paper.released_at)
    uses = [ItemUse(item_id=row["id"], paper=paper, used_on=day) for row in content["items"]]
    ItemUse.objects.bulk_create(uses, ignore_conflicts=True)
    record(actor=actor, verb="paper.usage", subject=paper.ref, payload={"count": len(uses)})
    return len(uses)
