"""When years are appraised and reported, and what decided cases still owe (R-21, R-22)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessment_center.accounts.enums import Act
from assessment_center.organization.models import AssessmentCentre
from assessment_center.personnel.judging_enums import AppraisalStatus, Branch, CaseStatus
from assessment_center.personnel.judging_reading import branches
from assessment_center.personnel.judging_selectors import appraisals_of, appraised_in, rules_for
from assessment_center.personnel.models import Appraisal, Dispatch, MisconductCase
from assessment_center.registry.entries import DeadlineSpec, centre_deadline_sources
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.workdays.counting import day_of, on

LABELS = {
    Branch.ASSESSOR: (_("考评员年度考核（%(year)s）"), _("报送考评员考核结果（%(year)s）")),
    Branch.SUPERVISOR: (_("督导员年度考核（%(year)s）"), _("报送督导员考核结果（%(year)s）")),
}


def judging_deadlines(centre: AssessmentCentre) -> Sequence[DeadlineSpec]:  # noqa: ARG001
    """Last year's and this year's appraisal where somebody was sent, and what cases still owe."""
    year = timezone.localdate().year
    found: list[DeadlineSpec] = []
    for each in (year - 1, year):
        rules = rules_for(each)
        for branch in branches(rules):
            assert rules is not None  # branches() knows none without rules
            sent = Dispatch.objects.filter(branch=branch, day__year=each)
            if sent.exists() or appraisals_of(each, branch).exists():
                found += _year(rules, each, branch)
    return [*found, *_cases()]


def due_day(rules: Rulebook, year: int) -> date:
    """The day of the year by which it is appraised."""
    month, day = rules.settings.appraisal_due.value.split("-")
    return date(year, int(month), int(day))


def _year(rules: Rulebook, year: int, branch: Branch) -> Iterator[DeadlineSpec]:
    settings = rules.settings
    ordered = settings.appraise_supervisors
    if branch == Branch.ASSESSOR and settings.appraisal_grades:
        ordered = settings.appraisal_grades  # type: ignore[assignment]
    rows = list(appraisals_of(year, branch))
    settled = [row for row in rows if row.status == AppraisalStatus.CONFIRMED]
    complete = bool(rows) and len(settled) == appraised_in(year, branch).count()
    by = on(_("当年考核完成日"), due_day(rules, year))
    judge, tell = LABELS[branch]
    yield DeadlineSpec.counted(
        f"personnel.appraisal_{branch}_{year}",
        str(judge % {"year": year}),
        by,
        tuple(dict.fromkeys((*ordered.citations, *settings.appraisal_due.citations))),
        done=complete,
        done_on=_last(settled) if complete else None,
        responsible=Act.PEOPLE_MANAGE,
    )
    if branch == Branch.ASSESSOR and settings.appraisal_reported.value:
        told = [row.reported_on for row in settled if row.reported_on]
        sent = complete and len(told) == len(rows)
        yield DeadlineSpec.counted(
            f"personnel.appraisal_report_{year}",
            str(tell % {"year": year}),
            by,
            settings.appraisal_reported.citations,
            done=sent,
            done_on=max(told) if sent else None,
            responsible=Act.PEOPLE_MANAGE,
        )


def _last(rows: list[Appraisal]) -> date | None:
    return max((day for row in rows if (day := day_of(row.confirmed_at))), default=None)


def _cases() -> Iterator[DeadlineSpec]:
    decided = MisconductCase.objects.exclude(status=CaseStatus.OPEN.value).order_by("id")
    for case in decided.exclude(report_due=None):
        what = ("personnel.case_report", _("报送工作人员违规处理结果"))
        yield _owed(case, what, case.report_due, case.reported_on)
    for case in decided.exclude(correct_by=None):
        what = ("personnel.case_correct", _("工作人员违规限期改正"))
        yield _owed(case, what, case.correct_by, case.corrected_on)


def _owed(
    case: MisconductCase, what: tuple[str, Any], due: date | None, done_on: date | None
) -> DeadlineSpec:
    assert due is not None  # the rows without a day are left out
    return DeadlineSpec(
        *what,
        due,
        case.cited,
        done=done_on is not None,
        done_on=done_on,
        responsible=Act.PEOPLE_MANAGE,
        counting=on(_("处理决定所定期限"), due),
        subject=case.subject,
    )


centre_deadline_sources.register("personnel.judging", judging_deadlines, order=35)
