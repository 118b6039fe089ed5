"""A rulebook: what one regulation says, typed, every statement with its article."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment_center.registry import Citation
from assessment_center.rulebooks.rules.choices import Decider, FormKind, SubjectKind
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from assessment_center.rulebooks.rules.filing import (
    FilingCriterion,
    FilingKind,
    FilingMaterial,
    FilingRoute,
    FilingRule,
    OrgUnitRule,
    PlanChapter,
    RegulationDue,
)
from assessment_center.rulebooks.rules.settings_fields import Settings
from assessment_center.rulebooks.rules.staff import StaffGroup, StaffPenalty, StaffViolation

Status = Literal["in_force", "sample", "old", "draft"]
Effect = Literal[
    "warn",
    "leave_room",
    "zero_subject",
    "void_subject",
    "void_batch",
    "block_remaining_subjects",
    "ban",
    "notify_employer",
    "void_year",
    "revoke_certificate",
    "cancel_application",
    "police",
    "decided_by_body",
]
SettlesWhen = Literal["at_once", "after_warning"]
Table = Literal[
    "conditions",
    "penalties",
    "violations",
    "staff_penalties",
    "staff_violations",
    "forms",
    "retention",
    "report_deadlines",
    "filing_routes",
    "filing_materials",
    "filing_criteria",
    "plan_chapters",
    "regulations_due",
    "org_units",
    "filing_rules",
]


@dataclass(frozen=True, slots=True)
class Identity:
    """Which rulebook this is. `short` opens its citations; `name` is what the office reads."""

    code: str
    short: str
    name: str
    document: str
    status: Status
    version: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Penalty:
    """A class of consequences of a candidate's violation."""

    code: str
    label: str
    effects: tuple[Effect, ...]
    settles: SettlesWhen = "at_once"


@dataclass(frozen=True, slots=True)
class ViolationRule:
    """An act of a candidate and its consequence. `subjects` empty: any subject.

    `cheating`: the act is cheating, not merely disorder (what closes the remaining subjects).
    """

    code: str
    act: str
    penalty: str
    decided_by: Decider
    cite: tuple[Citation, ...]
    subjects: tuple[SubjectKind, ...] = ()
    cheating: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True)
class FormVariant:
    """What the form is called for one kind of what it speaks of."""

    kind: FormKind
    name: str


@dataclass(frozen=True, slots=True)
class RulebookForm:
    """A printed form or register this rulebook names, under its official name.

    `sheet` is the slug of the sheet that bears the name where several of ours share the code.
    """

    code: str
    name: str
    cite: tuple[Citation, ...]
    variants: tuple[FormVariant, ...] = ()
    sheet: str = ""

    def name_for(self, kind: str) -> str:
        """The form's own name for this kind; its common name where there is none."""
        return next((each.name for each in self.variants if each.kind == kind), self.name)


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """How long a kind of material is kept; no number of years means permanently."""

    kind: str
    label: str
    cite: tuple[Citation, ...]
    years: int | None = None
    months: int | None = None
    note: str = ""

    @property
    def permanent(self) -> bool:
        return self.years is None and self.months is None


@dataclass(frozen=True, slots=True)
class ReportDeadline:
    """A report to the authority: due `workdays` or `months` before or after an event."""

    kind: str
    label: str
    anchor: str
    cite: tuple[Citation, ...]
    workdays: int | None = None
    days: int | None = None
    months: int | None = None
    before: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConflictNote:
    """A contradiction or gap inside the rulebook and how it was settled here.

    `where` says in words between which articles (or that no article speaks); `settings` and
    `tables` are what the choice decides. Both empty: only the citing is concerned.
    """

    id: str
    problem: str
    choice: str
    cite: tuple[Citation, ...] = ()
    where: str = ""
    settings: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Everything one regulation says. Frozen: a batch keeps the version it was opened under."""

    identity: Identity
    legend: Mapping[str, str]
    settings: Settings
    rows: Mapping[str, tuple[str, ...]]
    conditions: tuple[EligibilityCondition, ...] = ()
    penalties: tuple[Penalty, ...] = ()
    violations: tuple[ViolationRule, ...] = ()
    staff_penalties: tuple[StaffPenalty, ...] = ()
    staff_violations: tuple[StaffViolation, ...] = ()
    forms: tuple[RulebookForm, ...] = ()
    retention: tuple[RetentionClass, ...] = ()
    report_deadlines: tuple[ReportDeadline, ...] = ()
    conflicts: tuple[ConflictNote, ...] = ()
    filing_routes: tuple[FilingRoute, ...] = ()
    filing_materials: tuple[FilingMaterial, ...] = ()
    filing_criteria: tuple[FilingCriterion, ...] = ()
    plan_chapters: tuple[PlanChapter, ...] = ()
    regulations_due: tuple[RegulationDue, ...] = ()
    org_units: tuple[OrgUnitRule, ...] = ()
    filing_rules: tuple[FilingRule, ...] = ()

    @property
    def code(self) -> str:
        """Name the rulebook for display and files; code never compares it."""
        return self.identity.code

    def conditions_of(self, level: int | None) -> tuple[EligibilityCondition, ...]:
        return tuple(c for c in self.conditions if c.level == level)

    def violation(self, code: str) -> ViolationRule:
        """Return the violation with this code; raises `KeyError` when there is none."""
        return {rule.code: rule for rule in self.violations}[code]

    def penalty(self, code: str) -> Penalty:
        """Return the class of consequences; raises `KeyError` when there is none."""
        return {penalty.code: penalty for penalty in self.penalties}[code]

    def staff_penalty(self, code: str) -> StaffPenalty:
        """Return what a staff member or the institution faces; raises `KeyError` for none."""
        return {penalty.code: penalty for penalty in self.staff_penalties}[code]

    def staff_violations_of(self, group: StaffGroup) -> tuple[StaffViolation, ...]:
        """Return the acts forbidden to one group of people, or to the institution."""
        return tuple(rule for rule in self.staff_violations if group in rule.groups)

    def conflicts_about(self, name: str) -> tuple[ConflictNote, ...]:
        """Return the notes that settle a setting (by key) or a table (by name)."""
        return tuple(n for n in self.conflicts if name in n.settings or name in n.tables)

    @property
    def is_special(self) -> bool:
        """Whether single abilities are examined: it speaks of levels and has none."""
        levels = self.settings.levels
        return levels is not None and not levels.value

    def form(self, code: str) -> RulebookForm | None:
        """Return the form if this rulebook names it."""
        return next((form for form in self.forms if form.code == code), None)

    def form_name(self, code: str, otherwise: str = "") -> str:
        """What this rulebook calls the form; `otherwise` where it names none."""
        named = self.form(code)
        return named.name if named else otherwise

    def retention_of(self, kind: str) -> RetentionClass | None:
        """Return the retention class of a kind of material, if the rulebook names one."""
        return next((each for each in self.retention if each.kind == kind), None)

    def filing_rule(self, code: str) -> FilingRule | None:
        """Return the sentence on filing by this name; None where the rulebook is silent."""
        return next((rule for rule in self.filing_rules if rule.code == code), None)

    def filing_kinds(self) -> tuple[FilingKind, ...]:
        """Return what a centre under this rulebook may apply for, in the order of the routes."""
        return tuple(dict.fromkeys(kind for route in self.filing_routes for kind in route.kinds))

    def filing_route(self, code: str) -> FilingRoute:
        """Return the way an application goes; raises `KeyError` when there is none."""
        return {route.code: route for route in self.filing_routes}[code]
