"""Reading applications: queues, who is admitted, and the facts behind a verdict."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet
from django.utils import timezone

from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.batches.selectors import scope_line
from assessment_center.people import selectors as people
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Person, StudentRecord
from assessment_center.people.reach import reach_of
from assessment_center.personnel.selectors import is_own_staff
from assessment_center.registry import SYSTEM, Actor
from assessment_center.rulebooks.rules.eligibility import EligibilityCondition
from candidates.enums import IN_HAND, ApplicationStatus, EvidenceKind, ExamKind, FeeState
from candidates.models import Application, Ban, HeldCertificate, SubjectPass
from candidates.recognition import ClaimCheck, check_claim
from candidates.rules.condition_set import conditions_from
from candidates.rules.declaration import Declaration
from candidates.rules.eligibility import Verdict, judge
from candidates.rules.facts import CertificateFact, DiplomaFact, Facts, TitleFact, WorkSpell
from candidates.rules.resits import PassedSubject, ToSit, subjects_to_sit

Row = TypeVar("Row", bound=Model)
RELATED = (
    "batch__rulebook_version",
    "batch__centre",
    "offering__occupation",
    "offering__job",
    "offering__standard",
    "person",
    "person__student__school_class",
    "person__staff_member",
    "department",
    "school_class",
)


def applications() -> QuerySet[Application]:
    """Applications with everything their pages show."""
    return Application.objects.select_related(*RELATED)


def visible(
    actor: Actor,
    rows: QuerySet[Row],
    field: str = "department",
    act: Act = Act.APPLICATION_VIEW,
) -> QuerySet[Row]:
    """Of these rows those of the actor's departments; `field` is the path to the department."""
    return reach_of(actor, act).within(rows, field)


def homeless(actor: Actor) -> bool:
    """Whether this is a department's clerk whom nobody has told which department."""
    return reach_of(actor, Act.APPLICATION_VIEW).departments == frozenset()


def accepted(batch: AssessmentBatch) -> QuerySet[Application]:
    """Who takes part by whatever route: confirmed, and the fee paid, waived or none; by number."""
    settled = [FeeState.NONE, FeeState.PAID, FeeState.WAIVED]
    return (
        Application.objects.filter(
            batch=batch, status=ApplicationStatus.CONFIRMED, fee_state__in=settled
        )
        .select_related("person", "offering__occupation", "offering__job", "department")
        .order_by("number")
    )


def admitted(batch: AssessmentBatch) -> QuerySet[Application]:
    """Who sits the examination."""
    return accepted(batch).filter(route=Route.EXAM)


def to_recognise(batch: AssessmentBatch) -> QuerySet[Application]:
    """Who is recognised without an examination."""
    return accepted(batch).exclude(route=Route.EXAM)


def own_applications(user: User) -> QuerySet[Application]:
    """The applications of the person who signed in; nobody else's can be found here."""
    return applications().filter(person__user=user)


def queue(batch: AssessmentBatch, *, state: str = "", words: str = "") -> QuerySet[Application]:
    """The batch's applications beyond drafts, the longest waiting first."""
    found = applications().filter(batch=batch).exclude(status=ApplicationStatus.DRAFT)
    if state:
        found = found.filter(status=state)
    if text := words.strip():
        found = found.filter(Q(number=text) | Q(person__in=people.search(text)))
    return found.order_by("submitted_at", "number")


def counts_by_state(batch: AssessmentBatch, actor: Actor = SYSTEM) -> dict[str, int]:
    """How many applications the actor sees in each state; states without any are left out."""
    rows = visible(actor, Application.objects.filter(batch=batch)).values_list("status")
    return dict(rows.annotate(n=Count("id")).order_by("status"))


def counts_by_fee(batch: AssessmentBatch) -> dict[str, int]:
    """How many confirmed applications stand in each state of the fee."""
    rows = Application.objects.filter(batch=batch, status=ApplicationStatus.CONFIRMED)
    return dict(rows.values_list("fee_state").annotate(n=Count("id")).order_by("fee_state"))


def neighbours(application: Application) -> tuple[UUID | None, UUID | None]:
    """The one before and the one after in the queue of the same state."""
    line = list(
        queue(application.batch, state=application.status)
        .select_related(None)
        .values_list("id", flat=True)
    )
    if application.pk not in line:
        return None, (line[0] if line else None)
    at = line.index(application.pk)
    before = line[at - 1] if at else None
    return before, (line[at + 1] if at + 1 < len(line) else None)


def student_of(person: Person) -> StudentRecord | None:
    """The college's own record of the person as a student."""
    try:
        return person.student
    except StudentRecord.DoesNotExist:
        return None


def conditions_for(offering: Offering, batch: AssessmentBatch) -> tuple[EligibilityCondition, ...]:
    """The standard's own conditions where it states any, else the frozen rulebook's."""
    own = offering.standard.condition_set
    if own:
        return conditions_from(own, rulebook=batch.rules.identity.short)
    return batch.rules.conditions


def majors_for(offering: Offering, batch: AssessmentBatch) -> frozenset[str]:
    """The majors that count as this or related: the standard's list and the filed one."""
    majors = set(offering.standard.related_majors)
    line = scope_line(batch.centre, offering.occupation, offering.job, batch.exam_starts)
    if line and line.matching_major:
        majors |= set(line.matching_major.replace(",", "、").split("、"))
    return frozenset(majors)


