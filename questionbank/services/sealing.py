"""Keys and their holders; sealing approved papers and opening them again under both keys."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.audit.services import record
from assessment_center.registry import Actor, Citation, RefusedError
from assessment_center.registry.outcomes import require
from assessment_center.workflow import advance
from questionbank.documents import answer_key, master_paper
from questionbank.enums import PaperStatus
from questionbank.lifecycle import PAPER
from questionbank.models import KeyHolder, Paper
from questionbank.rules import sealing
from questionbank.rules.sealing import KeyRefusedError
from questionbank.secrecy import admitted_user, require_admitted

LEAST_PASSPHRASE = 12
EPOCH = (1980, 1, 1, 0, 0, 0)

Secret = tuple[User, str]


@transaction.atomic
def register_key(*, actor: Actor, user: User, passphrase: str) -> KeyHolder:
    """Make a key pair for a holder, sealed under his passphrase.

    An older key of his stays, inactive: papers sealed for it open with it and its passphrase.
    """
    if actor.user_id != user.pk:
        raise RefusedError(_("只能为自己设置试卷钥匙。"))
    if not actor.may(Act.PAPER_KEY):
        raise RefusedError(_("您的角色不能持有试卷钥匙。"))
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise RefusedError(_("钥匙口令至少 %(n)s 个字符。") % {"n": LEAST_PASSPHRASE})
    User.objects.select_for_update().get(pk=user.pk)
    replaced = KeyHolder.objects.filter(user=user, is_active=True).update(is_active=False)
    recipient, identity = sealing.new_identity(passphrase)
    holder = KeyHolder.objects.create(user=user, recipient=recipient, identity_sealed=identity)
    payload = {"replaced": bool(replaced)}
    record(actor=actor, verb="paper.register_key", subject=holder.ref, payload=payload)
    return holder


def package(paper: Paper) -> bytes:
    """The master: paper and answer key as PDF, and the content, in one archive.

    Equal content gives equal bytes. Refuses text with a character that no face prints.
    """
    buffer = io.BytesIO()
    try:
        parts = (
            ("paper.pdf", master_paper(paper)),
            ("answers.pdf", answer_key(paper)),
            ("content.json", json.dumps(paper.content, ensure_ascii=False).encode()),
        )
    except pdf.GlyphMissing as fault:
        raise RefusedError(str(fault)) from fault
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, date_time=EPOCH), data)
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
    pick-up rule, PAPER-06).
    """
    if first.user_id == second.user_id:
        raise RefusedError(_("两把钥匙必须由两个人持有。"))
    if not (first.is_active and second.is_active):
        raise RefusedError(_("持钥人的钥匙已停用，请换人。"))
    locked = Paper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if locked.status != PaperStatus.APPROVED:
        raise RefusedError(_("试卷 %(code)s 还没有审定，不能封存。") % {"code": locked.code})
    opened = timezone.localdate(not_before)
    _require_promises(actor, locked, (first.user_id, second.user_id), opened)
    data = package(locked)
    digest = hashlib.sha256(data).hexdigest()
    return advance(
        machine=PAPER,
        subject=locked,
        move="seal",
        actor=actor,
        updates={
            "sealed": sealing.seal(data, first=first.recipient, second=second.recipient),
            "digest": digest,
            "content": None,
            "first_holder": first,
            "second_holder": second,
            "not_before": not_before,
            "sealed_at": at or timezone.now(),
        },
        payload={
            "batch": locked.batch.code,
            "code": locked.code,
            "digest": digest,
            "holders": [str(first.user_id), str(second.user_id)],
        },
    )


