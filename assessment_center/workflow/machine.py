"""A lifecycle is a table of moves; `advance` makes one: permission, guard, compare-and-set, audit.

No other code writes a status.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from assessment_center.audit.services import record
from assessment_center.registry import (
    ALLOWED,
    Actor,
    Citation,
    OpenSet,
    Outcome,
    Refused,
    RefusedError,
    SubjectRef,
)

M = TypeVar("M", bound=Model)
Guard = Callable[[Any, Actor], Outcome]
hooks: "OpenSet[Callable[[Any, Move, Actor], None]]" = OpenSet("after_move")


def _no_guard(_subject: Any, _actor: Actor) -> Outcome:
    return ALLOWED


def _no_citations(_subject: Any) -> tuple[Citation, ...]:
    return ()


@dataclass(frozen=True)
class Move:
    """One line of the table: its name and word, from any of `sources` to `target`, who may.

    `guard(subject, actor)` answers `Allowed | Refused`; `cite(subject)` gives the articles that
    command the move; a `danger` move asks the user for a reason, `needs_reason` demands one.
    """

    name: str
    label: Any
    sources: AbstractSet[str]
    target: str
    permission: str
    _: KW_ONLY
    guard: Guard = _no_guard
    cite: Callable[[Any], tuple[Citation, ...]] = _no_citations
    needs_reason: bool = False
    danger: bool = False


@dataclass(frozen=True, kw_only=True)
class Machine:
    """`name` prefixes the audit verbs; `labels` gives the word of every state."""

    name: str
    labels: Mapping[str, Any]
    moves: tuple[Move, ...]
    status_field: str = "status"
    by_name: dict[str, Move] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for move in self.moves:
            if move.name in self.by_name:
                message = f"{self.name}: two moves named {move.name}"
                raise ValueError(message)
            unknown = (move.sources | {move.target}) - set(self.labels)
            if unknown:
                message = f"{self.name}.{move.name}: unknown states {sorted(unknown)}"
                raise ValueError(message)
            self.by_name[move.name] = move

    def __getitem__(self, name: str) -> Move:
        return self.by_name[name]


def check(*, machine: Machine, subject: Model, move: str, actor: Actor) -> Outcome:
    """Would `advance` do it now? Used by pages to show or explain a button."""
    step = machine[move]
    status = getattr(subject, machine.status_field)
    if status not in step.sources:
        return Refused(
            _("当前状态为“%(status)s”，不能%(move)s。")
            % {"status": machine.labels.get(status, status), "move": step.label}
        )
    if not actor.may(step.permission):
        return Refused(_("您的角色不能%(move)s。") % {"move": step.label})
    return step.guard(subject, actor)


def open_moves(*, machine: Machine, subject: Model, actor: Actor) -> Iterator[tuple[Move, Outcome]]:
    """The moves out of the present state that this actor may see, each with its outcome."""
    status = getattr(subject, machine.status_field)
    for step in machine.moves:
        if status in step.sources and actor.may(step.permission):
            yield step, check(machine=machine, subject=subject, move=step.name, actor=actor)


def _follow(subject: Model, written: Mapping[str, Any] | None) -> None:
    """Bring the object to what the database holds: read it anew, or take over what was written."""
    if written is None:
        subject.refresh_from_db()
    for name, value in (written or {}).items():
        setattr(subject, name, value)


@transaction.atomic
def advance(
    *,
    machine: Machine,
    subject: M,
    move: str,
    actor: Actor,
    reason: str = "",
    updates: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None,
    payload: Mapping[str, Any] | None = None,
    reread: bool = True,
) -> M:
    """Make one move or raise `RefusedError`; the row changes only from a state the move allows.

    `updates` are further columns written in the same statement, or a function that gives them
    once the move is allowed; `payload` goes to the audit entry, whose verb is
    `<machine>.<move>`. Returns the subject read anew, or (not `reread`: a row that is locked and
    known) with the columns just written.
    """
    step = machine[move]
    outcome = check(machine=machine, subject=subject, move=move, actor=actor)
    if isinstance(outcome, Refused):
        raise RefusedError(outcome)
    if step.needs_reason and not reason.strip():
        raise RefusedError(_("请写明%(move)s的原因。") % {"move": step.label})
    cited = [str(each) for each in step.cite(subject)]  # read before: refreshing forgets relations
    before = getattr(subject, machine.status_field)
    columns = updates() if callable(updates) else updates or {}
    manager = type(subject)._default_manager  # noqa: SLF001
    written = {machine.status_field: step.target, **columns}
    found = manager.filter(pk=subject.pk, **{f"{machine.status_field}__in": list(step.sources)})
    changed = found.update(**written)
    if changed != 1:
        raise RefusedError(_("此记录刚刚被他人处理，请刷新后再看。"))
    _follow(subject, None if reread else written)
    record(
        actor=actor,
        verb=f"{machine.name}.{step.name}",
        subject=SubjectRef(subject._meta.label_lower, subject.pk),  # noqa: SLF001
        payload={
            "from": before,
            "to": step.target,
            **({"reason": reason} if reason else {}),
            **({"cited": cited} if cited else {}),
            **(payload or {}),
        },
    )
    for hook in hooks:
        hook(subject, step, actor)
    return subject