def facts_of(
    application: Application,
    *,
    majors: Iterable[str] | None = None,
    held: Iterable[HeldCertificate] | None = None,
    kinds: Collection[str] | None = None,
) -> Facts:
    """What is known of the candidate on the day the application came in, and what is proven.

    `majors`, `held` and `kinds` (of evidence) may be given where many are judged at once.
    """
    on = timezone.localdate(application.received_at) if application.received_at else _today()
    declared = Declaration.from_json(application.declaration)
    if kinds is None:
        kinds = {each.kind for each in application.evidence.all()}
    if held is None:
        held = HeldCertificate.objects.filter(
            person_id=application.person_id, occupation_id=application.occupation_id
        )
    related = frozenset(majors) if majors is not None else majors_for(
        application.offering, application.batch
    )  # fmt: skip
    claimed = check_claim(application, kinds=kinds)
    return Facts(
        on=on,
        birth=application.person.birth,
        intends_to_work=declared.intends_to_work,
        works_in_occupation=declared.works_in_occupation,
        work=tuple(
            WorkSpell(w.starts, w.ends, w.employer, EvidenceKind.WORK in kinds)
            for w in declared.work
        ),
        certificates=_certificates(held, declared, EvidenceKind.CERTIFICATE in kinds),
        titles=tuple(
            TitleFact(t.grade, t.granted_on, EvidenceKind.TITLE in kinds) for t in declared.titles
        ),
        diplomas=_diplomas(application, declared, related, EvidenceKind.EDUCATION in kinds),
        excellent=declared.excellent,
        excellence_proven=EvidenceKind.OTHER in kinds,
        own_staff=is_own_staff(application.person),
        **_claimed(application.offering.route, claimed),
    )


def _claimed(route: str, claimed: ClaimCheck | None) -> dict[str, Any]:
    """What the claim of a route says, as the conditions ask for it."""
    if claimed is None:
        return {}
    met: dict[str, Any] = {
        Route.PROCESS: {"courses_passed": claimed.met},
        Route.CREDIT: {"credits_earned": claimed.met},
        Route.CONTEST: {"contest_met": claimed.met},
    }.get(Route(route), {})
    if route == Route.DIRECT and claimed.met and claimed.claim.one_x:
        met = {"one_x": ((claimed.claim.one_x.grade, claimed.proven),)}
    return {**met, "claim_proven": claimed.proven}


def _today() -> date:
    return timezone.localdate()


def _certificates(
    held: Iterable[HeldCertificate],
    declared: Declaration,
    proven: bool,  # noqa: FBT001
) -> tuple[CertificateFact, ...]:
    own = [CertificateFact(h.level or 0, h.issued_on, h.number, proven=True) for h in held]
    said = [CertificateFact(c.level, c.issued_on, c.number, proven) for c in declared.certificates]
    return (*own, *said)


def _diplomas(
    application: Application,
    declared: Declaration,
    majors: frozenset[str],
    proven: bool,  # noqa: FBT001
) -> tuple[DiplomaFact, ...]:
    def related(major: str) -> bool | None:
        return (major in majors) if majors else None

    found = []
    student = student_of(application.person)
    if student is not None:
        school_class = student.school_class
        graduated = student.status == StudentStatus.GRADUATED
        found.append(
            DiplomaFact(
                school_class.schooling,
                date(school_class.graduation_year, 7, 1) if graduated else None,
                student.status == StudentStatus.FINAL_YEAR,
                related(school_class.major),
                proven=True,
            )
        )
    if declared.diploma_kind:
        found.append(
            DiplomaFact(
                declared.diploma_kind,
                declared.graduated_on,
                final_year=False,
                related=related(declared.major) or None,
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


def active_ban(person: Person, on: date) -> Ban | None:
    """A ban that holds that day; one “until graduation” ends when the college records it."""
    bans = person.bans.filter(starts__lte=on).filter(Q(until=None) | Q(until__gte=on))
    student = student_of(person)
    if student is not None and student.status == StudentStatus.GRADUATED:
        bans = bans.exclude(until=None)
    return bans.order_by("-starts").first()


def to_sit(person: Person, offering: Offering, batch: AssessmentBatch) -> ToSit:
    """Which subjects are left to sit, by the subjects passed before and the rulebook's limits."""
    same = {
        "person": person,
        "occupation_id": offering.occupation_id,
        "job_id": offering.job_id,
        "level": offering.level,
    }
    passes = [
        PassedSubject(p.subject_code, p.passed_on, p.valid_until)
        for p in SubjectPass.objects.filter(**same)
    ]
    used = (
        Application.objects.filter(
            **same, exam_kind=ExamKind.RESIT, status=ApplicationStatus.CONFIRMED
        )
        .exclude(batch=batch)
        .filter(batch__exam_starts__gte=min((p.passed_on for p in passes), default=date.max))
        .count()
    )
    limit = batch.rules.settings.resit_max
    return subjects_to_sit(
        offered=offering.subjects,
        passes=passes,
        on=batch.exam_starts,
        resits_used=used,
        resit_max=limit.value if limit else None,
    )


def live_application(person: Person, offering: Offering) -> Application | None:
    """The person's live application for the same occupation, job and level in the batch."""
    return (
        Application.objects.filter(
            person=person,
            batch_id=offering.batch_id,
            occupation_id=offering.occupation_id,
            job=offering.job,
            level=offering.level,
        )
        .exclude(status__in=[ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN])
        .first()
    )


def undecided(batch: AssessmentBatch) -> QuerySet[Application]:
    """Applications that are in hand and neither confirmed nor given up."""
    waiting = [state.value for state in IN_HAND - {ApplicationStatus.CONFIRMED}]
    return Application.objects.filter(batch=batch, status__in=waiting)
