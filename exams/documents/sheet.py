"""What a printed sheet of an examination is, and how it gets its code, version and place.

A kind of sheet stands in one table (`KINDS`), from which come the forms of the batch page, the set
of a room, of a site and of a batch. What a sheet shows is decided before it is drawn, so that a set
of thousands is registered in a few statements.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment_center import pdf
from assessment_center.accounts.enums import Act
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.selectors import is_examined
from assessment_center.printed.imprint import corner, digest_of
from assessment_center.printed.services import Wanted, register_set
from assessment_center.registry import Actor, SubjectRef
from assessment_center.registry.entries import DocumentKind, documents
from exams.documents.reading import Plan, RoomPlan, read
from exams.opening import require_batch_known

Parts = Sequence[tuple[str, bytes]]


class Scope(StrEnum):
    """Whose sheet it is; a set is bound in this order."""

    BATCH = "batch"
    SITE = "site"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Made:
    """What one sheet shows. `label` names it in lists and files; `key` tells several of a kind."""

    item: pdf.Item
    label: str
    paper: pdf.Paper = pdf.Paper.A4
    copies: int = 1
    key: str = ""
    code: str = ""
    content: object = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet. `make(plan)` or, of a room, `make(plan, room)` gives what it shows.

    `applies` False: the batch's rulebook orders no such sheet. `in_set`: bound into the set.
    """

    code: str
    slug: str
    label: str
    scope: Scope
    make: Callable[..., Iterable[Made]]
    applies: Callable[[AssessmentBatch], bool] = is_examined
    in_set: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be printed, and whose record it is."""

    kind: Kind
    made: Made
    subject: SubjectRef
    stem: str

    @property
    def code(self) -> str:
        return self.made.code or self.kind.code.partition(",")[0]

    @property
    def slug(self) -> str:
        return f"{self.kind.slug}_{self.made.key}" if self.made.key else self.kind.slug

    @property
    def wanted(self) -> Wanted:
        content = self.made.content or self.made.item
        return Wanted(self.code, self.slug, self.made.label, self.subject, digest_of(content))


KINDS: list[Kind] = []


def declare(kind: Kind, *, order: int) -> None:
    """Put a kind into the table and among the forms of the batch page."""
    KINDS.append(kind)

    def render(batch: AssessmentBatch, actor: Actor) -> Parts:
        return print_parts(list(sheets_of(kind, read(batch))), batch, actor)

    form = DocumentKind(kind.code, kind.slug, kind.label, render, Act.EXAM_VIEW, kind.applies)
    documents.register(kind.slug, form, order=order)


def sheets_of(kind: Kind, plan: Plan) -> Iterator[Sheet]:
    """All sheets of a kind, of every room or site in the plan."""
    if kind.scope == Scope.ROOM:
        for room in plan.rooms:
            yield from of_room(kind, plan, room)
    elif kind.scope == Scope.SITE:
        for place, site in enumerate(plan.sites, 1):
            named = f"考点{place}-" if len(plan.sites) > 1 else ""
            yield from of_site(kind, plan.at(site), named)
    else:
        for made in kind.make(plan):
            yield Sheet(kind, made, plan.subject, made.label)


def of_room(kind: Kind, plan: Plan, room: RoomPlan) -> Iterator[Sheet]:
    """The sheets of one room; its number in the timetable leads their names."""
    stem = f"{room.sitting.number:02d}场-{room.room.number:02d}考场"
    for made in kind.make(plan, room):
        yield Sheet(kind, made, room.room.subject, f"{stem}-{made.label}")


def of_site(kind: Kind, plan: Plan, named: str = "") -> Iterator[Sheet]:
    """The sheets of one site: records of the batch, told apart by the site where it has several."""
    key = plan.sites[0].pk.hex[:8] if named else ""
    for made in kind.make(plan):
        told = "_".join(part for part in (key, made.key) if part)
        own = Made(made.item, made.label, made.paper, made.copies, told, made.code, made.content)
        yield Sheet(kind, own, plan.subject, f"{named}{made.label}")


def issue(sheets: Sequence[Sheet], batch: AssessmentBatch, actor: Actor) -> list[pdf.Leaf]:
    """Register the sheets and give each its corner.

    Refuses who need not know the arrangement before its hour: every sheet shows part of it.
    """
    require_batch_known(actor, batch)
    rules = batch.rules
    wanted = [each.wanted for each in sheets]
    kept = register_set(actor=actor, batch_id=batch.pk, wanted=wanted)
    leaves = []
    for each, row in zip(sheets, kept, strict=True):
        form = rules.form(each.code)
        imprint = corner(row, form.cite if form else ())
        leaves.append(pdf.Leaf(each.made.item, imprint, each.made.paper, each.made.copies))
    return leaves


def print_parts(sheets: Sequence[Sheet], batch: AssessmentBatch, actor: Actor) -> Parts:
    """Every sheet as a file of its own."""
    leaves = issue(sheets, batch, actor)
    return [(each.stem, pdf.bind(leaf)) for each, leaf in zip(sheets, leaves, strict=True)]


def named_form(code: str) -> Callable[[AssessmentBatch], bool]:
    """A sheet that is printed where the batch's rulebook names the form."""

    def applies(batch: AssessmentBatch) -> bool:
        return is_examined(batch) and batch.rules.form(code) is not None

    return applies
