"""What higher apps hand down: stages, panels, tabs and addresses of pages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.utils.functional import Promise

from assessment_center.registry.citations import Citation
from assessment_center.registry.language import in_chinese
from assessment_center.registry.outcomes import ALLOWED, Outcome
from assessment_center.registry.sets import OpenSet
from assessment_center.registry.setup import SetupStep
from assessment_center.registry.subjects import SubjectRef

Text = str | Promise
StageState = Literal["idle", "now", "done", "due", "bad", "seal", "unneeded"]
CountUnit = Literal["day", "workday", "month"]
DeadlineNature = Literal["due", "from", "event"]
FilingPart = Literal["work_place", "theory_place", "practical_place", "equipment", "system"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a stage: 796 · 理论考生."""

    value: Text | int
    label: Text


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: what, a quieter second line, a chip, and where to act."""

    title: Text
    detail: Text = ""
    state: StageState = "idle"
    chip: Text = ""
    url: str = ""
    link: str = ""
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleNote:
    """One thing an article asks, in our own words: 准考证 · 发放时间 · 考前 3 至 5 个工作日."""

    kind: Text
    title: Text
    value: Text = ""
    detail: Text = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """What stands behind a citation: what it says, what it sets, and the page to read on.

    `says` are sentences in our own words; `edition` names the text that was read where it is not
    the batch's own.
    """

    notes: Sequence[ArticleNote]
    says: Sequence[Text] = ()
    url: str = ""
    edition: Text = ""


@dataclass(frozen=True, slots=True)
class StageView:
    """How one stage of a batch stands now, for the rail and for the card below it."""

    state: StageState
    note: Text = ""
    facts: Sequence[Fact] = ()
    lines: Sequence[Line] = ()
    blockers: Sequence[Line] = ()
    primary: "StageAction | None" = None
    actions: Sequence["StageAction"] = ()


@dataclass(frozen=True, slots=True)
class StageAction:
    """A button: a link (`method` get) or a posted act (`method` post), shown when permitted."""

    label: Text
    url: str
    method: Literal["get", "post"] = "get"
    permission: str = ""
    danger: bool = False
    confirm: Text = ""
    fields: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchStage:
    """A stage of the rail; `view(batch, actor)` reads how it stands.

    `unneeded(batch)` says why this batch has no such stage, with the article: it then stands in
    the rail as not applicable. `shown(batch)` false leaves it out of the rail altogether.
    `behind(batch)` is the key of a later stage that comes first in this batch, if any.
    """

    key: str
    label: Text
    view: Callable[[Any, Any], StageView]
    unneeded: Callable[[Any], Line | None] = lambda _batch: None
    shown: Callable[[Any], bool] = lambda _batch: True
    behind: Callable[[Any], str] = lambda _batch: ""


@dataclass(frozen=True, slots=True)
class HomePanel:
    """A card of the home page; `lines(actor)` says what waits; hidden without `permission`."""

    key: str
    title: Text
    lines: Callable[[Any], Sequence[Line]]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class BatchTab:
    """A tab of the batch page: `url(batch)` leads there."""

    key: str
    label: Text
    url: Callable[[Any], str]
    permission: str = ""


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A printed form: RULES.md code, Chinese name, and `render(batch, actor)` → parts.

    `code` joins several with commas where rulebooks know the document under different forms.

    Each part is (file stem, PDF bytes); a form of many rooms yields one part a room.
    `applies(batch)` is false where the batch's rulebook does not name the form. `keeps_reach`:
    for the clerk of a department it shows that department's candidates; a form of the whole batch
    does not, and is printed by who sees the whole.
    """

    code: str
    slug: str
    label: Text
    render: Callable[[Any, Any], Sequence[tuple[str, bytes]]]
    permission: str = ""
    applies: Callable[[Any], bool] = lambda _batch: True
    keeps_reach: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "render", in_chinese(self.render))

    @property
    def codes(self) -> tuple[str, ...]:
        """Every form of the table of forms that this document is; none for an extra sheet."""
        return tuple(code for each in self.code.split(",") if (code := each.strip()))

    def codes_for(self, batch: Any) -> tuple[str, ...]:
        """Those the batch's rulebook names; where it names none, the first as a plain number."""
        return tuple(code for code in self.codes if batch.rules.form(code)) or self.codes[:1]


@dataclass(frozen=True, slots=True)
class Counting:
    """How a day was counted: `n` units after the event's day, before it when negative.

    `due` is None while the holidays of a year on the way are not known.
    """

    event: Text
    start: date
    due: date | None
    n: int = 0
    unit: CountUnit = "day"


@dataclass(frozen=True, slots=True)
class DeadlineSpec:
    """A dated rule of a batch or of the centre: what, by when, by which article, done or not.

    `due` None waits for the holidays of a year not known yet and is asked again. `done` None: the
    program keeps no record of it, so it is ticked by hand. `done_on`: the day the records name;
    where they name none, the day it was found done counts. `responsible` is the act (`Act.X`)
    whose holders are reminded. `nature`: `due` must be done by the day, `from` may not be done
    before it, `event` happens by itself. `outlives`: goes on after the batch is archived. Labels
    name no person: they also stand in calendars outside the office.
    """

    kind: str
    label: Text
    due: date | None
    citations: tuple[Citation, ...]
    done: bool | None = False
    done_on: date | None = None
    responsible: str = ""
    counting: Counting | None = None
    stage: str = ""
    nature: DeadlineNature = "due"
    outlives: bool = False
    subject: SubjectRef | None = None

    @classmethod
    def counted(
        cls, kind: str, label: Text, by: Counting, citations: tuple[Citation, ...], **more: Any
    ) -> "DeadlineSpec":
        """Due on the day that was counted, shown with the way it was counted."""
        return cls(kind, label, by.due, citations, counting=by, **more)


