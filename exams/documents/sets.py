"""The printed set of a room, a site or a batch: in working order with its covers, or by kind."""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from django.utils.translation import gettext as _

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.audit.services import record
from assessment_center.batches.models import AssessmentBatch
from assessment_center.people.reach import reach_of
from assessment_center.printed.services import unchanged
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.language import in_chinese
from exams.documents.common import called, place, room_meta
from exams.documents.reading import Plan
from exams.documents.sheet import KINDS, Kind, Scope, Sheet, issue, of_room, of_site, sheets_of
from exams.models import SeatAssignment, Site
from exams.opening import require_batch_known
from exams.selectors import rooms_in_time

A_VOLUME = 40  # rooms bound into one file: what a printer takes and a person finds his way in
Tell = Callable[[int, int], None]


class Order(StrEnum):
    """How a set is bound: a bag after the other, or all sheets of a kind together."""

    WORKING = "working"
    KINDS = "kinds"


@dataclass(frozen=True, slots=True)
class Bundle:
    """What lies together in one bag or folder, led by its cover."""

    name: str
    heading: str
    meta: pdf.Pairs
    sheets: Sequence[Sheet]
    step: int = 0
    notes: Sequence[str] = ()


def require_printing(actor: Actor, batch: AssessmentBatch) -> None:
    """Refuse who sees only a department, and everybody who may know nothing before its hour."""
    if not actor.may(Act.EXAM_VIEW) or not reach_of(actor, Act.EXAM_VIEW).everywhere:
        raise RefusedError(_("您的角色不能打印整套考务材料。"), remedy=_("请由全校考务员打印。"))
    require_batch_known(actor, batch)


def require_rooms(plan: Plan) -> None:
    """Refuse a set without rooms: nobody is seated, or nothing of it will be held."""
    if plan.rooms:
        return
    if SeatAssignment.objects.filter(sitting__batch=plan.batch).exists():
        raise RefusedError(_("排了座位的场次都已缓考或取消，没有要打印的考务材料。"))
    raise RefusedError(_("还没有排好座位的考场。"), remedy=_("请先排座并确认。"))


def bundles(plan: Plan, scope: Scope) -> Iterator[Bundle]:
    """The bundles of a set down from `scope`: a batch has its sites, a site its rooms."""
    if scope == Scope.BATCH:
        yield _of_batch(plan)
    for site in plan.sites:
        here = plan.at(site)
        if scope != Scope.ROOM:
            yield _of_site(here, site, several=_several(plan.batch))
        for step, room in enumerate(here.rooms):
            sheets = [
                sheet
                for kind in _kinds(plan.batch, Scope.ROOM)
                for sheet in of_room(kind, plan, room)
            ]
            yield Bundle(
                called(room.room), f"{plan.batch.name}　{place(room.room)}", room_meta(room),
                sheets, step, ("按序号清点装袋；交回时连同试卷、签到表和考场记录表一并核对。",),
            )  # fmt: skip


@in_chinese
def gathered(plan: Plan, scope: Scope) -> list[Bundle]:
    """All bundles of a set, filled in with the language of the forms."""
    return list(bundles(plan, scope))


def _kinds(batch: AssessmentBatch, scope: Scope) -> list[Kind]:
    return [each for each in KINDS if each.in_set and each.scope == scope and each.applies(batch)]


def _several(batch: AssessmentBatch) -> bool:
    """Whether sheets of a site must be told apart, as `sheets_of` does for the whole batch."""
    found = rooms_in_time(batch).filter(seats__isnull=False)
    return found.values("room__site").distinct().count() > 1


def _of_batch(plan: Plan) -> Bundle:
    kinds = _kinds(plan.batch, Scope.BATCH)
    sheets = [sheet for kind in kinds for sheet in sheets_of(kind, plan)]
    meta = (
        ("考点", f"{len(plan.sites)} 个"),
        ("考场", f"{len(plan.rooms)} 个"),
        ("人次", str(sum(len(room.seats) for room in plan.rooms))),
    )
    return Bundle("批次材料", plan.batch.name, meta, sheets)


def _of_site(plan: Plan, site: Site, *, several: bool) -> Bundle:
    named = f"{site.name}-" if several else ""
    kinds = _kinds(plan.batch, Scope.SITE)
    sheets = [sheet for kind in kinds for sheet in of_site(kind, plan, named)]
    meta = (("地址", site.address), ("考场", f"{len(plan.rooms)} 个"))
    return Bundle(site.name, plan.batch.name, meta, sheets)


