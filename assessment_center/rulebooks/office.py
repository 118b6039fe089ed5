"""The page that shows what a rulebook says, value by value, with its articles."""

from dataclasses import dataclass, fields

from django.http import Http404, HttpRequest, HttpResponse

from assessment_center.accounts.enums import Act
from assessment_center.office import office_view, render_office
from assessment_center.registry import Citation, RefusedError
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.summaries import Summary, summary
from assessment_center.rulebooks.selectors import current_version, current_versions, rules_of
from assessment_center.rulebooks.wording import words


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as it is shown; without citations it is a default."""

    summary: Summary
    value: str
    citations: tuple[Citation, ...]
    from_rulebook: bool
    note: str


def setting_lines(rules: Rulebook) -> list[SettingLine]:
    """Return what holds under this rulebook: what it says, is overridden, or has a default."""
    settings = rules.settings
    pairs = [(field.name, getattr(settings, field.name)) for field in fields(settings)]
    return [
        SettingLine(summary(k), words(c.value), c.citations, c.from_rulebook, c.note)
        for k, c in pairs
        if isinstance(c, Cited) and (c.citations or c.note)
    ]


@office_view(Act.RULES_VIEW)
def index(request: HttpRequest) -> HttpResponse:
    return render_office(request, "office/rulebooks/index.html", {"versions": current_versions()})


@office_view(Act.RULES_VIEW)
def detail(request: HttpRequest, code: str) -> HttpResponse:
    try:
        version: RulebookVersion = current_version(code)
    except RefusedError as refused:
        raise Http404(str(refused)) from refused
    rules = rules_of(version)
    context = {"version": version, "rules": rules, "lines": setting_lines(rules)}
    return render_office(request, "office/rulebooks/detail.html", context)