@dataclass(frozen=True, slots=True)
class DeadlineWatch:
    """A change of such a record puts the deadlines of its batch out of date.

    `model` is "app.model"; `batch_id(record)` leads to the batch, None when it has none.
    """

    model: str
    batch_id: Callable[[Any], UUID | None]


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """Gathers records of a batch for the archive.

    `collect(batch)` yields (record kind, title, file name, bytes, subject reference).
    """

    key: str
    label: Text
    collect: Callable[[Any], Sequence[tuple[str, str, str, bytes, Any]]]


@dataclass(frozen=True, slots=True)
class YearSource:
    """Gathers what the centre itself leaves of a year: registers, staff, equipment.

    `collect(centre, year)` yields as an `ArchiveSource` does; a title is filed once for a year.
    """

    key: str
    label: Text
    collect: Callable[[Any, int], Sequence[tuple[str, str, str, bytes, Any]]]

    def __post_init__(self) -> None:
        object.__setattr__(self, "collect", in_chinese(self.collect))


@dataclass(frozen=True, slots=True)
class FilingFact:
    """One line of a table of the filing form; `group` heads lines that belong together.

    Cells by part. `work_place`, `theory_place`, `practical_place`: what, place, area in m²,
    number (seats, workstations). `equipment` (`group` is the occupation and where it stands):
    name, model, quantity, ownership. `system`: what, how it is done.
    `serves`: codes of the occupations a place is fitted out for; none: for all.
    """

    cells: tuple[Text, ...]
    group: Text = ""
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """What a higher app knows for the filing form (F-102): `facts(centre)` gives its lines."""

    part: FilingPart
    facts: Callable[[Any], Sequence[FilingFact]]


@dataclass(frozen=True, slots=True)
class OpeningBalance:
    """One kind of data a centre that already works brings along on its first day.

    `sheet` is the `SheetSpec` of its workbook. `check(rows, centre)` names what is wrong in single
    rows as the file comes in; `agree(book)` what does not agree with the other kinds, before the
    signatures. `apply(actor, book)` writes the signed rows, `undo(actor, book)` takes them back,
    and `changeable(centre)` says whether that is still possible. `applies(centre)` is false where
    the centre's rulebooks know no such thing. `told(book)` are lines for the signed sheet.
    """

    key: str
    label: Text
    hint: Text
    sheet: Any
    check: Callable[[Sequence[Any], Any], Iterable[Any]]
    apply: Callable[[Any, Any], int]
    undo: Callable[[Any, Any], None]
    agree: Callable[[Any], Iterable[Any]] = lambda _book: ()
    changeable: Callable[[Any], Outcome] = lambda _centre: ALLOWED
    applies: Callable[[Any], bool] = lambda _centre: True
    told: Callable[[Any], Sequence[str]] = lambda _book: ()


batch_stages: OpenSet[BatchStage] = OpenSet("batch_stages")
batch_tabs: OpenSet[BatchTab] = OpenSet("batch_tabs")
home_panels: OpenSet[HomePanel] = OpenSet("home_panels")
documents: OpenSet[DocumentKind] = OpenSet("documents")
# Forms about one record outside any batch, such as a member of the staff: `render(record, actor)`;
# a list of the whole centre is rendered with None.
record_documents: OpenSet[DocumentKind] = OpenSet("record_documents")
# Forms of the centre itself, not of a batch: `render(centre, actor)`.
centre_documents: OpenSet[DocumentKind] = OpenSet("centre_documents")
# What a panel may be trained for: (id, name) of every batch not yet over, the nearest first.
open_sessions: OpenSet[Callable[[], Sequence[tuple[UUID, str]]]] = OpenSet("open_sessions")
filing_facts: OpenSet[FilingFacts] = OpenSet("filing_facts")
deadline_sources: OpenSet[Callable[[Any], Sequence[DeadlineSpec]]] = OpenSet("deadline_sources")
centre_deadline_sources: OpenSet[Callable[[Any], Sequence[DeadlineSpec]]] = OpenSet(
    "centre_deadline_sources"
)
deadline_watches: OpenSet[DeadlineWatch] = OpenSet("deadline_watches")
archive_sources: OpenSet[ArchiveSource] = OpenSet("archive_sources")
year_sources: OpenSet[YearSource] = OpenSet("year_sources")
demo_steps: OpenSet[Callable[[Any], None]] = OpenSet("demo_steps")
setup_steps: OpenSet[SetupStep] = OpenSet("setup_steps")
subject_urls: OpenSet[Callable[[Any], str]] = OpenSet("subject_urls")
opening_balances: OpenSet[OpeningBalance] = OpenSet("opening_balances")
# explain(citation, rules of the batch or None) -> Explained | None: "why?" beside a citation.
explainers: OpenSet[Callable[[Citation, Any], Explained | None]] = OpenSet("explainers")
