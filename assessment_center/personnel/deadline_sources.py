"""When cards and contracts of the staff end (ASR-09, ASR-10, SUP-03, EXP-04)."""

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
from assessment_center.personnel.models import Engagement, Qualification
from assessment_center.personnel.rules.terms import hire_years
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
    ending = Qualification.objects.filter(
        member__is_active=True, revoked_on=None, valid_until__gte=today - KEPT
    )
    rows = (
        ending.exclude(Exists(later))
        .values_list("grade", "valid_until")
        .annotate(n=Count("id"))
        .order_by("valid_until", "grade")
    )
    return [_ends(rules, Grade(grade), day, n) for grade, day, n in rows if day]


def hire_deadlines(centre: AssessmentCentre) -> Sequence[DeadlineSpec]:
    """One for each grade and day on which signed terms end and nothing follows; done once judged.

    At the end of a term the centre reports on the member and decides whether to hire again.
    """
    today = timezone.localdate()
    rules = rules_on(centre, today)
    later = Engagement.objects.filter(
        member=OuterRef("member"), grade=OuterRef("grade"), ends__gt=OuterRef("ends")
    )
    ending = Engagement.objects.filter(
        member__is_active=True, ended_on=None, signed_on__isnull=False, ends__gte=today - KEPT
    )
    rows = (
        ending.exclude(Exists(later))
        .values_list("grade", "ends")
        .annotate(n=Count("id"), open=Count("id", filter=Q(renew=None)))
        .order_by("ends", "grade")
    )
    return [_term(rules, Grade(grade), day, n, waiting) for grade, day, n, waiting in rows]


def _term(rules: Rulebook | None, grade: Grade, day: date, n: int, waiting: int) -> DeadlineSpec:
    cited = hire_years(rules.settings, grade) if rules else None
    return DeadlineSpec(
        f"personnel.hire_{grade.value}_{day:%Y%m%d}",
        str(
            _("%(grade)s聘期届满，作出综合评价并决定续聘（%(n)s 人）")
            % {"grade": GRADE_LABELS[grade], "n": n}
        ),
        day,
        cited.citations if cited else (),
        done=not waiting,
        responsible=Act.PEOPLE_MANAGE,
        counting=on(_("聘期止"), day),
    )


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
centre_deadline_sources.register("personnel.hire", hire_deadlines, order=31)
