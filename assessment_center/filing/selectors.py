"""Reading applications, their checklist and what the office's records say to each row."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from assessment_center.catalog.models import Occupation
from assessment_center.filing.enums import EDITABLE, OPEN
from assessment_center.filing.models import (
    FilingApplication,
    InternalRegulation,
    OrgUnit,
    ScopeRequest,
    UnitMember,
)
from assessment_center.filing.rules.checklist import Due, due
from assessment_center.filing.rules.evaluation import Evaluation, Mark, evaluate
from assessment_center.organization.models import AssessmentCentre, FiledScope, Filing
from assessment_center.organization.selectors import filings_on, scope_lines
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.models import StaffMember
from assessment_center.personnel.selectors import qualified
from assessment_center.registry import entries
from assessment_center.registry.entries import FilingFact, FilingPart
from assessment_center.rulebooks.models import RulebookVersion
from assessment_center.rulebooks.rules.filing import OrgUnitRule, PlanChapter
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.selectors import current_versions, rules_of

ASSESSING = (Grade.ASSESSOR, Grade.SENIOR_ASSESSOR)


def applications(centre: AssessmentCentre) -> QuerySet[FilingApplication]:
    """All applications of the centre, the latest first."""
    return centre.requests.select_related("rulebook_version", "filing", "base", "centre")


def is_editable(application: FilingApplication) -> bool:
    """Whether papers, lines and texts may still be changed."""
    return application.status in EDITABLE


def is_open(application: FilingApplication) -> bool:
    return application.status in OPEN


def lines_of(application: FilingApplication) -> QuerySet[ScopeRequest]:
    return application.lines.select_related("occupation", "job", "standard", "specification")


def rests_on_own_spec(application: FilingApplication) -> bool:
    return application.lines.filter(specification__isnull=False).exists()


def checklist(application: FilingApplication) -> list[Due]:
    """The papers due for this application, each with whether it is there (FIL-12)."""
    present = set(application.papers.values_list("code", flat=True))
    if application.opinions.exists():
        present |= {each.code for each in application.rules.filing_materials if each.by_authority}
    kind: Any = application.kind
    own = rests_on_own_spec(application)
    return due(application.rules.filing_materials, kind, own_spec=own, present=present)


def needs_assessment(application: FilingApplication) -> bool:
    """The evaluation belongs to a first filing, where the rulebook has such a table."""
    return bool(application.rules.filing_criteria) and application.kind == "initial"


def needs_plan(application: FilingApplication) -> bool:
    """The work plan belongs to a first filing; an increment does not file it again (FIL-07)."""
    return bool(application.rules.plan_chapters) and application.kind == "initial"


def marks_of(application: FilingApplication) -> dict[str, Mark]:
    return {each.code: Mark(each.points, each.met) for each in application.marks.all()}


def evaluation_of(application: FilingApplication) -> Evaluation:
    """The self-assessment added up under the application's rulebook (FIL-13)."""
    rules = application.rules
    score = rules.settings.filing_pass_score
    return evaluate(rules.filing_criteria, marks_of(application), score.value if score else None)


def written(application: FilingApplication) -> dict[str, str]:
    return dict(application.sections.values_list("code", "text"))


def has_sections(rules: Rulebook, chapter: PlanChapter) -> bool:
    return any(each.code.startswith(f"{chapter.code}.") for each in rules.plan_chapters)


def unwritten(application: FilingApplication) -> list[PlanChapter]:
    """Sections of the work plan without a text (FIL-15); a chapter with sections has none."""
    texts, rules = written(application), application.rules
    due_here = (each for each in rules.plan_chapters if not has_sections(rules, each))
    return [each for each in due_here if not texts.get(each.code, "").strip()]


def regulations_in_force(centre: AssessmentCentre, on: date) -> QuerySet[InternalRegulation]:
    """In the order they were issued and entered."""
    held = centre.regulations.filter(issued_on__lte=on)
    return held.exclude(ended_on__lt=on).order_by("issued_on", "created_at")


