"""The facts behind an application and the verdict over them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering, RecognitionBasis
from assessment_center.batches.selectors import filed_lines
from assessment_center.catalog.professional_titles import is_qualification
from assessment_center.catalog.selectors import counted_as
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Person, StudentRecord
from assessment_center.personnel.selectors import is_own_staff
from assessment_center.rulebooks.rules.condition_set import conditions_from, merged
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from candidates.enums import EvidenceKind
from candidates.models import Application, HeldCertificate
from candidates.recognition import CLAIM_EVIDENCE, ClaimCheck, check_claim
from candidates.rules.declaration import Declaration
from candidates.rules.eligibility import Verdict, judge
from candidates.rules.facts import CertificateFact, DiplomaFact, Facts, TitleFact, WorkSpell

SUMMER = (7, 1)  # a class whose year is over graduated in its summer


def student_of(person: Person) -> StudentRecord | None:
    """The college's own record of the person as a student."""
    try:
        return person.student
    except StudentRecord.DoesNotExist:
        return None


def conditions_for(offering: Offering, batch: AssessmentBatch) -> tuple[EligibilityCondition, ...]:
    """The standard's own conditions, then those of the frozen rulebook they do not replace."""
    general = batch.rules.conditions
    own = offering.standard.condition_set
    if not own:
        return general
    return merged(conditions_from(own, source=str(offering.standard)), general)


def majors_for(offering: Offering, batch: AssessmentBatch) -> frozenset[str]:
    """The majors that count as this or related: the standard's list and the filed one."""
    majors = set(offering.standard.related_majors)
    line = next(iter(filed_lines(offering, batch)), None)
    if line and line.matching_major:
        majors |= set(line.matching_major.replace(",", "、").split("、"))
    return frozenset(majors)


def related_names(offering: Offering) -> list[str]:
    """The related occupations of the offering's standard, by name."""
    related = offering.standard.related_occupations.select_related("occupation")
    return [each.occupation.name for each in related.order_by("occupation__code")]


def facts_of(
    application: Application,
    *,
    majors: Iterable[str] | None = None,
    held: Iterable[HeldCertificate] | None = None,
    kinds: Collection[str] | None = None,
    bases: Mapping[UUID, RecognitionBasis] | None = None,
    on: date | None = None,
) -> Facts:
    """What is known of the candidate on the day the application came in, and what is proven.

    `majors`, `held`, `kinds` (of evidence), `bases` and that day are given where many are judged
    at once.
    """
    on = on or application.came_on
    declared = Declaration.from_json(application.declaration)
    if kinds is None:
        kinds = {each.kind for each in application.evidence.all()}
    if held is None:
        counted = counted_as(application.offering.standard)
        held = HeldCertificate.objects.filter(
            person_id=application.person_id, occupation_id__in=counted
        )
    if majors is None:
        majors = majors_for(application.offering, application.batch)
    claimed = (
        check_claim(application, kinds=kinds, bases=bases, declared=declared)
        if declared.claim
        else None
    )
    return Facts(
        on=on,
        birth=application.person.birth,
        intends_to_work=declared.intends_to_work,
        works_in_occupation=declared.works_in_occupation,
        work=_work(declared, EvidenceKind.WORK in kinds),
        certificates=_certificates(held, declared, EvidenceKind.CERTIFICATE in kinds),
        titles=_titles(declared, EvidenceKind.TITLE in kinds),
        diplomas=_diplomas(
            application, declared, frozenset(majors), EvidenceKind.EDUCATION in kinds
        ),
        excellent=declared.excellent,
        excellence_proven=EvidenceKind.OTHER in kinds,
        own_staff=is_own_staff(application.person),
        **(_claimed(application.route, claimed) if claimed else {}),
    )


def _claimed(route: str, claimed: ClaimCheck) -> dict[str, Any]:
    """What the claim of a route says, as the conditions ask for it."""
    met: dict[str, Any] = {
        Route.PROCESS: {"courses_passed": claimed.met},
        Route.CREDIT: {"credits_earned": claimed.met},
        Route.CONTEST: {"contest_met": claimed.met},
    }.get(Route(route), {})
    if route == Route.DIRECT and claimed.met and claimed.claim.one_x:
        met = {"one_x": ((claimed.claim.one_x.grade, claimed.proven),)}
    wanted = CLAIM_EVIDENCE.get(Route(route))
    return {**met, "claim_proven": claimed.proven, "claim_evidence": wanted}


def _work(declared: Declaration, proven: bool) -> tuple[WorkSpell, ...]:  # noqa: FBT001
    return tuple([WorkSpell(w.starts, w.ends, w.employer, proven) for w in declared.work])


def _titles(declared: Declaration, proven: bool) -> tuple[TitleFact, ...]:  # noqa: FBT001
    return tuple(
        [
            replace(each, proven=proven, qualification=is_qualification(each.title))
            for each in declared.titles
        ]
    )


def _certificates(
    held: Iterable[HeldCertificate],
    declared: Declaration,
    proven: bool,  # noqa: FBT001
) -> tuple[CertificateFact, ...]:
    own = [
        CertificateFact(h.level or 0, h.issued_on, h.number, proven=True, registered=True)
        for h in held
    ]
    said = [replace(each, proven=proven) for each in declared.certificates]
    return (*own, *said)


def _diplomas(
    application: Application,
    declared: Declaration,
    majors: frozenset[str],
    proven: bool,  # noqa: FBT001
) -> tuple[DiplomaFact, ...]:
    """Schooling by the college's register, and what is declared; who left has none here."""
    found = []
    student = student_of(application.person)
    if student is not None and student.status != StudentStatus.LEFT:
        school_class = student.school_class
        graduated = student.status == StudentStatus.GRADUATED
        found.append(
            DiplomaFact(
                school_class.schooling,
                date(school_class.graduation_year, *SUMMER) if graduated else None,
                student.status == StudentStatus.FINAL_YEAR,
                (school_class.major in majors) if majors else None,
                proven=True,
                registered=True,
            )
        )
    if declared.diploma_kind:
        found.append(
            DiplomaFact(
                declared.diploma_kind,
                declared.graduated_on,
                final_year=False,
                related=(declared.major in majors) or None,
                proven=proven,
            )
        )
    return tuple(found)


def verdict_of(
    application: Application,
    *,
    majors: Iterable[str] | None = None,
    held: Iterable[HeldCertificate] | None = None,
    kinds: Collection[str] | None = None,
) -> Verdict:
    """Whether the facts meet a condition of the offering, with every reason."""
    offering = application.offering
    return judge(
        conditions=conditions_for(offering, application.batch),
        level=offering.level,
        route=offering.route,
        facts=facts_of(application, majors=majors, held=held, kinds=kinds),
    )
