"""What the page of a batch shows: the rail, the stage chosen, tabs, cards and forms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.audit.models import AuditEntry
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.due import deadline_lines
from assessment_center.jobs.enums import JobStatus
from assessment_center.jobs.models import Job
from assessment_center.office import batch_cards
from assessment_center.people.reach import prints
from assessment_center.registry import Actor, RefusedError
from assessment_center.registry.entries import (
    BatchStage,
    DocumentKind,
    Line,
    StageView,
    batch_stages,
    batch_tabs,
    documents,
)

OPEN_STATES = ("now", "due", "bad")
OVER_STATES = ("done", "unneeded")
SHOWN_JOBS = 5
SHOWN_DEADLINES = 8


@dataclass(frozen=True, slots=True)
class RailStop:
    """One stage of the rail with how it stands."""

    key: str
    label: str
    view: StageView


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    active: bool


@dataclass(frozen=True, slots=True)
class SideCard:
    title: str
    lines: Sequence[Line]
    url: str = ""


def rail_of(batch: AssessmentBatch, actor: Actor) -> list[RailStop]:
    """All stages in the order of this batch, each as its app sees it."""
    stages = _ordered(batch)
    return [RailStop(s.key, str(s.label), _view(s, batch, actor)) for s in stages]


def _ordered(batch: AssessmentBatch) -> list[BatchStage]:
    """As they are registered; one that follows a later stage in this batch stands behind it."""
    stages = [stage for stage in batch_stages if stage.shown(batch)]
    for stage in list(stages):
        key = stage.behind(batch)
        ahead = next((each for each in stages if each.key == key), None)
        if ahead is not None:
            stages.remove(stage)
            stages.insert(stages.index(ahead) + 1, stage)
    return stages


def _view(stage: BatchStage, batch: AssessmentBatch, actor: Actor) -> StageView:
    if (reason := stage.unneeded(batch)) is not None:
        return StageView("unneeded", _("不适用"), lines=(reason,))
    try:
        return stage.view(batch, actor)
    except RefusedError as refused:
        refusal = refused.refusal
        line = Line(str(refusal.reason), str(refusal.remedy), "bad", citations=refusal.citations)
        return StageView("bad", _("需处理"), blockers=(line,))


def present(rail: Sequence[RailStop]) -> RailStop | None:
    """The stage where the batch stands: the first that is under way, else the first not done."""
    under_way = (stop for stop in rail if stop.view.state in OPEN_STATES)
    waiting = (stop for stop in rail if stop.view.state not in OVER_STATES)
    return next(under_way, None) or next(waiting, None) or (rail[-1] if rail else None)


def chosen(rail: Sequence[RailStop], key: str | None) -> RailStop | None:
    """The stage asked for, or the present one."""
    return next((stop for stop in rail if stop.key == key), None) or present(rail)


def offered(batch: AssessmentBatch) -> str:
    """电工 三级、四级 · 焊工 四级 - out of offerings already fetched."""
    rows = sorted(batch.offerings.all(), key=lambda o: (o.occupation.name, o.level or 9))
    parts = []
    for name, group in groupby(rows, key=lambda o: o.occupation.name):
        levels = dict.fromkeys(_short(o) for o in group)
        parts.append(f"{name} {'、'.join(filter(None, levels))}".strip())
    return " · ".join(parts)


def _short(offering: Offering) -> str:
    """三级 of 三级/高级工; the job where there is no level."""
    return str(offering.get_level_display() or offering.job or "").partition("/")[0]


def tabs_of(batch: AssessmentBatch, actor: Actor, path: str) -> list[Tab]:
    """The tabs of the batch page this actor may open."""
    own = [(_("总览"), reverse("batches_office:batch", args=[batch.code]))]
    own += [
        (str(tab.label), tab.url(batch))
        for tab in batch_tabs
        if not tab.permission or actor.may(tab.permission)
    ]
    own.append((_("打印件"), reverse("batches_office:documents", args=[batch.code])))
    if actor.may(Act.AUDIT_VIEW):
        own.append((_("审计"), reverse("batches_office:trail", args=[batch.code])))
    return [Tab(label, url, path == url) for label, url in own]


def side_cards(batch: AssessmentBatch, actor: Actor) -> Iterator[SideCard]:
    """The right column: deadlines first, then what the apps hand in."""
    rows = batch.deadlines.order_by(F("done_at").asc(nulls_first=True), "due", "label")
    near = deadline_lines(rows[:SHOWN_DEADLINES])
    yield SideCard(_("期限"), near, reverse("deadlines_office:batch", args=[batch.code]))
    for card in batch_cards:
        if not card.permission or actor.may(card.permission):
            url = card.url(batch) if card.url else ""
            yield SideCard(str(card.title), list(card.lines(batch, actor)), url)


def jobs_of(batch: AssessmentBatch) -> list[Job]:
    """The jobs of this batch under way, and the latest ended ones while there is room."""
    mine = Job.objects.filter(subject_kind=batch.subject.kind, subject_id=batch.pk)
    open_ones = mine.filter(status__in=(JobStatus.QUEUED, JobStatus.RUNNING))
    ended = mine.exclude(status__in=(JobStatus.QUEUED, JobStatus.RUNNING))
    waiting = list(open_ones[:SHOWN_JOBS])
    return waiting + list(ended[: SHOWN_JOBS - len(waiting)])


def forms_of(batch: AssessmentBatch, actor: Actor) -> list[DocumentKind]:
    """The printed forms this batch's rulebook names and this actor may print."""
    return [kind for kind in documents if prints(actor, kind) and kind.applies(batch)]


def trail_of(batch: AssessmentBatch) -> QuerySet[AuditEntry]:
    """Every act on the batch, on what it owns, and what names it in its record."""
    owned: list[tuple[str, list[UUID]]] = [
        (batch.subject.kind, [batch.pk]),
        *(
            (manager.model._meta.label_lower, list(manager.values_list("pk", flat=True)))  # noqa: SLF001
            for manager in (batch.offerings, batch.announcements, batch.reports)
        ),
    ]
    found = Q(payload__batch=str(batch.pk)) | Q(payload__batch=batch.code)
    for kind, keys in owned:
        found |= Q(subject_kind=kind, subject_id__in=keys)
    return AuditEntry.objects.filter(found)
