"""What higher apps hand down: stages, panels, tabs and addresses of pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from django.utils.functional import Promise

from assessment_center.registry.citations import Citation
from assessment_center.registry.language import in_chinese
from assessment_center.registry.sets import OpenSet

Text = str | Promise
StageState = Literal["idle", "now", "done", "due", "bad", "seal"]


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
    """A stage of the rail; `view(batch, actor)` reads how it stands."""

    key: str
    label: Text
    view: Callable[[Any, Any], StageView]


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

    Each part is (file stem, PDF bytes); a form of many rooms yields one part a room.
    `applies(batch)` is false where the batch's rulebook does not name the form.
    """

    code: str
    slug: str
    label: Text
    render: Callable[[Any, Any], Sequence[tuple[str, bytes]]]
    permission: str = ""
    applies: Callable[[Any], bool] = lambda _batch: True

    def __post_init__(self) -> None:
        object.__setattr__(self, "render", in_chinese(self.render))


@dataclass(frozen=True, slots=True)
class DeadlineSpec:
    """A dated rule for one batch: what, due when, by which article, done when."""

    kind: str
    label: Text
    due: date
    citations: tuple[Citation, ...]
    done: bool = False
    responsible: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveSource:
    """Gathers records of a batch for the archive.

    `collect(batch)` yields (record kind, title, file name, bytes, subject reference).
    """

    key: str
    label: Text
    collect: Callable[[Any], Sequence[tuple[str, str, str, bytes, Any]]]


batch_stages: OpenSet[BatchStage] = OpenSet("batch_stages")
batch_tabs: OpenSet[BatchTab] = OpenSet("batch_tabs")
home_panels: OpenSet[HomePanel] = OpenSet("home_panels")
documents: OpenSet[DocumentKind] = OpenSet("documents")
deadline_sources: OpenSet[Callable[[Any], Sequence[DeadlineSpec]]] = OpenSet("deadline_sources")
archive_sources: OpenSet[ArchiveSource] = OpenSet("archive_sources")
demo_steps: OpenSet[Callable[[Any], None]] = OpenSet("demo_steps")
subject_urls: OpenSet[Callable[[Any], str]] = OpenSet("subject_urls")