def release(
    *,
    actor: Actor,
    papers: Sequence[Paper],
    first: Secret,
    second: Secret,
    at: datetime | None = None,
) -> dict[Paper, bytes]:
    """Open sealed papers with both holders' passphrases; returns the master of each.

    Refused before `not_before`, by one holder alone or twice, with a wrong passphrase, and when
    a master's digest is not the one that was sealed. The last two are recorded: call it outside
    any transaction, or the record is undone with the refusal. A released paper may be opened
    again by the same two, which is recorded as well.
    """
    now = at or timezone.now()
    _check(actor, papers, first[0], second[0], now)
    masters: dict[Paper, bytes] = {}
    opened: dict[object, object] = {}
    for paper in papers:
        try:
            masters[paper] = _open(paper, first[1], second[1], opened)
        except KeyRefusedError as fault:
            _tell(actor, papers, {"holder": fault.holder})
            raise RefusedError(
                _("第 %(n)s 把钥匙的口令不对，试卷没有启封。") % {"n": fault.holder},
                remedy=_("请持钥人重新输入；这次尝试已记入审计。"),
            ) from fault
        if hashlib.sha256(masters[paper]).hexdigest() != paper.digest:
            _tell(actor, [paper], {"digest": "differs"})
            raise RefusedError(_("试卷 %(code)s 与封存时不一致。") % {"code": paper.code})
    with transaction.atomic():
        for paper in papers:
            _mark(actor, paper, now, [str(first[0].pk), str(second[0].pk)])
    return masters


def _open(paper: Paper, first: str, second: str, opened: dict[object, object]) -> bytes:
    """Open one paper; a holder's identity is opened once for all papers of a call."""
    outer, inner = paper.first_holder, paper.second_holder
    assert outer is not None
    assert inner is not None
    for number, holder, words in ((1, outer, first), (2, inner, second)):
        if holder.pk not in opened:
            sealed = bytes(holder.identity_sealed)
            opened[holder.pk] = sealing.open_identity(sealed, words, holder=number)
    return sealing.unseal(
        bytes(paper.sealed or b""), first=opened[outer.pk], second=opened[inner.pk]
    )


def _mark(actor: Actor, paper: Paper, now: datetime, holders: list[str]) -> None:
    payload = {"batch": paper.batch.code, "code": paper.code, "holders": holders}
    if paper.status == PaperStatus.RELEASED:
        record(actor=actor, verb="paper.reopen", subject=paper.ref, payload=payload)
        return
    advance(
        machine=PAPER,
        subject=paper,
        move="release",
        actor=actor,
        updates={"released_at": now},
        payload=payload,
    )


def _tell(actor: Actor, papers: Sequence[Paper], why: dict[str, object]) -> None:
    for paper in papers:
        payload = {"batch": paper.batch.code, "code": paper.code, **why}
        record(actor=actor, verb="paper.release_refused", subject=paper.ref, payload=payload)


def _check(actor: Actor, papers: Sequence[Paper], first: User, second: User, now: datetime) -> None:
    if not actor.may(Act.PAPER_KEY):
        raise RefusedError(_("您的角色不能启封试卷。"))
    if not papers:
        raise RefusedError(_("请选择要启封的试卷。"))
    if first.pk == second.pk:
        raise RefusedError(_("启封需要两位持钥人，同一人不能用两次。"))
    for paper in papers:
        if paper.status not in (PaperStatus.SEALED, PaperStatus.RELEASED):
            raise RefusedError(_("试卷 %(code)s 不在封存状态。") % {"code": paper.code})
        _require_promises(actor, paper, (first.pk, second.pk), timezone.localdate(now))
        if paper.not_before and now < paper.not_before:
            when = timezone.localtime(paper.not_before).strftime("%Y-%m-%d %H:%M")
            raise RefusedError(
                _("试卷 %(code)s 不得早于 %(when)s 启封。") % {"code": paper.code, "when": when},
                _pickup(paper),
            )
        holders = (paper.first_holder, paper.second_holder)
        if [h.user_id if h else None for h in holders] != [first.pk, second.pk]:
            raise RefusedError(_("试卷 %(code)s 由另外的持钥人封存。") % {"code": paper.code})


def _require_promises(actor: Actor, paper: Paper, holders: Sequence[UUID], on: date) -> None:
    """SEC-08: who seals or opens a paper has signed, and both holders as of the day of opening."""
    rules = paper.batch.rules
    require_admitted(actor, rules)
    for holder in holders:
        require(admitted_user(holder, rules, on))


def _pickup(paper: Paper) -> tuple[Citation, ...]:
    cited = paper.batch.rules.settings.paper_pickup_earliest
    return cited.citations if cited else ()
