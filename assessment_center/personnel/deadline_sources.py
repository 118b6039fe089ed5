"""When cards of assessors, supervisors and experts end (ASR-09, SUP-03, EXP-04)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.organization.models import AssessmentCentre
from assessment_center.organization.selectors import rules_on
from assessment_center.personnel.enums import Grade
from assessment_center.personnel.labels import GRADE_LABELS
from assessment_center.personnel.models import Qualification
from assessment_center.registry.entries import DeadlineSpec, centre_deadline_sources
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.workdays.counting import on

KEPT = timedelta(days=30)
TERMS = {
    Grade.ASSESSOR: "assessor_card_years",
    Grade.SENIOR_ASSESSOR: "assessor_card_years",
    Grade.SUPERVISOR_INTERNAL: "supervisor_years",
    Grade.SUPERVISOR_EXTERNAL: "supervisor_years",
    Grade.EXPERT: "expert_years",
}


def card_deadlines(centre: AssessmentCentre) -> Sequence[DeadlineSpec]:
    """One for each grade and day on which cards end and nothing follows, with how many."""
    today = timezone.localdate()
    rules = rules_on(centre, today)
    later = Qualification.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=OuterRef("valid_until")),
        member=OuterRef("member"),
        grade=OuterRef("grade"),
    )
    ending = Qualification.objects.filter(member__is_active=True, valid_until__gte=today - KEPT)
    rows = (
        ending.exclude(Exists(later))
        .values_list("grade", "valid_until")
        .annotate(n=Count("id"))
        .order_by("valid_until", "grade")
    )
    return [_ends(rules, Grade(grade), day, n) for grade, day, n in rows if day]


def _ends(rules: Rulebook | None, grade: Grade, day: date, n: int) -> DeadlineSpec:
    key = TERMS.get(grade)
    cited = getattr(rules.settings, key) if rules and key else None
    return DeadlineSpec(
        f"personnel.{grade.value}_{day:%Y%m%d}",
        str(_("%(grade)s证卡期满换发（%(n)s 人）") % {"grade": GRADE_LABELS[grade], "n": n}),
        day,
        cited.citations if cited else (),
        responsible=Act.PEOPLE_MANAGE,
        counting=on(_("证卡有效期止"), day),
    )


centre_deadline_sources.register("personnel", card_deadlines, order=30)
