"""The verdict as it is shown: to the candidate and to the reviewer, in the same words.

For the level applied for, every condition with its requirements, each with the fact, what proves
it and the article; what is missing at the least trouble; and where the candidate stands at the
other levels of the occupation.
"""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.people.models import Person
from assessment_center.registry import Outcome, Refused
from candidates import policies
from candidates.enums import EvidenceKind, Finding
from candidates.judging import conditions_for, facts_of
from candidates.labels import EVIDENCE_LABELS
from candidates.models import Application, Evidence
from candidates.rules.eligibility import ConditionVerdict, Lack, PredicateVerdict, Truth, prepare
from candidates.verdict_parts import STATES, TRUTH_CHIPS, Judged, Line, Standing, Way


def judged(application: Application) -> Judged:
    """The verdict over an application as it stands."""
    pieces = tuple(application.evidence.all())
    return _judged(application, pieces)


def fitting_condition(application: Application) -> str:
    """The condition that is met and proven already; "" when none is."""
    prepared = prepare(conditions_for(application.offering, application.batch))
    facts = facts_of(application, kinds={each.kind for each in application.evidence.all()})
    found = prepared.judge(level=application.level, route=application.route, facts=facts)
    return found.best.condition_id if found.best and found.finding == Finding.ELIGIBLE else ""


def preview(person: Person, offering: Offering, batch: AssessmentBatch) -> Judged:
    """The verdict before there is an application, by the registers and what was said last."""
    last = (
        Application.objects.filter(person=person, occupation_id=offering.occupation_id)
        .order_by("-created_at")
        .first()
    )
    application = Application(
        batch=batch,
        offering=offering,
        person=person,
        occupation_id=offering.occupation_id,
        job_id=offering.job_id,
        level=offering.level,
        route=offering.route,
        declaration=last.declaration if last and last.route == offering.route else {},
    )
    found = _judged(application, ())
    return Judged(found.here, found.others, found.ways, _barred(person, offering, batch))


def _barred(person: Person, offering: Offering, batch: AssessmentBatch) -> tuple[Refused, ...]:
    """What forbids an application whatever the conditions say: scope, ban, passed subjects."""
    outcomes: Iterable[Outcome] = (
        policies.offering_allowed(offering, batch),
        policies.own_people(person, batch),
        policies.far_enough(person, offering, batch),
        policies.not_banned(person, batch),
        policies.something_to_sit(person, offering, batch),
    )
    return tuple(each for each in outcomes if isinstance(each, Refused))


def _judged(application: Application, pieces: Sequence[Evidence]) -> Judged:
    offering, route = application.offering, application.route
    prepared = prepare(conditions_for(offering, application.batch))
    facts = facts_of(application, kinds={each.kind for each in pieces})
    verdict = prepared.judge(level=offering.level, route=route, facts=facts)
    levels = prepared.levels(route)
    standings = {
        level: _standing(
            level, prepared.lacks(level=level, route=route, facts=facts), pieces, offering.level
        )
        for level in levels
    }
    here = standings.pop(offering.level, None) or _silent(offering, verdict.finding)
    best = verdict.best
    order = sorted(verdict.conditions, key=lambda each: -each.truth)
    ways = tuple(_way(each, pieces, decides=each is best) for each in order)
    return Judged(here, tuple(standings.values()), ways)


def _silent(offering: Offering, finding: Finding) -> Standing:
    """No condition is stated for the level and route, or none at all."""
    if finding == Finding.ELIGIBLE:
        said = _("规程没有列出申报条件，都可以申报。")
    else:
        said = _("规程没有写明这一等级和评价方式的申报条件，由审核人核对。")
    return Standing(offering.level, STATES[finding], said, here=True)


def _standing(
    level: int | None, lacks: list[Lack], pieces: Sequence[Evidence], chosen: int | None
) -> Standing:
    lack = lacks[0]
    unmet = tuple(_line(each, pieces) for each in lack.unmet)
    unsettled = tuple(_line(each, pieces) for each in lack.unsettled)
    kinds = tuple(lack.evidence)
    evidence = tuple(EVIDENCE_LABELS[kind] for kind in kinds)
    if unmet:
        state, said = STATES[Finding.INELIGIBLE], _("还不符合，最接近的一条还差：")
    elif evidence:
        state, said = STATES[Finding.UNPROVEN], _("所填事实符合，还差证明：")
    elif unsettled:
        state, said = STATES[Finding.UNPROVEN], _("所填事实符合，待审核人核对。")
    else:
        state, said = STATES[Finding.ELIGIBLE], _("符合申报条件。")
    return Standing(
        level,
        state,
        said,
        lack.condition.label,
        lack.condition.citations,
        evidence,
        unmet,
        unsettled,
        here=level == chosen,
        kinds=() if unmet else kinds,
    )


def _way(found: ConditionVerdict, pieces: Sequence[Evidence], *, decides: bool) -> Way:
    lines = tuple(_line(each, pieces) for each in found.predicates)
    return Way(TRUTH_CHIPS[found.truth], found.label, found.citations, lines, decides)


def _line(found: PredicateVerdict, pieces: Sequence[Evidence]) -> Line:
    have = tuple(each for each in pieces if EvidenceKind(each.kind) in found.evidence)
    kinds = {each.kind for each in have}
    wanted = tuple(EVIDENCE_LABELS[kind] for kind in found.evidence if kind not in kinds)
    proven = found.truth == Truth.TRUE
    return Line(
        TRUTH_CHIPS[found.truth],
        found.requirement,
        found.fact,
        found.register if proven else "",
        () if proven else wanted,
        have,
    )
