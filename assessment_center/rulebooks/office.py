"""Pages to read a rulebook: by document and article, searched, and where its sources differ."""

from dataclasses import dataclass, fields
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from assessment_center.accounts.enums import Act
from assessment_center.office import office_view, render_office
from assessment_center.registry import Citation, RefusedError
from assessment_center.rulebooks.browsing import shown_chapters
from assessment_center.rulebooks.comparing import setting_cell
from assessment_center.rulebooks.labels import TABLE_LABELS
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.rulebook import ConflictNote, Rulebook
from assessment_center.rulebooks.rules.summaries import Summary, summary
from assessment_center.rulebooks.selectors import (
    current_version,
    current_versions,
    overrides_in_force,
    rules_of,
    versions_of,
)


@dataclass(frozen=True, slots=True)
class DefaultLine:
    """A setting on which the regulation is silent, and what is done instead."""

    summary: Summary
    value: str


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """A contradiction of the sources, the choice made, and the settings it decides."""

    id: str
    problem: str
    choice: str
    where: str
    decides: tuple[str, ...]
    cite: tuple[Citation, ...]


def version_or_404(request: HttpRequest, code: str) -> RulebookVersion:
    """The version asked for by `v`, else the newest; 404 for what is not installed."""
    try:
        newest = current_version(code)
    except RefusedError as refused:
        raise Http404(str(refused)) from refused
    if not (wanted := request.GET.get("v", "")):
        return newest
    try:
        return RulebookVersion.objects.get(code=code, pk=UUID(wanted))
    except (ValueError, RulebookVersion.DoesNotExist) as error:
        raise Http404(wanted) from error


def frame(version: RulebookVersion, tab: str) -> dict[str, object]:
    """What every page of one rulebook shows above its own matter."""
    rules = rules_of(version)
    return {
        "version": version,
        "versions": versions_of(version.code),
        "rules": rules,
        "tab": tab,
        "conflict_count": len(rules.conflicts),
        "override_count": len(overrides_in_force(version)),
    }


def default_lines(rules: Rulebook) -> list[DefaultLine]:
    """Return the settings that have a default because the regulation does not speak of them."""
    keys = (each.name for each in fields(rules.settings))
    silent = ((key, getattr(rules.settings, key)) for key in keys)
    return [
        DefaultLine(summary(key), setting_cell(rules, key).default)
        for key, cited in silent
        if isinstance(cited, Cited) and not cited.citations and cited.note
    ]


def conflict_lines(rules: Rulebook) -> list[ConflictLine]:
    """Return what the sources leave open or say twice, with the choice made."""
    return [
        ConflictLine(
            each.id,
            each.problem,
            each.choice,
            each.where,
            _decides(rules, each),
            each.cite,
        )
        for each in rules.conflicts
    ]


def _decides(rules: Rulebook, conflict: ConflictNote) -> tuple[str, ...]:
    told = []
    for key in conflict.settings:
        cell = setting_cell(rules, key)
        told.append(f"{summary(key).label}：{'；'.join(cell.lines) or cell.default}")
    told += [str(TABLE_LABELS[table]) for table in conflict.tables]
    return tuple(told)


@office_view(Act.RULES_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    lines = [(version, rules_of(version)) for version in current_versions()]
    return render_office(request, "office/rulebooks/index.html", {"lines": lines})


@office_view(Act.RULES_VIEW)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    version = version_or_404(request, code)
    wanted = request.GET.get("q", "").strip()[:60]
    context = frame(version, "articles")
    rules = rules_of(version)
    found = shown_chapters(rules, wanted)
    count = sum(len(chapter.articles) for chapter in found)
    context |= {
        "chapters": found,
        "wanted": wanted,
        "found": _("找到 %(n)s 条") % {"n": count},
        "defaults": [] if wanted else default_lines(rules),
    }
    return render_office(request, "office/rulebooks/detail.html", context)


@office_view(Act.RULES_VIEW)
def conflicts(request: HttpRequest, code: str) -> HttpResponse:
    version = version_or_404(request, code)
    context = frame(version, "conflicts") | {"lines": conflict_lines(rules_of(version))}
    return render_office(request, "office/rulebooks/conflicts.html", context)
