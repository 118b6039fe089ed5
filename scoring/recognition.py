"""What a recognition is judged by: facts beside papers, and what the rulebook says of both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from assessment_center.accounts.hands import did
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.registry import ALLOWED, SYSTEM, Actor, Citation, Outcome, Refused
from candidates.apart import not_oneself
from candidates.enums import ApplicationStatus, Finding
from candidates.labels import EVIDENCE_LABELS
from candidates.models import Application, Evidence
from candidates.policies import chosen_condition
from candidates.recognition import ClaimCheck, check_claim, needed_evidence
from candidates.rules.eligibility import ConditionVerdict, Verdict
from candidates.selectors import (
    conditions_for,
    majors_for,
    to_recognise,
    verdict_of,
    visible,
)
from scoring.enums import RecognitionStatus, RecognitionVerdict
from scoring.models import RecognitionDecision

RECORD_FORM = "F-111"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One candidate's facts and papers, and what follows from them by the rules alone."""

    application: Application
    verdict: Verdict
    claimed: ClaimCheck | None
    papers: tuple[Evidence, ...]
    missing: tuple[str, ...]

    @property
    def condition(self) -> ConditionVerdict | None:
        return self.verdict.best

    @property
    def hopeless(self) -> bool:
        """The facts meet no condition: nothing but a refusal is open."""
        return self.verdict.finding == Finding.INELIGIBLE

    @property
    def clean(self) -> bool:
        """Every fact is met and proven, every paper is there, by a condition of this very route.

        A condition that holds for any route says who may apply, not that he is recognised.
        """
        return self.verdict.finding == Finding.ELIGIBLE and not self.missing and self._by_route

    @property
    def _by_route(self) -> bool:
        best = self.condition
        known = conditions_for(self.application.offering, self.application.batch)
        return best is not None and any(
            each.id == best.condition_id and self.application.route in each.routes for each in known
        )

    @property
    def citations(self) -> tuple[Citation, ...]:
        best = self.condition
        return best.citations if best else route_citations(self.application)


def route_citations(application: Application) -> tuple[Citation, ...]:
    """The articles that allow the route of an application, and those of its condition."""
    condition = chosen_condition(application)
    if condition is not None:
        return condition.cite
    modes = application.batch.rules.settings.assessment_modes
    return modes.citations if modes else ()


def assess(application: Application, *, majors: Iterable[str] | None = None) -> Assessment:
    """Judge one application as it stands; the caller decides nothing here."""
    papers = tuple(application.evidence.all())
    kinds = {each.kind for each in papers}
    condition = chosen_condition(application)
    missing = [
        str(EVIDENCE_LABELS[kind])
        for kind in (needed_evidence(condition) if condition else ())
        if kind not in kinds
    ]
    return Assessment(
        application=application,
        verdict=verdict_of(application, majors=majors, kinds=kinds),
        claimed=check_claim(application, kinds=kinds),
        papers=papers,
        missing=tuple(missing),
    )


def assess_all(rows: Sequence[Application]) -> list[Assessment]:
    """Many at once; the majors of an offering are read once."""
    majors: dict[Any, frozenset[str]] = {}
    for each in rows:
        if each.offering_id not in majors:
            majors[each.offering_id] = majors_for(each.offering, each.batch)
    return [assess(each, majors=majors[each.offering_id]) for each in rows]


def candidates_of(
    batch: AssessmentBatch, *, offering: Offering | None = None, state: str = ""
) -> QuerySet[Application]:
    """Who is to be recognised, with all the worklist shows; `state` of the decision, or “open”."""
    found = to_recognise(batch).select_related(
        "batch__rulebook_version",
        "batch__centre",
        "offering__standard",
        "person__student__school_class",
        "recognition__prepared_by",
        "recognition__decided_by",
    )
    if offering is not None:
        found = found.filter(offering=offering)
    if state == "open":
        found = found.filter(Q(recognition=None) | Q(recognition__status="returned"))
    elif state:
        found = found.filter(recognition__status=state)
    return found.prefetch_related("evidence")


def decisions_of(batch: AssessmentBatch) -> QuerySet[RecognitionDecision]:
    """The decisions of a batch, by the number of the application."""
    return (
        RecognitionDecision.objects.filter(application__batch=batch)
        .select_related(
            "application__person",
            "application__batch__rulebook_version",
            "application__offering__occupation",
            "application__offering__job",
            "basis",
            "prepared_by",
            "decided_by",
        )
        .order_by("application__number")
    )


def counts(batch: AssessmentBatch, actor: Actor = SYSTEM) -> dict[str, int]:
    """How many are to be recognised, of those the actor sees, and how far they are."""
    told = visible(actor, to_recognise(batch)).aggregate(
        total=Count("id"),
        proposed=Count("id", filter=Q(recognition__status=RecognitionStatus.PROPOSED)),
        confirmed=Count("id", filter=Q(recognition__status=RecognitionStatus.CONFIRMED)),
        granted=Count(
            "id",
            filter=Q(
                recognition__status=RecognitionStatus.CONFIRMED,
                recognition__verdict=RecognitionVerdict.GRANTED,
            ),
        ),
    )
    return {**told, "open": told["total"] - told["proposed"] - told["confirmed"]}


def record_citations(batch: AssessmentBatch) -> tuple[Citation, ...]:
    """The article that wants the work and its meetings recorded; empty where none does."""
    form = batch.rules.form(RECORD_FORM)
    return form.cite if form else ()


def may_propose(found: Assessment, verdict: RecognitionVerdict, reason: str) -> Outcome:
    """Conditions are not lowered: what is unmet is refused, what is unproven needs its reason."""
    if verdict == RecognitionVerdict.REFUSED:
        if reason.strip():
            return ALLOWED
        return Refused(_("不予认定须写明理由。"), found.citations)
    if found.hopeless:
        return Refused(
            _("所填事实不符合任何一项认定条件，只能不予认定。"),
            found.citations,
            _("请核对下面未达到的各项。"),
        )
    if found.missing:
        return Refused(
            _("还没有%(papers)s，不能认定。") % {"papers": "、".join(found.missing)},
            found.citations,
            _("请取得材料后再办，或写明理由不予认定。"),
        )
    if not found.clean and not reason.strip():
        return Refused(
            _("还有待证明的事实，须写明核对了什么。"), found.citations, _("请写明核对结果。")
        )
    return ALLOWED


def may_return(decision: RecognitionDecision, actor: Actor) -> Outcome:
    """Another person than the one who proposed, and never the candidate."""
    proposed = ("recognition.propose", "recognition.propose_again")
    if actor.user_id is None or did(actor, decision.prepared_by_id, decision.subject, *proposed):
        return Refused(
            _("提出和确认认定不能是同一人。"),
            route_citations(decision.application),
            _("请由另一位人员确认。"),
        )
    return not_oneself(decision.application, actor)


def may_confirm(decision: RecognitionDecision, actor: Actor) -> Outcome:
    """A second person, for an application that still stands, on the papers that were judged."""
    if not (outcome := may_return(decision, actor)):
        return outcome
    application = decision.application
    if application.status != ApplicationStatus.CONFIRMED:
        return Refused(_("这份申报已撤回或取消，不能再认定。"))
    kept = {each.digest for each in application.evidence.all()}
    if any(paper["digest"] not in kept for paper in decision.evidence):
        return Refused(_("认定所依据的材料已有变动。"), remedy=_("请退回经办人重新核对。"))
    return ALLOWED
