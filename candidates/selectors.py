"""Reading applications: queues, who is admitted, and the facts behind a verdict."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from assessment_center.accounts.enums import Act
from assessment_center.accounts.models import User
from assessment_center.batches.enums import Route
from assessment_center.batches.models import AssessmentBatch, Offering
from assessment_center.people import selectors as people
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import Person
from assessment_center.people.reach import reach_of
from assessment_center.registry import SYSTEM, Actor
from candidates.enums import IN_HAND, ApplicationStatus, ExamKind, FeeState
from candidates.judging import conditions_for as conditions_for  # noqa: PLC0414 - read here
from candidates.judging import facts_of as facts_of  # noqa: PLC0414 - read here
from candidates.judging import majors_for as majors_for  # noqa: PLC0414 - read here
from candidates.judging import related_names as related_names  # noqa: PLC0414 - read here
from candidates.judging import student_of as student_of  # noqa: PLC0414 - read here
from candidates.judging import verdict_of as verdict_of  # noqa: PLC0414 - read here
from candidates.models import Application, Ban
from candidates.rules.resits import PassedSubject, ToSit, subjects_to_sit

Place = tuple[UUID, UUID | None, int | None]  # occupation, job, level

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
    """Applications with everything their pages show; a rulebook's text is read where needed."""
    return Application.objects.select_related(*RELATED).defer("batch__rulebook_version__content")


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


def active_ban(person: Person, on: date) -> Ban | None:
    """A ban that holds that day; one “until graduation” ends when the college records it."""
    student = student_of(person)
    graduated = student is not None and student.status == StudentStatus.GRADUATED
    held = (
        ban
        for ban in person.bans.all()
        if ban.starts <= on and (ban.until >= on if ban.until else not graduated)
    )
    return max(held, key=lambda ban: ban.starts, default=None)


def to_sit(person: Person, offering: Offering, batch: AssessmentBatch) -> ToSit:
    """Which subjects are left to sit, by the subjects passed before and the rulebook's limits."""
    same = {
        "occupation_id": offering.occupation_id,
        "job_id": offering.job_id,
        "level": offering.level,
    }
    passes = [
        PassedSubject(p.subject_code, p.passed_on, p.valid_until)
        for p in person.subject_passes.all()
        if all(getattr(p, field) == value for field, value in same.items())
    ]
    used = 0
    if first := min((p.passed_on for p in passes), default=None):
        resits = Application.objects.filter(
            **same, person=person, exam_kind=ExamKind.RESIT, status=ApplicationStatus.CONFIRMED
        ).exclude(batch=batch)
        used = resits.filter(batch__exam_starts__gte=first).count()
    limit = batch.rules.settings.resit_max
    return subjects_to_sit(
        offered=offering.subjects,
        passes=passes,
        on=batch.exam_starts,
        resits_used=used,
        resit_max=limit.value if limit else None,
    )


def live_in(person: Person, batch: AssessmentBatch) -> dict[Place, Application]:
    """The person's live applications in the batch, by occupation, job and level."""
    ended = [ApplicationStatus.REFUSED, ApplicationStatus.WITHDRAWN]
    found = Application.objects.filter(person=person, batch=batch).exclude(status__in=ended)
    return {(each.occupation_id, each.job_id, each.level): each for each in found}


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
