"""Reading reports of supervision and how those who were sent answered."""

from django.db.models import QuerySet

from assessment_center.batches.models import AssessmentBatch
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.models import Dispatch, Qualification, StaffMember
from exams.enums import SittingStatus
from exams.models import Duty, Sitting, SupervisionFinding, SupervisionReport
from exams.policies import exam_day

BEGUN = (SittingStatus.RUNNING, SittingStatus.RECORDED)


def answers_of(sitting: Sitting) -> QuerySet[Dispatch]:
    rows = Dispatch.objects.filter(source_id=sitting.pk).select_related("member__person")
    return rows.order_by("branch", "member__person__pinyin")


def reports_of(batch: AssessmentBatch) -> QuerySet[SupervisionReport]:
    rows = SupervisionReport.objects.filter(batch=batch).prefetch_related(
        "signed_by__person", "findings__owner__person"
    )
    return rows.order_by("submitted_on", "created_at")


def findings_of(batch: AssessmentBatch) -> QuerySet[SupervisionFinding]:
    rows = SupervisionFinding.objects.filter(report__batch=batch)
    return rows.select_related("owner__person", "report").order_by("due_on", "id")


def supervisors_of(batch: AssessmentBatch) -> QuerySet[StaffMember]:
    """Who was on duty as a supervisor of the batch."""
    duties = Duty.objects.filter(sitting__batch=batch, post=Post.SUPERVISOR)
    found = StaffMember.objects.filter(pk__in=duties.values("member"))
    return found.select_related("person").order_by("person__pinyin", "id")


def uncovered(batch: AssessmentBatch) -> tuple[int, list[Sitting]]:
    """How many sittings have begun, and those without an internal supervisor on duty (SUP-08)."""
    begun = list(Sitting.objects.filter(batch=batch, status__in=BEGUN).order_by("number"))
    bare = []
    for sitting in begun:
        on_duty = sitting.duties.filter(post=Post.SUPERVISOR).values("member")
        inside = Qualification.objects.filter(
            member__in=on_duty,
            grade=Grade.SUPERVISOR_INTERNAL.value,
            valid_from__lte=exam_day(sitting),
        )
        if not inside.exists():
            bare.append(sitting)
    return len(begun), bare