def only_changed(found: Iterable[Bundle], batch: AssessmentBatch) -> list[Bundle]:
    """The same without sheets whose newest printing still holds; empty bundles fall away."""
    listed = list(found)
    every = [sheet.wanted for bundle in listed for sheet in bundle.sheets]
    held = unchanged(batch_id=batch.pk, wanted=every)
    kept = []
    for bundle in listed:
        sheets = [sheet for sheet in bundle.sheets if sheet.wanted.key not in held]
        if sheets:
            kept.append(
                Bundle(bundle.name, bundle.heading, bundle.meta, sheets, bundle.step, bundle.notes)
            )
    return kept


def volumes(found: Sequence[Bundle]) -> list[tuple[str, Sequence[Bundle]]]:
    """Bundles in files of at most forty; a single file bears no number."""
    parts = [found[at : at + A_VOLUME] for at in range(0, len(found), A_VOLUME)]
    if len(parts) == 1:
        return [("考务材料", parts[0])]
    return [(f"考务材料-第{number:02d}册", part) for number, part in enumerate(parts, 1)]


@in_chinese
def bound(
    part: Sequence[Bundle], batch: AssessmentBatch, actor: Actor, tell: Tell | None = None
) -> bytes:
    """One file in working order: every bundle behind its cover."""
    sheets = [sheet for bundle in part for sheet in bundle.sheets]
    leaves = iter(issue(sheets, batch, actor))

    def pages() -> Iterator[pdf.Leaf]:
        for done, bundle in enumerate(part, 1):
            own = [next(leaves) for _sheet in bundle.sheets]
            yield pdf.Leaf(_cover(bundle, own))
            yield from own
            if tell:
                tell(done, len(part))

    return pdf.bind(pages(), title=batch.name)


def _cover(bundle: Bundle, leaves: Sequence[pdf.Leaf]) -> pdf.Cover:
    lines = [
        (
            sheet.made.label, leaf.imprint.code.rpartition(" ")[2], leaf.imprint.version,
            str(leaf.copies),
        )
        for sheet, leaf in zip(bundle.sheets, leaves, strict=True)
    ]  # fmt: skip
    return pdf.Cover(
        main=bundle.name,
        lines=lines,
        heading=bundle.heading,
        meta=bundle.meta,
        notes=bundle.notes,
        signatures=("装袋人", "复核人", "领取人", "时间"),
        step=bundle.step,
    )


@in_chinese
def by_kind(
    found: Sequence[Bundle], batch: AssessmentBatch, actor: Actor, tell: Tell | None = None
) -> Iterator[tuple[str, bytes]]:
    """A file for every kind of sheet, in the order of the rooms."""
    grouped: dict[str, list[Sheet]] = {}
    for bundle in found:
        for sheet in bundle.sheets:
            grouped.setdefault(sheet.kind.slug, []).append(sheet)
    parts = []
    for done, sheets in enumerate(grouped.values(), 1):
        label = str(sheets[0].kind.label)
        parts.append((f"{done:02d}-{label}", pdf.bind(issue(sheets, batch, actor), title=label)))
        if tell:
            tell(done, len(grouped))
    return iter(parts)


def write(
    target: IO[bytes],
    found: Sequence[Bundle],
    batch: AssessmentBatch,
    actor: Actor,
    *,
    order: Order = Order.WORKING,
    tell: Tell | None = None,
) -> str:
    """Write the set into a file, a volume at a time; returns what kind of file it is.

    One volume in working order is a PDF; several, and sets by kind, are an archive of PDFs.
    """
    parts = volumes(found)
    _note(batch, actor, len(found))
    if order == Order.WORKING and len(parts) == 1:
        target.write(bound(parts[0][1], batch, actor, tell))
        return "pdf"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        if order == Order.KINDS:
            for stem, content in by_kind(found, batch, actor, tell):
                archive.writestr(f"{stem}.pdf", content)
            return "zip"
        before = 0
        for stem, part in parts:
            content = bound(part, batch, actor, _shifted(tell, before, len(found)))
            archive.writestr(f"{stem}.pdf", content)
            before += len(part)
    return "zip"


def _shifted(tell: Tell | None, before: int, total: int) -> Tell | None:
    """Progress of one volume as progress of the whole set."""
    if tell is None:
        return None
    return lambda done, _of: tell(before + done, total)


def _note(batch: AssessmentBatch, actor: Actor, count: int) -> None:
    record(
        actor=actor,
        verb="printed.render",
        subject=batch.subject,
        payload={"form": "set", "parts": count},
    )
