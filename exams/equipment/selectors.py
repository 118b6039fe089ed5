"""Reads of the ledger and of what may be used on a day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from assessment_center.batches.models import AssessmentBatch
from assessment_center.catalog.models import Occupation
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import scope_lines
from exams.equipment.enums import LoanState, Standing
from exams.models import (
    Calibration,
    Damage,
    Equipment,
    EquipmentPlan,
    Keeper,
    Loan,
)
from exams.rules import equipment as rules

AWAY = (LoanState.OUT, LoanState.HELD)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger with what keeps it from being used on a day."""

    equipment: Equipment
    faults: tuple[rules.Fault, ...]

    @property
    def last(self) -> Calibration | None:
        """The latest calibration that stands."""
        return next(iter(self.equipment.calibrations.all()), None)


def with_use(found: QuerySet[Equipment]) -> QuerySet[Equipment]:
    """Each with its standing calibrations (latest first), open loans and unsettled damage."""
    return found.select_related("occupation", "room__site").prefetch_related(
        Prefetch(
            "calibrations",
            Calibration.objects.filter(voided_at=None).order_by("-done_on", "-created_at"),
        ),
        Prefetch("loans", Loan.objects.filter(state__in=AWAY), to_attr="away"),
        Prefetch("damages", Damage.objects.filter(settlement=""), to_attr="broken"),
    )


def piece_of(one: Equipment) -> rules.Piece:
    """The line as the rules see it; it comes from `with_use`."""
    return rules.Piece(
        quantity=one.quantity,
        needed=one.needed,
        measuring=one.measuring,
        tests=tuple(
            rules.Test(each.done_on, each.verdict == "passed", each.valid_until)
            for each in one.calibrations.all()
        ),
        away=tuple(rules.Away(each.count, each.due_back) for each in one.away),  # type: ignore[attr-defined]
        broken=sum(each.count for each in one.broken),  # type: ignore[attr-defined]
    )


def faults_of(one: Equipment, on: date) -> tuple[rules.Fault, ...]:
    """Why it may not be used on a day: calibration, damage, loan."""
    piece = piece_of(one)
    measured = rules.calibration_fault(piece, on)
    here = rules.presence_faults(piece, on, timezone.localdate())
    return (*((measured,) if measured else ()), *here)


def lines(found: QuerySet[Equipment], on: date) -> list[Line]:
    return [Line(one, faults_of(one, on)) for one in with_use(found)]


def ledger(
    *, words: str = "", occupation: UUID | None = None, scrapped: bool = False
) -> QuerySet[Equipment]:
    """The ledger by number; `words` finds number, name, model or room."""
    found = Equipment.objects.all()
    if not scrapped:
        found = found.filter(state=Standing.IN_USE)
    if occupation:
        found = found.filter(occupation=occupation)
    if words:
        found = found.filter(
            Q(number__icontains=words)
            | Q(name__icontains=words)
            | Q(model__icontains=words)
            | Q(room__name__icontains=words)
        )
    return found.select_related("occupation", "room__site").order_by("number")


def occupations_in_ledger() -> QuerySet[Occupation]:
    used = Equipment.objects.exclude(occupation=None).values("occupation")
    return Occupation.objects.filter(pk__in=used).order_by("code")


def equipment_by_occupation(centre: AssessmentCentre) -> dict[Occupation, list[Equipment]]:
    """What stands ready for each occupation of the centre's filed scope; general pieces for all.

    An occupation without equipment has an empty list: the filing form says so.
    """
    general: list[Equipment] = []
    own: dict[object, list[Equipment]] = {}
    for one in ledger():
        (general if one.occupation_id is None else own.setdefault(one.occupation_id, [])).append(
            one
        )
    scope = {line.occupation for line in scope_lines(centre, timezone.localdate())}
    return {each: [*own.get(each.pk, []), *general] for each in sorted(scope, key=lambda x: x.code)}


def keepers(*, past: bool = False) -> QuerySet[Keeper]:
    """Keepers in office, the latest first; with `past` those who were."""
    found = Keeper.objects.select_related("member__person")
    return found if past else found.filter(until=None)


def open_plans() -> QuerySet[EquipmentPlan]:
    return EquipmentPlan.objects.filter(state__in=("planned", "approved")).select_related(
        "equipment", "asked_by", "decided_by"
    )


def of_occupations(batch: AssessmentBatch) -> QuerySet[Equipment]:
    """The ledger of a batch: what belongs to its occupations, and what serves all."""
    wanted = batch.offerings.values("occupation")
    return ledger().filter(Q(occupation__in=wanted) | Q(occupation=None))
