"""Declaring the first day: sheets come in, are handed over, signed and applied as a whole."""

import hashlib
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.opening import keeping
from assessment_center.opening.book import OpeningBook, kinds_of
from assessment_center.opening.enums import Beginning, DeclarationState
from assessment_center.opening.judging import problems_of, read_sheet
from assessment_center.opening.lifecycle import OPENING
from assessment_center.opening.models import OpeningDeclaration, OpeningSheet
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import OpeningBalance
from assessment_center.spreadsheets import ImportOutcome
from assessment_center.spreadsheets.records import Progress, silent
from assessment_center.workflow import advance

SHOWN = 5
UNSIGNED: dict[str, Any] = {
    "prepared_by": None, "prepared_at": None, "signed_by": None, "signed_at": None, "digest": "",
}  # fmt: skip


def _require(actor: Actor) -> None:
    if not actor.may(Act.CENTRE_MANAGE):
        raise RefusedError(_("您的角色不能办理期初数据。"), remedy=_("请找中心主任或考务员办理。"))


def _draft(declaration: OpeningDeclaration) -> OpeningDeclaration:
    """The declaration locked, still being filled in."""
    locked = OpeningDeclaration.objects.select_for_update(of=("self",)).select_related("centre")
    found = locked.get(pk=declaration.pk)
    if found.status != DeclarationState.DRAFT:
        raise RefusedError(_("期初数据已提交签署，不能再改。"), remedy=_("要修改的，请先退回。"))
    return found


@transaction.atomic
def begin(*, actor: Actor, centre: AssessmentCentre, kind: Beginning) -> OpeningDeclaration:
    """Say how the centre begins; may be changed while nothing has been handed over.

    Refuses a new centre that has brought sheets along: they would contradict it.
    """
    _require(actor)
    made, created = OpeningDeclaration.objects.get_or_create(centre=centre, defaults={"kind": kind})
    locked = _draft(made)
    if kind == Beginning.NEW and locked.sheets.filter(count__gt=0).exists():
        raise RefusedError(
            _("已经导入了期初数据，不能按新机构申报。"), remedy=_("请先移除已导入的数据。")
        )
    if created or locked.kind != kind:
        locked.kind = kind
        locked.save(update_fields=["kind"])
        payload = {"kind": str(kind)}
        record(actor=actor, verb="opening.begin", subject=locked.subject, payload=payload)
    return locked


def kind_of(centre: AssessmentCentre, key: str) -> OpeningBalance:
    """The kind of this key; one that the centre's rulebooks do not know is refused."""
    found = next((kind for kind in kinds_of(centre) if kind.key == key), None)
    if found is None:
        raise RefusedError(_("没有这一类期初数据。"))
    return found


@transaction.atomic
def takable(*, actor: Actor, declaration: OpeningDeclaration, key: str) -> OpeningBalance:
    """The kind, when this actor may bring a sheet of it now; else raises `RefusedError`."""
    _require(actor)
    locked = _draft(declaration)
    if locked.kind == Beginning.NEW:
        raise RefusedError(_("新机构没有期初数据。"), remedy=_("请先改选“已在运行”。"))
    return kind_of(locked.centre, key)


def take_sheet(
    *,
    actor: Actor,
    declaration: OpeningDeclaration,
    key: str,
    content: bytes,
    file_name: str = "",
    progress: Progress = silent,
) -> ImportOutcome:
    """Read a workbook of one kind and keep its rows, or tell every problem and keep nothing.

    An earlier sheet of the kind is replaced. Nothing is applied before the signature. The rows
    are judged outside the transaction, so that `progress` shows; they are judged again when the
    declaration is handed over.
    """
    kind = takable(actor=actor, declaration=declaration, key=key)
    outcome, rows = read_sheet(kind, content, declaration.centre, progress)
    if outcome.ok:
        with transaction.atomic():
            digest = hashlib.sha256(content).hexdigest()
            _keep(actor, _draft(declaration), key, rows, digest, file_name)
        outcome.written = True
    return outcome


def _keep(
    actor: Actor,
    declaration: OpeningDeclaration,
    key: str,
    rows: list[Any],
    digest: str,
    file_name: str,
) -> None:
    OpeningSheet.objects.filter(declaration=declaration, kind=key).delete()
    sheet = OpeningSheet(
        declaration=declaration,
        kind=key,
        count=len(rows),
        file_name=file_name[:160],
        digest=digest,
        imported_by_id=actor.user_id,
    )
    sheet.rows_sealed = keeping.seal_rows(rows, row_id=sheet.pk)
    sheet.save()
    facts = {"kind": key, "rows": len(rows), "digest": digest[:16]}
    record(actor=actor, verb="opening.import", subject=declaration.subject, payload=facts)


@transaction.atomic
def answer_none(*, actor: Actor, declaration: OpeningDeclaration, key: str) -> None:
    """Say that the centre has nothing of this kind; it is signed like everything else."""
    _require(actor)
    locked = _draft(declaration)
    kind_of(locked.centre, key)
    _keep(actor, locked, key, [], "", "")