def regulations_missing(centre: AssessmentCentre, rules: Rulebook, on: date) -> list[str]:
    """Names of the regulations due under this rulebook and not in force (FIL-14)."""
    held = set(regulations_in_force(centre, on).values_list("code", flat=True))
    return [each.label for each in rules.regulations_due if each.code not in held]


def units_in_force(centre: AssessmentCentre, on: date | None = None) -> QuerySet[OrgUnit]:
    """Units that have not given their duties to a successor."""
    held = centre.units.filter(ended_on=None).prefetch_related("members__member__person")
    return held.filter(since__lte=on) if on else held


def in_order(units: Iterable[OrgUnit], rules: Rulebook) -> list[OrgUnit]:
    """As the rulebook lists them, from the leading body down; others follow."""
    places = {each.code: place for place, each in enumerate(rules.org_units)}
    return sorted(units, key=lambda each: places.get(each.code, len(places)))


def unit_rules(rules: Rulebook) -> list[OrgUnitRule]:
    """The units the centre itself sets up; the authorities above it are not its own."""
    return [each for each in rules.org_units if each.kind != "authority"]


def units_missing(centre: AssessmentCentre, rules: Rulebook) -> list[OrgUnitRule]:
    """Units the rulebook orders and the centre has not set up (ORG-01)."""
    held = set(units_in_force(centre).values_list("code", flat=True))
    return [each for each in unit_rules(rules) if each.code not in held]


def fulltime_staff(centre: AssessmentCentre) -> list[UnitMember]:
    """Members of the executing body and its groups who do nothing else, each once."""
    found: dict[Any, UnitMember] = {}
    members = UnitMember.objects.filter(
        unit__centre=centre,
        unit__ended_on=None,
        unit__kind__in=("office", "group"),
        is_fulltime=True,
        member__is_active=True,
    ).select_related("member__person", "unit")
    for each in members.order_by("unit__since", "created_at"):
        found.setdefault(each.member_id, each)
    return list(found.values())


def assessors_of(occupation: Occupation, on: date) -> list[StaffMember]:
    """Assessors and senior assessors of this occupation, each once."""
    held = (each for g in ASSESSING for each in qualified(grade=g, on=on, occupation=occupation))
    return list({each.pk: each for each in held}.values())


def facts_of(centre: AssessmentCentre, part: FilingPart) -> list[FilingFact]:
    """What higher apps know for this part of the form: venues, equipment, systems."""
    told = (each for each in entries.filing_facts if each.part == part)
    return [fact for each in told for fact in each.facts(centre)]


def filing_versions() -> list[tuple[RulebookVersion, Rulebook]]:
    """Rulebooks under which an application can be begun."""
    versions = ((each, rules_of(each)) for each in current_versions())
    return [(version, rules) for version, rules in versions if rules.filing_routes]


def base_for(centre: AssessmentCentre, version: RulebookVersion, on: date) -> Filing | None:
    """The filing an increment adds to: valid that day, under the same rulebook."""
    held = (each for each in filings_on(centre, on) if each.base_id is None)
    return next((each for each in held if each.rulebook_version.code == version.code), None)


def not_asked_again(application: FilingApplication) -> list[FiledScope]:
    """What holds today and a renewal leaves out, whole or in some level; it ends with its term.

    Only a new filing under the same rulebook renews: an increment keeps what there is.
    """
    today = timezone.localdate()
    version = application.rulebook_version
    if application.kind == "incremental" or base_for(application.centre, version, today) is None:
        return []
    asked: dict[tuple[Any, Any], set[int]] = {}
    for line in application.lines.all():
        asked.setdefault((line.occupation_id, line.job_id), set()).update(line.levels)
    held = sorted(scope_lines(application.centre, today), key=lambda line: line.occupation.code)
    return [
        line
        for line in held
        if (known := asked.get((line.occupation_id, line.job_id))) is None
        or not set(line.levels) <= known
    ]
