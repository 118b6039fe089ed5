"""A candidate's claim beside the published basis it names, as it stood when it came in."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from assessment_center.batches.enums import Route
from assessment_center.batches.models import Offering, RecognitionBasis
from assessment_center.batches.rules.recognition import read_terms
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from candidates.enums import EvidenceKind
from candidates.models import Application
from candidates.rules.claims import BASIS_WORDS, Claim, ClaimLine, claim_lines, meets
from candidates.rules.declaration import Declaration

CLAIM_EVIDENCE = {
    Route.DIRECT: EvidenceKind.ONE_X,
    Route.PROCESS: EvidenceKind.TRANSCRIPT,
    Route.CREDIT: EvidenceKind.TRANSCRIPT,
    Route.CONTEST: EvidenceKind.CONTEST,
}
PREDICATE_EVIDENCE = {
    "one_x_certificate": EvidenceKind.ONE_X,
    "related_courses_passed": EvidenceKind.TRANSCRIPT,
    "credits_earned": EvidenceKind.TRANSCRIPT,
    "contest_result": EvidenceKind.CONTEST,
}


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What was claimed against what is asked; `basis` None: named none that covers this."""

    claim: Claim
    basis: RecognitionBasis | None
    lines: tuple[ClaimLine, ...]
    proven: bool

    @property
    def met(self) -> bool:
        return self.basis is not None and meets(self.lines)


def bases_for(offering: Offering) -> QuerySet[RecognitionBasis]:
    """The published bases in use that cover the offering's occupation, job and level."""
    return _covering(offering).filter(is_active=True)


def _covering(offering: Offering) -> QuerySet[RecognitionBasis]:
    return RecognitionBasis.objects.filter(
        Q(job=None) | Q(job=offering.job_id),
        Q(level=None) | Q(level=offering.level),
        route=offering.route,
        occupation=offering.occupation_id,
    )


def needed_evidence(condition: EligibilityCondition) -> list[EvidenceKind]:
    """The papers without which this condition cannot be judged."""
    found = [PREDICATE_EVIDENCE.get(each.predicate) for each in condition.all]
    return [kind for kind in found if kind is not None]


def check_claim(
    application: Application,
    *,
    kinds: Collection[str] | None = None,
    bases: Mapping[UUID, RecognitionBasis] | None = None,
    declared: Declaration | None = None,
) -> ClaimCheck | None:
    """The application's claim, judged; None where nothing is claimed.

    A basis of another occupation, level or route covers nothing: it is as good as none. `bases`
    holds all there are, where many claims are judged at once.
    """
    claim = (declared or Declaration.from_json(application.declaration)).claim
    if claim is None:
        return None
    offering = application.offering
    if kinds is None:
        kinds = {each.kind for each in application.evidence.all()}
    on = application.came_on
    wanted = CLAIM_EVIDENCE.get(Route(offering.route))
    basis = _basis(claim, offering, bases)
    if basis is None:
        word = BASIS_WORDS.get(offering.route, "认定依据")
        lines: tuple[ClaimLine, ...] = (
            ClaimLine(word, "不在本职业公布的目录内", "须是本职业公布的", met=False),
        )
    else:
        terms = read_terms(basis.terms)
        lines = claim_lines(offering.route, claim, terms, title=basis.title, on=on)
    return ClaimCheck(claim, basis, lines, wanted is None or wanted in kinds)


def _basis(
    claim: Claim, offering: Offering, bases: Mapping[UUID, RecognitionBasis] | None
) -> RecognitionBasis | None:
    try:
        key = UUID(claim.basis)
    except ValueError:
        return None
    if bases is None:
        return _covering(offering).filter(pk=key).first()
    basis = bases.get(key)
    return basis if basis is not None and _covers(basis, offering) else None


def _covers(basis: RecognitionBasis, offering: Offering) -> bool:
    return (
        basis.route == offering.route
        and basis.occupation_id == offering.occupation_id
        and basis.job_id in (None, offering.job_id)
        and basis.level in (None, offering.level)
    )