@transaction.atomic
def drop_sheet(*, actor: Actor, declaration: OpeningDeclaration, key: str) -> None:
    """Take back what was said of a kind."""
    _require(actor)
    locked = _draft(declaration)
    gone, _rows = OpeningSheet.objects.filter(declaration=locked, kind=key).delete()
    if gone:
        payload = {"kind": key}
        record(actor=actor, verb="opening.drop", subject=locked.subject, payload=payload)


@transaction.atomic
def prepare(*, actor: Actor, declaration: OpeningDeclaration) -> OpeningDeclaration:
    """Hand the declaration over for the second signature, once all kinds agree with each other."""
    _require(actor)
    locked = _draft(declaration)
    book = OpeningBook(locked)
    _complete(book)
    return advance(
        machine=OPENING,
        subject=locked,
        move="prepare",
        actor=actor,
        updates={
            "prepared_by": actor.user_id, "prepared_at": timezone.now(), "digest": book.digest(),
        },
        payload={"kind": locked.kind, "digest": book.digest()[:16]},
    )  # fmt: skip


def look_through(declaration: OpeningDeclaration, progress: Progress) -> int:
    """Judge every row again and tell how far it is; the number of rows, or `RefusedError`."""
    book = OpeningBook(declaration)
    _complete(book, progress)
    return sum(sheet.count for sheet in book.sheets.values())


def _complete(book: OpeningBook, progress: Progress = silent) -> None:
    """Refuse while a kind is unanswered, a row is wrong or two sheets disagree."""
    if book.declaration.kind == Beginning.NEW:
        if any(sheet.count for sheet in book.sheets.values()):
            raise RefusedError(_("已经导入了期初数据，不能按新机构申报。"))
        return
    open_kinds = [str(kind.label) for kind in kinds_of(book.centre) if kind.key not in book.sheets]
    if open_kinds:
        raise RefusedError(
            _("还没有填报：%(kinds)s。") % {"kinds": "、".join(open_kinds)},
            remedy=_("有的请导入，没有的请选“没有此类数据”。"),
        )
    found = list(_faults(book, progress))
    if found:
        raise RefusedError(
            " ".join(found[:SHOWN]), remedy=_("共 %(n)s 处，请改正后再提交。") % {"n": len(found)}
        )


def _faults(book: OpeningBook, progress: Progress) -> Iterator[str]:
    """Each row judged again, for the registers may have changed, then the sheets together."""
    total, done = sum(sheet.count for sheet in book.sheets.values()), 0
    for kind in kinds_of(book.centre):
        rows, before = book.rows(kind.key), done
        told = partial(_tell, progress, before, total, str(kind.label))
        for problem in [*problems_of(kind, rows, book.centre, told), *kind.agree(book)]:
            yield _("%(kind)s：%(problem)s。") % {"kind": kind.label, "problem": problem}
        done += len(rows)


def _tell(progress: Progress, before: int, total: int, label: str, done: int) -> None:
    progress(before + done, total, _("核对%(kind)s") % {"kind": label})


@transaction.atomic
def give_back(*, actor: Actor, declaration: OpeningDeclaration, reason: str) -> OpeningDeclaration:
    """Return it unsigned, with the reason, to be corrected."""
    return advance(
        machine=OPENING,
        subject=declaration,
        move="give_back",
        actor=actor,
        reason=reason,
        updates=UNSIGNED,
    )


@transaction.atomic
def sign(*, actor: Actor, declaration: OpeningDeclaration) -> OpeningDeclaration:
    """Sign what another person prepared and apply all of it, in this one transaction.

    Raises `RefusedError` for the person who prepared it, and where the data no longer agree with
    the registers or with what was prepared; then nothing of it is applied.
    """
    locked = OpeningDeclaration.objects.select_for_update(of=("self",)).select_related("centre")
    found = locked.get(pk=declaration.pk)
    book = OpeningBook(found)
    signed = advance(
        machine=OPENING,
        subject=found,
        move="sign",
        actor=actor,
        updates={"signed_by": actor.user_id, "signed_at": timezone.now()},
        payload={
            "kind": found.kind,
            "digest": found.digest[:16],
            "rows": sum(sheet.count for sheet in book.sheets.values()),
        },
    )
    _complete(book)
    if book.digest() != found.digest:
        raise RefusedError(_("数据与提交时不一致，不能签署。"), remedy=_("请退回重新提交。"))
    for kind in kinds_of(found.centre):
        if book.rows(kind.key):
            kind.apply(actor, book)
    return signed


@transaction.atomic
def reopen(*, actor: Actor, declaration: OpeningDeclaration, reason: str) -> OpeningDeclaration:
    """Take a signed declaration back to be corrected, with all that it brought in.

    Possible until the first certificate rests on it; the database refuses it from then on.
    """
    try:
        with transaction.atomic():
            opened = advance(
                machine=OPENING,
                subject=declaration,
                move="reopen",
                actor=actor,
                reason=reason,
                updates=UNSIGNED,
            )
            book = OpeningBook(opened)
            for kind in reversed(list(kinds_of(opened.centre))):
                if book.rows(kind.key):
                    kind.undo(actor, book)
    except IntegrityError as fault:
        raise RefusedError(
            _("已有业务以这些期初数据为依据，不能撤回。"), remedy=_("登错的证书可在证书台账注销。")
        ) from fault
    return opened
