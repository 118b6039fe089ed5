"""After the demo's examinations: the supervisors report, and every assessor's work is rated."""

from decimal import Decimal

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.batches.models import AssessmentBatch
from assessment_center.demo import Demo
from assessment_center.personnel.dispatches import rate_session
from assessment_center.personnel.enums import Grade, Post
from assessment_center.personnel.judging_reading import assessors_of
from assessment_center.personnel.models import StaffMember
from exams.enums import SupervisionKind
from exams.models import Duty
from exams.selectors import sittings_of
from exams.services.supervision import Seen, submit_supervision

SEEN = "考场秩序良好，监考员和考评员履职到位，没有发现违规情况。"
RATED = "按评分标准逐项独立评分，记录完整。"
SCORES = ("94", "90", "88")


def report_and_rate(demo: Demo, batch: AssessmentBatch) -> None:
    """The report is handed in on the last day, by those sent where nobody of the house served."""
    posts = Duty.objects.filter(sitting__batch=batch, post=Post.SUPERVISOR)
    inside = list(StaffMember.objects.filter(pk__in=posts.values("member")))
    sent = StaffMember.objects.filter(qualifications__grade=Grade.SUPERVISOR_EXTERNAL)
    signed_by = inside or list(sent.distinct()[:2])
    last = sittings_of(batch).order_by("-ends_at").first()
    if signed_by and last is not None and last.ends_at <= timezone.now():
        ended = timezone.localtime(last.ends_at).date()
        submit_supervision(
            actor=demo.actor(Role.CLERK),
            batch=batch,
            kind=SupervisionKind.INTERNAL if inside else SupervisionKind.EXTERNAL,
            signed_by=signed_by,
            seen=Seen(SEEN, ended, ended),
        )
    _rate(demo, batch)


def _rate(demo: Demo, batch: AssessmentBatch) -> None:
    settings = batch.rules.settings
    grades = settings.session_rating_grades
    if grades is None and settings.appraisal_bands is None:
        return
    for place, (member, _sittings, _rating) in enumerate(assessors_of(batch.pk)):
        rate_session(
            actor=demo.actor(Role.CLERK),
            member=member,
            session_id=batch.pk,
            rules=batch.rules,
            score=Decimal(SCORES[place % len(SCORES)]) if settings.appraisal_bands else None,
            grade=grades.value[0] if grades else "",
            opinion=RATED,
        )
